// One line to standard error per event: time (UTC), level, text. Control characters in `text` are
// written as \xNN, so nobody can forge a line. Library code does not log; the top does.
#ifndef GT_BASE_LOG_H
#define GT_BASE_LOG_H

#include "base/compiler.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO };
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
