#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/analyse_job.h"

enum { SHOWN_MOST = 60, DOUBLE_TEXT_MAX = 400, DOUBLE_DIGITS = 17 };

bool analyse_fault(struct analyse *j, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = arena_alloc(j->arena, length < 0 ? 1 : (size_t)length + 1);
    if (length >= 0) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    j->fault = text;
    return false;
}

bool analyse_is_blank(const struct analyse *j, size_t column)
{
    return j->cells[column].length == 0;
}

const char *analyse_text(const struct analyse *j, size_t column)
{
    return arena_textn(j->arena, j->cells[column].text, j->cells[column].length);
}

const char *analyse_shown(const struct analyse *j, size_t column)
{
    struct slice cell = j->cells[column];
    size_t length = cell.length;
    if (length > SHOWN_MOST) {
        length = 0;
        while (length < SHOWN_MOST) {
            length += utf8_sequence(cell.text + length, cell.length - length);
        }
    }
    return arena_printf(j->arena, "%s \"%s%s\"", j->options->method->columns[column],
                        arena_textn(j->arena, cell.text, length),
                        length < cell.length ? "\u2026" : "");
}

// Digits a decimal has no room for ("0.00012345678901234567", "1e-07"): the nearest one.
static bool from_double(const char *text, struct dec *out)
{
    if (strspn(text, "+-.0123456789eE") != strlen(text)) {
        return false; // neither "nan" nor "0x1p3"
    }
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value)) {
        return false;
    }
    int whole = value == 0 ? 1 : (int)floor(log10(fabs(value))) + 1;
    int decimals = DOUBLE_DIGITS - whole;
    decimals = decimals < 0 ? 0 : decimals > DEC_SCALE_MAX ? DEC_SCALE_MAX : decimals;
    *out = dec_trim(dec_from_double(value, decimals));
    return out->present;
}

bool analyse_number(struct analyse *j, size_t column, struct dec *out)
{
    struct slice cell = j->cells[column];
    if (cell.length == 0) {
        *out = DEC_NONE;
        return true;
    }
    if (dec_parse(cell.text, cell.length, out)) {
        return true;
    }
    if (cell.length <= DOUBLE_TEXT_MAX && from_double(analyse_text(j, column), out)) {
        return true;
    }
    static const struct value_how how = {.type = VALUE_NUMBER, .unit = "\u00a3%"};
    struct value_cell v = value_cell_read(j->arena, cell, &how);
    if (v.result == VALUE_REFUSED) {
        return analyse_fault(j, "%s %s.", analyse_shown(j, column), v.why);
    }
    *out = v.number; // absent for a mark
    return true;
}

enum { DOUBLE_SHORT = 48 };

// What programs write and strtod reads: neither "nan" nor "0x1p3".
static bool plain_double(const char *text, double *out)
{
    if (strspn(text, "+-.0123456789eE") != strlen(text)) {
        return false;
    }
    char *end = NULL;
    *out = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*out);
}

bool analyse_double(struct analyse *j, size_t column, double *out)
{
    struct slice cell = j->cells[column];
    char text[DOUBLE_SHORT];
    if (cell.length > 0 && cell.length < sizeof text) {
        memcpy(text, cell.text, cell.length);
        text[cell.length] = '\0';
        if (plain_double(text, out)) {
            return true;
        }
    } else if (cell.length > 0 && cell.length <= DOUBLE_TEXT_MAX &&
               plain_double(analyse_text(j, column), out)) {
        return true;
    }
    struct dec value = DEC_NONE;
    if (!analyse_number(j, column, &value)) {
        return false;
    }
    *out = dec_to_double(value);
    return true;
}

enum marker analyse_marker(const struct analyse *j, size_t column)
{
    enum marker marker = MARKER_NONE;
    return value_mark(j->cells[column], &marker) ? marker : MARKER_NONE;
}

bool analyse_whole(struct analyse *j, size_t column, int least, int most, int fallback, int *out)
{
    struct dec value = DEC_NONE;
    if (analyse_is_blank(j, column)) {
        *out = fallback;
        return true;
    }
    if (!dec_parse(j->cells[column].text, j->cells[column].length, &value) || value.scale > 0 ||
        value.units < least || value.units > most) {
        return analyse_fault(j, "%s is not a whole number from %d to %d.", analyse_shown(j, column),
                             least, most);
    }
    *out = (int)value.units;
    return true;
}

const char *analyse_figure(const struct analyse *j, struct dec value, bool is_exact)
{
    struct buf b = buf_new(j->arena, 64);
    if (j->options->decimals >= 0 && value.present) {
        dec_write(&b, dec_round(value, j->options->decimals));
    } else if (is_exact) {
        dec_write(&b, value);
    } else if (value.present) {
        double_write(&b, dec_to_double(value), -1);
    }
    return buf_cstr(&b);
}

const char *analyse_double_text(const struct analyse *j, double value)
{
    struct buf *b = j->digits;
    b->length = 0;
    double_write(b, value == 0 ? 0 : value, j->options->decimals); // no "-0"
    return b->length == 0 ? "" : arena_textn(j->arena, b->text, b->length);
}
