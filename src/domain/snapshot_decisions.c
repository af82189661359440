// What people decided: rules of referral, and of single series where control limits start anew and
// where a year is expected to end.

#include <stdlib.h>
#include <string.h>

#include "domain/code_index.h"
#include "domain/snapshot_share.h"

// ---- rules of referral ----

static int rule_order(const void *left, const void *right)
{
    const struct referral_rule *x = left, *y = right;
    int order = strcmp(x->code, y->code);
    if (order != 0) {
        return order;
    }
    return x->from < y->from ? -1 : x->from > y->from ? 1 : 0; // DAY_NONE is least: since ever
}

static bool fill_rules(struct build *b)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_REFERRAL_RULE, &rows)) {
        return false;
    }
    struct referral_rule *rules = ARENA_ARRAY(b->arena, rows.count, struct referral_rule);
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        rules[i] =
            (struct referral_rule){.code = cell_text(r, REFERRAL_RULE_CODE),
                                   .title = cell_text(r, REFERRAL_RULE_TITLE),
                                   .note = cell_text(r, REFERRAL_RULE_NOTE),
                                   .kind = cell_text(r, REFERRAL_RULE_KIND),
                                   .n = cell_int(r, REFERRAL_RULE_N, 0),
                                   .m = cell_int(r, REFERRAL_RULE_M, 0),
                                   .classes = build_classes(cell_text(r, REFERRAL_RULE_CLASS)),
                                   .from = cell_day(r, REFERRAL_RULE_FROM)};
    }
    qsort(rules, rows.count, sizeof *rules, rule_order);
    b->council->referral_rules = rules;
    b->council->referral_rule_count = rows.count;
    return true;
}

bool build_decisions(struct build *b)
{
    return fill_rules(b) && build_rows(b, KIND_REBASE, &b->rebases) &&
           store_rows(b->db, b->arena, KIND_FORECAST, b->organisation, STORE_ALL, &b->forecasts,
                      b->err);
}

// ---- rows into series ----

// Both kinds begin with these columns.
enum { MEASURE, PART, PERIOD };

static const char *part_of(const struct store_row *r)
{
    const char *part = cell_text(r, PART);
    return part == NULL ? "" : part;
}

static bool same_series(const struct store_row *a, const struct store_row *b)
{
    return strcmp(cell_text(a, MEASURE), cell_text(b, MEASURE)) == 0 &&
           strcmp(part_of(a), part_of(b)) == 0;
}

static bool is_withdrawn(const struct build *b, const struct store_row *r, int column)
{
    day since = cell_day(r, column);
    return since != DAY_NONE && since <= (b->at == DAY_NONE ? b->council->today : b->at);
}

static int rebase_order(const void *left, const void *right)
{
    return period_compare(((const struct rebase *)left)->period,
                          ((const struct rebase *)right)->period);
}

static void fill_rebases(struct share *s, struct series *to, const struct store_row *rows,
                         size_t count)
{
    struct rebase *all = ARENA_ARRAY(s->arena, count, struct rebase);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct store_row *r = &rows[i];
        if (!is_withdrawn(s->build, r, REBASE_WITHDRAWN_ON)) {
            all[kept++] = (struct rebase){.period = cell_period(s->build, r, PERIOD),
                                          .reason = cell_text(r, REBASE_REASON),
                                          .by = cell_text(r, REBASE_BY),
                                          .agreed_on = cell_day(r, REBASE_AGREED_ON),
                                          .version = r->version};
        }
    }
    qsort(all, kept, sizeof *all, rebase_order);
    to->rebases = all;
    to->rebase_count = kept;
}

static struct dec forecast_value(const struct store_row *r)
{
    struct dec value = cell_dec(r, FORECAST_FORECAST);
    return value.present                          ? value
           : cell_is(r, FORECAST_FORECAST, "yes") ? dec_int(1)
           : cell_is(r, FORECAST_FORECAST, "no")  ? dec_int(0)
                                                  : DEC_NONE;
}

// The version of one year that stands, behind it those it superseded; NULL when none was known.
static const struct forecast *forecast_of_year(struct share *s, const struct store_row *versions,
                                               size_t count)
{
    const struct build *b = s->build;
    struct forecast *standing = NULL;
    const struct store_row *of = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct store_row *r = &versions[i];
        if (b->at != DAY_NONE && r->known_from > b->at) {
            continue;
        }
        struct forecast *next = ARENA_NEW(s->arena, struct forecast);
        *next = (struct forecast){.period = cell_period(b, r, PERIOD),
                                  .forecast = forecast_value(r),
                                  .reason = cell_text(r, FORECAST_REASON),
                                  .by = cell_text(r, FORECAST_BY),
                                  .on = cell_day(r, FORECAST_ON),
                                  .known_from = r->known_from,
                                  .version = r->version,
                                  .before = standing};
        standing = next;
        of = r;
    }
    return of == NULL || is_withdrawn(b, of, FORECAST_WITHDRAWN_ON) ? NULL : standing;
}

static int forecast_order(const void *left, const void *right)
{
    return period_compare(((const struct forecast *)left)->period,
                          ((const struct forecast *)right)->period);
}

static void fill_forecasts(struct share *s, struct series *to, const struct store_row *rows,
                           size_t count)
{
    struct forecast *all = ARENA_ARRAY(s->arena, count, struct forecast);
    size_t kept = 0;
    for (size_t from = 0; from < count;) {
        size_t next = from + 1;
        while (next < count &&
               strcmp(cell_text(&rows[next], PERIOD), cell_text(&rows[from], PERIOD)) == 0) {
            next++;
        }
        const struct forecast *f = forecast_of_year(s, rows + from, next - from);
        if (f != NULL) {
            all[kept++] = *f;
        }
        from = next;
    }
    qsort(all, kept, sizeof *all, forecast_order);
    to->forecasts = all;
    to->forecast_count = kept;
}

// Another share's measures are another thread's.
static bool is_ours(const struct share *s, const struct store_row *r)
{
    const struct council *c = s->build->council;
    size_t at = code_index_get(c->by_code[INDEX_MEASURES], cell_text(r, MEASURE));
    size_t first = (size_t)(s->measures - c->measures);
    return at != SIZE_MAX && at >= first && at < first + s->count;
}

static void take(struct share *s, const struct store_rows *rows,
                 void (*fill)(struct share *, struct series *, const struct store_row *, size_t))
{
    for (size_t from = 0; from < rows->count;) {
        const struct store_row *first = &rows->rows[from];
        size_t end = from + 1;
        while (end < rows->count && same_series(&rows->rows[end], first)) {
            end++;
        }
        if (is_ours(s, first)) {
            fill(s, share_series(s, cell_text(first, MEASURE), part_of(first)), first, end - from);
        }
        from = end;
    }
}

void share_take_decisions(struct share *s)
{
    take(s, &s->build->rebases, fill_rebases);
    take(s, &s->build->forecasts, fill_forecasts);
}
