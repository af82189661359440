// The log: one line to standard error per event, as `name=value` pairs or as JSON, time in UTC with
// milliseconds (conventions.md V16). Whoever runs us keeps it (systemd's journal, a log collector).
//
// Nothing of what people wrote or who they are goes in: accounts by their code at most, addresses
// by the pattern of their route. Whatever the text, it stays within its field and its line: control
// characters, quotes and backslashes are encoded, so nobody can forge a line (CWE-117).
//
// Library code does not log; the top does.
#ifndef GT_BASE_LOG_H
#define GT_BASE_LOG_H

#include "base/compiler.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO };

enum log_format { LOG_TEXT, LOG_JSON };
// For the whole process; called once, before threads are started. Text where nobody called it.
void log_set_format(enum log_format format);

// time=2025-04-01T09:30:00.123Z level=error message="..."
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

// A thing that is counted and searched for by its name, with pairs of field and value (NULL value:
// the pair is left out), ended by NULL:
//
//     log_event(LOG_WARNING, "sign_in_failed", "account", code, "request", req->id, NULL);
//
// Names are ours: lower case and "_". Those of security events: docs/admin.md has the list.
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));

#endif
