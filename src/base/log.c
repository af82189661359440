#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Control characters, and the C1 controls of UTF-8 (which terminals obey too), as \xNN.
static size_t escape_into(char *out, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    size_t length = 0;
    unsigned char before = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        bool c1 = (at[0] == 0xc2 && at[1] < 0xa0) || (before == 0xc2 && at[0] < 0xa0);
        before = *at;
        if (*at >= 0x20 && *at != 0x7f && !c1) {
            out[length++] = (char)*at;
            continue;
        }
        const char escape[] = {'\\', 'x', hex[*at >> 4], hex[*at & 15]};
        memcpy(out + length, escape, sizeof escape);
        length += sizeof escape;
    }
    return length;
}

void log_line(enum log_level level, const char *format, ...)
{
    static const char *const names[] = {"error", "warning", "info"};
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    if (length < 0) {
        fputs("log: out of memory\n", stderr);
        return;
    }
    time_t now = time(NULL);
    struct tm utc;
    char stamp[32]; // "2025-04-01T09:30:00Z"
    gmtime_r(&now, &utc);
    size_t stamp_length = strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ ", &utc);
    size_t name_length = strlen(names[level]);
    char *line = malloc(stamp_length + name_length + 4 * (size_t)length + 3);
    if (line != NULL) {
        size_t at = stamp_length;
        memcpy(line, stamp, stamp_length);
        memcpy(line + at, names[level], name_length);
        at += name_length;
        line[at++] = ' ';
        at += escape_into(line + at, text);
        line[at++] = '\n';
        fwrite(line, 1, at, stderr); // one write a line, so that lines of threads do not mix
    }
    free(line);
    free(text);
}
