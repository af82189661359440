// From rows of a group to one series: periods once only, and what holds for the series as a whole.
#include <math.h>
#include <string.h>

#include "cli/analyse_spc.h"

bool spc_row_read(struct analyse *j, struct spc_row *row)
{
    *row = (struct spc_row){.target = NAN, .target_lower = NAN, .target_upper = NAN};
    if (analyse_is_blank(j, SPC_PERIOD)) {
        return analyse_fault(j, "the period is blank; write one, like 2025-04.");
    }
    row->period = analyse_text(j, SPC_PERIOD);
    return analyse_double(j, SPC_VALUE, &row->value);
}

// Periods seen so far, by their text. In order, as nearly always, each is only held against the
// one before; the table is made when one is not.
struct seen {
    struct arena *arena;
    const char *greatest;
    const char **slots; // open addressing; NULL until it is needed
    size_t slot_count;
};

static const char **seen_slot(struct seen *s, const char *period)
{
    uint64_t hash = 14695981039346656037u; // FNV-1a
    for (const char *at = period; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    }
    for (size_t i = (size_t)(hash ^ hash >> 32) & (s->slot_count - 1);;
         i = (i + 1) & (s->slot_count - 1)) {
        if (s->slots[i] == NULL || strcmp(s->slots[i], period) == 0) {
            return &s->slots[i];
        }
    }
}

static void seen_make(struct seen *s, const char *const *periods, size_t count, size_t most)
{
    s->slot_count = 16;
    while (s->slot_count < most * 2) {
        s->slot_count *= 2;
    }
    s->slots = ARENA_ARRAY(s->arena, s->slot_count, const char *);
    for (size_t i = 0; i < count; i++) {
        *seen_slot(s, periods[i]) = periods[i];
    }
}

// Whether `period` stands among the `count` before it; `most` there may be in all.
static bool was_seen(struct seen *s, const char *period, const char *const *periods, size_t count,
                     size_t most)
{
    if (s->slots == NULL) {
        if (s->greatest == NULL || strcmp(period, s->greatest) > 0) {
            s->greatest = period;
            return false;
        }
        seen_make(s, periods, count, most);
    }
    const char **slot = seen_slot(s, period);
    bool was = *slot != NULL;
    *slot = period;
    return was;
}

static void take_row(struct spc_series *s, const struct spc_row *row, size_t place)
{
    s->places[s->count] = place;
    s->periods[s->count] = row->period;
    s->values[s->count] = row->value;
    s->starts[s->count++] = row->starts;
    if (row->has_improvement) {
        s->how.improvement = row->improvement;
    }
    if (s->how.fix_after == 0) {
        s->how.fix_after = (size_t)row->fix_after;
    }
    if (!isnan(row->target)) {
        s->target.target = row->target;
    }
    if (!isnan(row->target_lower) || !isnan(row->target_upper)) {
        s->target.low = row->target_lower;
        s->target.high = row->target_upper;
    }
}

bool spc_series_gather(struct analyse *j, const struct analyse_group *g, const struct spc_how *how,
                       struct spc_series *out, struct err *e)
{
    *out = (struct spc_series){
        .name = g->name,
        .places = ARENA_ARRAY(j->arena, g->count, size_t),
        .periods = ARENA_ARRAY(j->arena, g->count, const char *),
        .values = ARENA_ARRAY(j->arena, g->count, double),
        .starts = ARENA_ARRAY(j->arena, g->count, bool),
        .how = *how,
        .target = SPC_NO_TARGET,
    };
    struct seen seen = {.arena = j->arena};
    const struct spc_row *rows = g->rows;
    for (size_t i = 0; i < g->count; i++) {
        if (was_seen(&seen, rows[i].period, out->periods, out->count, g->count)) {
            const char *fault =
                arena_printf(j->arena, "series \"%s\" has a second row for %s; take one out.",
                             g->name, rows[i].period);
            if (!analyse_group_refuse(j, g, i, fault, e)) {
                return false;
            }
            continue;
        }
        take_row(out, &rows[i], i);
    }
    return true;
}

const char *const SPC_COLUMNS_PLAIN[] = {
    [SPC_SERIES] = "series", [SPC_PERIOD] = "period", [SPC_VALUE] = "value", NULL};

bool spc_row_read_plain(struct analyse *j)
{
    return spc_row_read(j, j->parsed);
}

bool spc_series_gather_plain(struct analyse *j, const struct analyse_group *g,
                             struct spc_series *out, struct err *e)
{
    const struct spc_how how = spc_how_default(SPC_MDC);
    return spc_series_gather(j, g, &how, out, e);
}
