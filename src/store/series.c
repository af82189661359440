#include "store/series.h"

#include <string.h>

bool series_start(struct series *s, struct db *db, struct arena *a, enum kind kind,
                  enum store_versions versions, const char *organisation, int year_start,
                  struct err *e)
{
    *s = (struct series){.arena = a, .year_start = year_start};
    s->periods = ARENA_ARRAY(a, SERIES_PERIODS, struct series_period);
    enum statement which = versions == STORE_ALL ? STATEMENT_ALL : STATEMENT_CURRENT;
    if (!statement_prepare(db, which, descriptor_of(kind), &s->statement, e)) {
        return false;
    }
    db_bind_text(s->statement, 1, organisation);
    return true;
}

const char *series_text(struct series *s, int column, struct series_last *last)
{
    size_t length = 0;
    const char *text = db_text(s->statement, column, &length);
    if (text == NULL) {
        return NULL;
    }
    if (last->text == NULL || last->length != length || memcmp(last->text, text, length) != 0) {
        last->text = arena_textn(s->arena, text, length);
        last->length = length;
    }
    return last->text;
}

bool series_dec(struct series *s, int column, struct dec *out)
{
    size_t length = 0;
    const char *text = db_text(s->statement, column, &length);
    if (text == NULL) {
        *out = DEC_NONE;
        return true;
    }
    return dec_parse(text, length, out);
}

static uint32_t hash(const char *text, size_t length)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    }
    return h ^ h >> 15;
}

bool series_period(struct series *s, int column, struct period *out)
{
    size_t length = 0;
    const char *id = db_text(s->statement, column, &length);
    if (id == NULL) {
        return false;
    }
    uint32_t slot = hash(id, length) % SERIES_PERIODS;
    // A few steps are enough; in a table that is full of other things the id is simply read again.
    for (int tries = 0; tries < 8; tries++, slot = (slot + 1) % SERIES_PERIODS) {
        struct series_period *p = &s->periods[slot];
        if (p->id == NULL) {
            if (!period_parse_id(id, length, s->year_start, &p->period)) {
                return false;
            }
            p->id = arena_textn(s->arena, id, length);
            p->length = length;
        }
        if (p->length == length && memcmp(p->id, id, length) == 0) {
            *out = p->period;
            return true;
        }
    }
    return period_parse_id(id, length, s->year_start, out);
}

day series_day(struct series *s, int column)
{
    size_t length = 0;
    day date = DAY_NONE;
    const char *text = db_text(s->statement, column, &length);
    return text != NULL && day_parse(text, length, &date) ? date : DAY_NONE;
}

day series_known_from(struct series *s, int recorded_at_column, day own)
{
    if (own != DAY_NONE) {
        return own;
    }
    const char *before = s->recorded_at.text;
    const char *time = series_text(s, recorded_at_column, &s->recorded_at);
    if (time != before) {
        day date = DAY_NONE;
        bool read = s->recorded_at.length >= 10 && day_parse(time, 10, &date);
        s->recorded_on = read ? date : DAY_NONE;
    }
    return s->recorded_on;
}

bool series_damaged(const struct series *s, const char *what, struct err *e)
{
    return err_set(e, ERR_SYSTEM,
                   "The record holds a %s of measure \"%s\" that cannot be read; put back the last "
                   "backup, or import the file it came from again.",
                   what, s->measure.text == NULL ? "" : s->measure.text);
}
