// What a chart of one measure says: its message, its subject, and how it would be read out.

#include <string.h>

#include "view/words.h"
#include "view/words_measure.h"

const char *words_period_axis(struct arena *a, struct period p, int year_start)
{
    const char *name = words_period_short(a, p, year_start);
    if (p.kind == PERIOD_MONTH) {
        // "Mar 2014": whole names of months would leave room for four of them.
        return arena_printf(a, "%.3s %d", name, day_to_ymd(p.end).year);
    }
    const char *space = strchr(name, ' ');
    if ((p.kind == PERIOD_QUARTER || p.kind == PERIOD_HALF) && space != NULL) {
        return arena_printf(a, "%s %.*s", space + 1, (int)(space - name), name);
    }
    return name;
}

const char *words_chart_headline(struct arena *a, const struct council *c, const struct reading *r)
{
    static const char *const since[] = {
        [TRAVEL_NOT_COMPARABLE] = NULL,
        [TRAVEL_IMPROVED] = "better than a year ago",
        [TRAVEL_SAME] = "the same as a year ago",
        [TRAVEL_WORSE] = "worse than a year ago",
    };
    const char *travel = since[r->long_travel.travel];
    const char *word = words_status(r->status);
    enum period_kind own = r->measure->frequency;
    if (own != PERIOD_NONE && r->period.kind != own) {
        // The points are months, the status is of their quarter: say so, for they may disagree.
        return arena_printf(a, "%s in %s, %s", word,
                            words_period_short(a, r->period, c->year_start),
                            own == PERIOD_MONTH     ? "month by month"
                            : own == PERIOD_QUARTER ? "quarter by quarter"
                                                    : "part by part");
    }
    return travel == NULL ? word : arena_printf(a, "%s, and %s", word, travel);
}

const char *words_chart_subtitle(struct arena *a, const struct council *c, const struct reading *r,
                                 struct period first, struct period last)
{
    const struct measure *m = r->measure;
    const char *part = r->series->part[0] == '\0' ? "" : arena_printf(a, ", %s", r->series->part);
    // "2009 to 2011 to 2011 to 2013" is no span that anybody could read.
    bool spans = first.kind == PERIOD_YEARS || first.kind == PERIOD_SPAN;
    return arena_printf(a, "%s%s, %s, %s %s %s", m->title, part, c->name,
                        words_period_short(a, first, c->year_start), spans ? "and on until" : "to",
                        words_period_short(a, last, c->year_start));
}

static void say_point(struct buf *b, const struct council *c, const char *word,
                      const struct reading *r)
{
    buf_printf(b, "%s %s (%s)", word, words_figure(b->arena, r->measure, r->value),
               words_period_short(b->arena, r->period, c->year_start));
}

const char *words_chart_description(struct arena *a, const struct council *c,
                                    const struct reading *points, size_t count)
{
    const struct reading *first = NULL, *last = NULL, *high = NULL, *low = NULL;
    int gaps = 0;
    for (size_t i = 0; i < count; i++) {
        const struct reading *at = &points[i];
        if (!at->value.present) {
            gaps++;
            continue;
        }
        first = first == NULL ? at : first;
        last = at;
        high = high == NULL || dec_cmp(at->value, high->value) > 0 ? at : high;
        low = low == NULL || dec_cmp(at->value, low->value) < 0 ? at : low;
    }
    if (first == NULL) {
        return "There is no figure yet.";
    }
    enum { DESCRIPTION_MAX = 2048 };
    struct buf b = buf_new(a, DESCRIPTION_MAX);
    if (first == last) {
        say_point(&b, c, "One figure:", first);
    } else {
        say_point(&b, c, "From", first);
        say_point(&b, c, " to", last);
        say_point(&b, c, "; highest", high);
        say_point(&b, c, ", lowest", low);
    }
    if (last->why.input.target.present || last->why.input.lower.present) {
        buf_printf(&b, "; target %s", words_goal(a, last));
    }
    if (gaps > 0) {
        buf_printf(&b, "; %s without a figure", words_count(a, gaps, "period", "periods"));
    }
    buf_char(&b, '.');
    return buf_cstr(&b);
}
