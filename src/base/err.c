#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

PRINTF_LIKE(2, 0)
static const char *vformat(struct arena *a, const char *format, va_list args)
{
    if (a == NULL) {
        return "";
    }
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(a, length < 0 ? 1 : (size_t)length + 1);
    if (length >= 0) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
{
    if (e->kind == ERR_NONE) {
        va_list args;
        va_start(args, format);
        e->message = vformat(e->arena, format, args);
        va_end(args);
        e->kind = kind;
    }
    return false;
}

void err_cause(struct err *e, const char *format, ...)
{
    if (e->cause == NULL) {
        va_list args;
        va_start(args, format);
        e->cause = vformat(e->arena, format, args);
        va_end(args);
    }
}

int err_exit_status(const struct err *e)
{
    if (e->kind == ERR_AWAY) {
        return ERR_SYSTEM;
    }
    return e->kind >= ERR_ABSENT ? 1 : (int)e->kind;
}
