#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"

// The one switch of the process, set before there are threads: a line may be written from anywhere,
// and two lines in different forms would help nobody.
static atomic_int chosen = LOG_TEXT;

static const char *const level_names[] = {"error", "warning", "info"};
static const char hex[] = "0123456789abcdef";

void log_set_format(enum log_format format)
{
    atomic_store(&chosen, (int)format);
}

// A line that grows. When memory is out the rest is dropped: a cut line is better than none.
struct line {
    char *text;
    size_t length, room;
    bool json;
};

static void put(struct line *l, const char *bytes, size_t count)
{
    if (l->length + count + 1 > l->room) {
        size_t room = 2 * (l->length + count) + 256;
        char *grown = realloc(l->text, room);
        if (grown == NULL) {
            return;
        }
        l->text = grown;
        l->room = room;
    }
    memcpy(l->text + l->length, bytes, count);
    l->length += count;
}

static void put_text(struct line *l, const char *text)
{
    put(l, text, strlen(text));
}

static void put_escape(struct line *l, unsigned char byte)
{
    const char digits[] = {hex[byte >> 4], hex[byte & 15]};
    put_text(l, l->json ? "\\u00" : "\\x");
    put(l, digits, sizeof digits);
}

// Control characters (the C1 controls too, which terminals obey) and bytes that are not UTF-8 as
// \xNN, in JSON as \u00NN.
static void put_quoted(struct line *l, const char *text)
{
    put(l, "\"", 1);
    for (size_t length = 1; *text != '\0'; text += length) {
        unsigned char byte = (unsigned char)*text;
        size_t known = utf8_sequence(text, 4);
        length = known == 0 ? 1 : known;
        if (known == 0 || byte < 0x20 || byte == 0x7f) {
            put_escape(l, byte);
        } else if (byte == 0xc2 && (unsigned char)text[1] < 0xa0) {
            put_escape(l, (unsigned char)text[1]);
        } else if (byte == '"' || byte == '\\') {
            const char escape[] = {'\\', (char)byte};
            put(l, escape, sizeof escape);
        } else {
            put(l, text, length);
        }
    }
    put(l, "\"", 1);
}

// Words that no reader could take for anything else go without quotes.
static bool is_plain(const char *text)
{
    return text[0] != '\0' &&
           text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                             "-._~:/{}+@,")] == '\0';
}

static void put_field(struct line *l, const char *name, const char *value)
{
    if (l->json) {
        put_text(l, l->length == 1 ? "\"" : ",\"");
        put_text(l, name);
        put_text(l, "\":");
        put_quoted(l, value);
        return;
    }
    put_text(l, l->length == 0 ? "" : " ");
    put_text(l, name);
    put_text(l, "=");
    if (is_plain(value)) {
        put_text(l, value);
    } else {
        put_quoted(l, value);
    }
}

static struct line begin(enum log_level level)
{
    struct line l = {.json = atomic_load(&chosen) == LOG_JSON};
    struct timespec now;
    struct tm utc;
    char stamp[48], whole[64]; // "2025-04-01T09:30:00.123Z"
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(whole, sizeof whole, "%s.%03dZ", stamp, (int)(now.tv_nsec / 1000000));
    put_text(&l, l.json ? "{" : "");
    put_field(&l, "time", whole);
    put_field(&l, "level", level_names[level]);
    return l;
}

// One write a line, so that lines of threads do not mix.
static void finish(struct line *l)
{
    put_text(l, l->json ? "}\n" : "\n");
    size_t done = 0;
    while (done < l->length) {
        ssize_t n = write(STDERR_FILENO, l->text + done, l->length - done);
        if (n <= 0) {
            break; // nobody is left to tell
        }
        done += (size_t)n;
    }
    free(l->text);
}

void log_line(enum log_level level, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    struct line l = begin(level);
    put_field(&l, "message", length < 0 ? "out of memory" : text);
    finish(&l);
    if (length >= 0) {
        free(text);
    }
}

void log_event(enum log_level level, const char *event, ...)
{
    struct line l = begin(level);
    put_field(&l, "event", event);
    va_list args;
    va_start(args, event);
    for (const char *name; (name = va_arg(args, const char *)) != NULL;) {
        const char *value = va_arg(args, const char *);
        if (value != NULL) {
            put_field(&l, name, value);
        }
    }
    va_end(args);
    finish(&l);
}
