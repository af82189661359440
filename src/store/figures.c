#include <string.h>

#include "base/grow.h"
#include "store/series.h"

// Behind the descriptor's columns.
enum { VERSION = OBSERVATION_COLUMNS, RECORDED_AT, SUPERSEDED_AT };

// "yes" and "no" count as 1 and 0; any other word is a text and no number.
static struct dec dec_of_word(const char *text)
{
    if (strcmp(text, "yes") == 0) {
        return dec_int(1);
    }
    return strcmp(text, "no") == 0 ? dec_int(0) : DEC_NONE;
}

static void read_value(struct series *s, struct store_figure *f)
{
    size_t length = 0;
    const char *text = db_text(s->statement, OBSERVATION_VALUE, &length);
    f->value = DEC_NONE;
    if (text != NULL && !dec_parse(text, length, &f->value)) {
        f->text = arena_textn(s->arena, text, length);
        f->value = dec_of_word(f->text);
    }
}

static bool read_figure(struct series *s, struct store_figure *f)
{
    size_t length = 0;
    f->measure = series_text(s, OBSERVATION_MEASURE, &s->measure);
    f->part = series_text(s, OBSERVATION_PART, &s->part);
    read_value(s, f);
    const char *marker = db_text(s->statement, OBSERVATION_MARKER, &length);
    struct series_last mark = {0};
    f->mark = series_text(s, OBSERVATION_MARK, &mark);
    f->note = series_text(s, OBSERVATION_NOTE, &s->note);
    f->entered_by = series_text(s, OBSERVATION_ENTERED_BY, &s->by);
    f->known_from = series_known_from(s, RECORDED_AT, series_day(s, OBSERVATION_ENTERED_ON));
    f->version = (int32_t)db_int(s->statement, VERSION);
    f->current = db_text(s->statement, SUPERSEDED_AT, &length) == NULL;
    return series_period(s, OBSERVATION_PERIOD, &f->period) &&
           series_dec(s, OBSERVATION_NUMERATOR, &f->numerator) &&
           series_dec(s, OBSERVATION_DENOMINATOR, &f->denominator) &&
           model_marker(marker, &f->marker);
}

bool store_figures(struct db *db, struct arena *a, const char *organisation, int year_start,
                   enum store_versions versions, struct store_figures *out, struct err *e)
{
    struct series s;
    if (!series_start(&s, db, a, KIND_OBSERVATION, versions, organisation, year_start, e)) {
        return false;
    }
    struct grow figures = grow_new(a, sizeof(struct store_figure));
    enum db_step step = DB_DONE;
    while ((step = db_step(s.statement, e)) == DB_ROW) {
        if (!read_figure(&s, grow_add(&figures))) {
            db_reset(s.statement);
            return series_damaged(&s, "figure", e);
        }
    }
    db_reset(s.statement);
    if (step == DB_FAULT) {
        return false;
    }
    *out = (struct store_figures){figures.items, figures.count};
    return true;
}
