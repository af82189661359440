#include <string.h>

#include "store/series.h"

// "yes" and "no" count as 1 and 0; any other word is a text and no number.
static struct dec dec_of_word(const char *text)
{
    if (strcmp(text, "yes") == 0) {
        return dec_int(1);
    }
    return strcmp(text, "no") == 0 ? dec_int(0) : DEC_NONE;
}

static void read_value(struct series *s, const struct db_value *cell, struct store_figure *f)
{
    if (cell->text != NULL && !dec_parse(cell->text, cell->length, &f->value)) {
        f->text = arena_textn(s->arena, cell->text, cell->length);
        f->value = dec_of_word(f->text);
    }
}

static bool read_figure(struct series *s, const struct db_value *cells, void *row)
{
    struct store_figure *f = row;
    day entered_on = series_day(s, &cells[OBSERVATION_ENTERED_ON]);
    struct series_version version = series_version(s, cells, entered_on);
    struct series_last mark = {0};
    read_value(s, &cells[OBSERVATION_VALUE], f);
    f->mark = series_text(s, &cells[OBSERVATION_MARK], &mark);
    f->note = series_text(s, &cells[OBSERVATION_NOTE], &s->note);
    f->entered_by = series_text(s, &cells[OBSERVATION_ENTERED_BY], &s->by);
    f->known_from = version.known_from;
    f->version = version.number;
    f->current = version.current;
    return series_period(s, &cells[OBSERVATION_PERIOD], &f->period) &&
           series_dec(&cells[OBSERVATION_NUMERATOR], &f->numerator) &&
           series_dec(&cells[OBSERVATION_DENOMINATOR], &f->denominator) &&
           model_marker(cells[OBSERVATION_MARKER].text, &f->marker);
}

static void take(const struct series *s, const void *rows, size_t count)
{
    s->take_figures(s->context, s->measure, s->part, rows, count);
}

bool store_figures(struct db *db, struct arena *a, const struct store_scope *scope,
                   store_take_figures taker, void *context, struct err *e)
{
    static const struct series_kind figures = {.kind = KIND_OBSERVATION,
                                               .what = "figure",
                                               .row = sizeof(struct store_figure),
                                               .columns = OBSERVATION_COLUMNS,
                                               .read = read_figure,
                                               .take = take};
    struct series s = {.kind = &figures, .take_figures = taker, .context = context};
    return series_scan(&s, db, a, scope, e);
}
