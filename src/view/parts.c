#include "view/parts.h"

#include <stdlib.h>
#include <string.h>

#include "view/outlook.h"
#include "view/signal.h"
#include "view/words.h"

// The tag classes of the style sheet (UI-32): yellow for slightly off, never orange.
static const char *status_tag(enum status s)
{
    static const char *const tags[] = {
        [STATUS_OFF_TARGET] = "red",     [STATUS_SLIGHTLY_OFF] = "yellow",
        [STATUS_ON_TARGET] = "green",    [STATUS_MISSING] = "grey",
        [STATUS_NO_TARGET] = "grey",     [STATUS_NOT_DUE] = "grey",
        [STATUS_SUPPRESSED] = "grey",    [STATUS_NOT_APPLICABLE] = "grey",
        [STATUS_IN_DEVELOPMENT] = "grey"};
    return tags[s];
}

static void fill_status(struct tree *map, enum status s)
{
    tree_text(map, "code", status_code(s));
    tree_text(map, "word", words_status(s));
    tree_text(map, "shape", words_status_shape(s));
    tree_text(map, "tag", status_tag(s));
}

void part_status(struct tree *parent, const char *key, enum status s)
{
    fill_status(tree_map(parent, key), s);
}

void part_travel(struct tree *parent, const char *key, const struct travel_result *t,
                 const char *since)
{
    struct tree *map = tree_map(parent, key);
    tree_text(map, "code", travel_code(t->travel));
    tree_text(map, "word", words_travel(t->travel));
    tree_text(map, "arrow", words_travel_arrow(t->travel));
    tree_text(map, "since", since);
    tree_bool(map, "comparable", t->travel != TRAVEL_NOT_COMPARABLE);
}

static const char *since_text(const struct page_request *q, const struct reading *r,
                              struct dec before, const char *when)
{
    if (!before.present) {
        return when;
    }
    return arena_printf(q->arena, "%s (%s)", when, words_figure(q->arena, r->measure, before));
}

// The last figures of a series, oldest first, for the small line beside a row.
static void put_spark(struct tree *row, const struct reading *r)
{
    enum { SPARK_POINTS = 12 };
    const struct series *s = r->series;
    struct tree *chart = tree_chart(row, "spark");
    tree_text(chart, "kind", "spark");
    struct tree *points = tree_list(chart, "points");
    size_t end = 0;
    while (end < s->result_count && s->results[end].period.end <= r->period.end) {
        end++;
    }
    for (size_t i = end > SPARK_POINTS ? end - SPARK_POINTS : 0; i < end; i++) {
        tree_number(points, NULL, s->results[i].value, r->measure->decimals);
    }
    tree_text(chart, "status", status_code(r->status));
}

static void put_override(struct page_request *q, struct tree *row, const struct reading *r)
{
    if (r->override == NULL) {
        tree_null(row, "override");
        return;
    }
    struct tree *o = tree_map(row, "override");
    part_status(o, "status", r->override->status);
    if (r->why.reason == REASON_AWAITS_JUDGEMENT) {
        tree_null(o, "computed"); // the rule leaves the status to people
    } else {
        part_status(o, "computed", r->why.status);
    }
    tree_text(o, "reason", r->override->reason);
    tree_text(o, "by", r->override->by);
    tree_text(o, "on", r->override->on == DAY_NONE ? NULL : day_shown(q->arena, r->override->on));
}

void part_measure(struct page_request *q, struct tree *row, const struct reading *r)
{
    const struct measure *m = r->measure;
    const struct council *c = q->council;
    tree_text(row, "code", m->code);
    tree_text(row, "title", m->title);
    tree_text(row, "href", page_href(q, "measures", m->code));
    tree_number(row, "last_year", r->why.input.last_year, m->decimals);
    tree_number(row, "previous", dec_round(r->previous, m->decimals), m->decimals);
    tree_number(row, "value", dec_round(r->value, m->decimals), m->decimals);
    tree_number(row, "target", r->why.goal, m->decimals);
    tree_text(row, "value_shown", words_value(q->arena, c, r));
    tree_text(row, "target_shown", words_goal(q->arena, r));
    tree_text(row, "previous_shown", words_figure(q->arena, m, r->previous));
    tree_text(row, "last_year_shown", words_figure(q->arena, m, r->why.input.last_year));
    tree_text(row, "status_code", status_code(r->status));
    part_status(row, "status", r->status);
    tree_text(row, "reason", words_reading(q->arena, c, r));
    tree_text(row, "travel_short_code", travel_code(r->short_travel.travel));
    tree_text(row, "travel_long_code", travel_code(r->long_travel.travel));
    part_travel(row, "travel_short", &r->short_travel,
                since_text(q, r, r->short_travel.before, words_previous(r->period.kind)));
    part_travel(row, "travel_long", &r->long_travel,
                since_text(q, r, r->long_travel.before, "a year ago"));
    // For a year the period before is the year before: one comparison is enough.
    tree_bool(row, "one_travel", period_equal(r->previous_period, r->last_year_period));
    tree_text(row, "unit", m->unit == NULL ? NULL : m->unit->name);
    tree_text(row, "unit_href", m->unit == NULL ? NULL : page_href(q, "units", m->unit->code));
    tree_text(row, "owner", m->owner == NULL ? NULL : m->owner->name);
    tree_text(row, "period", period_id(q->arena, r->period, c->year_start));
    tree_text(row, "period_shown", words_period_short(q->arena, r->period, c->year_start));
    tree_bool(row, "carried", r->carried);
    tree_text(row, "marker", words_marker(r->marker));
    part_outlook(q, row, r);
    put_override(q, row, r);
    part_signal(q, row, r);
    put_spark(row, r);
}

struct tree *part_measure_table(struct tree *parent, const char *key, const char *id,
                                const char *caption)
{
    struct tree *table = tree_table(parent, key, id, caption);
    tree_column(table, "code", "Measure", false);
    tree_column(table, "title", "Title", false);
    tree_column(table, "period", "Period", false);
    tree_column(table, "last_year", "Same period last year", true);
    tree_column(table, "previous", "Previous period", true);
    tree_column(table, "value", "Figure", true);
    tree_column(table, "target", "Target", true);
    tree_column(table, "status_code", "Status", false);
    tree_column(table, "reason", "Why", false);
    tree_column(table, "travel_short_code", "Since the previous period", false);
    tree_column(table, "travel_long_code", "Since a year ago", false);
    part_signal_columns(table);
    tree_column(table, "unit", "Unit", false);
    tree_column(table, "owner", "Owner", false);
    tree_column(table, "marker", "Marker", false);
    part_outlook_columns(table);
    return table;
}

static void put_counts(struct page_request *q, struct tree *map, const struct rollup *r)
{
    static const enum status shown[] = {
        STATUS_ON_TARGET,      STATUS_SLIGHTLY_OFF,   STATUS_OFF_TARGET,
        STATUS_MISSING,        STATUS_NO_TARGET,      STATUS_NOT_DUE,
        STATUS_NOT_APPLICABLE, STATUS_IN_DEVELOPMENT, STATUS_SUPPRESSED};
    struct tree *statuses = tree_list(map, "statuses");
    struct tree *parts = NULL;
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        if (status_is_scored(shown[i]) || r->by_status[shown[i]] > 0) {
            struct tree *s = tree_map(statuses, NULL);
            fill_status(s, shown[i]);
            tree_int(s, "count", r->by_status[shown[i]]);
        }
    }
    parts = tree_list(map, "not_scored_parts");
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        if (!status_is_scored(shown[i]) && r->by_status[shown[i]] > 0) {
            struct tree *s = tree_map(parts, NULL);
            tree_text(s, "word", words_status(shown[i]));
            tree_text(s, "code", status_code(shown[i]));
            tree_int(s, "count", r->by_status[shown[i]]);
        }
    }
    struct tree *bar = tree_chart(map, "bar");
    tree_text(bar, "kind", "bar");
    tree_text(bar, "id", page_id(q, "bar"));
    tree_text(bar, "title", "Measures by status");
    tree_text(bar, "description", words_rollup(q->arena, r));
    struct tree *segments = tree_list(bar, "segments");
    for (size_t i = 0; i < 3; i++) {
        struct tree *segment = tree_map(segments, NULL);
        tree_text(segment, "status", status_code(shown[i]));
        tree_text(segment, "name", words_status(shown[i]));
        tree_int(segment, "count", r->by_status[shown[i]]);
    }
    if (r->total > r->scored) {
        struct tree *segment = tree_map(segments, NULL);
        tree_text(segment, "status", "not_scored");
        tree_text(segment, "name", "Not scored");
        tree_int(segment, "count", r->total - r->scored);
    }
}

void part_rollup(struct page_request *q, struct tree *parent, const char *key,
                 const struct scope *s)
{
    const struct reading *worst = NULL;
    struct rollup r = scope_rollup(s, page_readings(q), q->arena, &worst);
    struct tree *map = tree_map(parent, key);
    tree_int(map, "total", r.total);
    tree_int(map, "scored", r.scored);
    tree_int(map, "not_scored", r.total - r.scored);
    tree_int(map, "on_target", r.by_status[STATUS_ON_TARGET]);
    tree_int(map, "slightly_off", r.by_status[STATUS_SLIGHTLY_OFF]);
    tree_int(map, "off_target", r.by_status[STATUS_OFF_TARGET]);
    tree_int(map, "with_data", r.with_data);
    tree_number(map, "with_data_percent", rollup_share(r.with_data, r.total, 0), 0);
    int on = r.by_status[STATUS_ON_TARGET];
    tree_number(map, "on_target_of_scored", rollup_share(on, r.scored, 0), 0);
    tree_number(map, "on_target_of_all", rollup_share(on, r.total, 0), 0);
    tree_text(map, "sentence", words_rollup(q->arena, &r));
    tree_bool(map, "any", r.total > 0);
    put_counts(q, map, &r);
    part_outlooks(q, map, s);
    if (worst == NULL) {
        tree_null(map, "worst");
        return;
    }
    struct tree *w = tree_map(map, "worst");
    tree_text(w, "code", worst->measure->code);
    tree_text(w, "title", worst->measure->title);
    tree_text(w, "href", page_href(q, "measures", worst->measure->code));
    part_status(w, "status", worst->status);
    tree_text(w, "reason", words_reading(q->arena, q->council, worst));
}

// ---- what asks for a look ----

struct ranked {
    const struct reading *reading;
    int running;
    enum look look; // LOOK_NONE where the order is by status
};

static struct dec shortfall_of(const struct reading *r)
{
    struct dec d = r->why.difference_percent;
    return d.present && r->why.worse ? d : dec_int(0);
}

static int worse_first(const void *left, const void *right)
{
    const struct ranked *x = left, *y = right;
    if (look_compare(x->look, y->look) != 0) {
        return look_compare(x->look, y->look);
    }
    if (x->reading->status != y->reading->status) {
        return x->reading->status < y->reading->status ? -1 : 1;
    }
    if (x->running != y->running) {
        return x->running > y->running ? -1 : 1;
    }
    int order = dec_cmp(shortfall_of(y->reading), shortfall_of(x->reading));
    if (order != 0) {
        return order;
    }
    return strcmp(x->reading->measure->code, y->reading->measure->code);
}

const struct reading **part_exceptions(struct page_request *q, const struct scope *s, size_t most,
                                       size_t *ret_count, size_t *ret_total)
{
    const struct reading *all = page_readings(q);
    struct ranked *ranked = ARENA_ARRAY(q->arena, s->count + 1, struct ranked);
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct reading *r = &all[s->measures[i]->index];
        enum look look = look_of(q, r);
        if (look != LOOK_NONE) {
            ranked[count++] = (struct ranked){r, reading_off_running(q->council, r),
                                              look_is_asked(q) ? look : LOOK_NONE};
        }
    }
    qsort(ranked, count, sizeof *ranked, worse_first);
    const struct reading **list = ARENA_ARRAY(q->arena, count + 1, const struct reading *);
    for (size_t i = 0; i < count; i++) {
        list[i] = ranked[i].reading;
    }
    *ret_total = count;
    *ret_count = count < most ? count : most;
    return list;
}

bool measure_has_action(const struct measure *m, struct period p)
{
    const struct commentary *said = measure_commentary(m, p);
    if (said != NULL && said->action != NULL) {
        return true;
    }
    for (size_t i = 0; i < m->action_count; i++) {
        enum action_state s = m->actions[i]->state;
        if (s == ACTION_NOT_STARTED || s == ACTION_IN_PROGRESS) {
            return true;
        }
    }
    return false;
}

static void put_commentary(struct page_request *q, struct tree *item, const struct reading *r)
{
    const struct commentary *said = measure_commentary(r->measure, r->period);
    tree_bool(item, "no_commentary", said == NULL);
    if (said == NULL) {
        tree_null(item, "commentary");
        return;
    }
    struct tree *c = tree_map(item, "commentary");
    tree_text(c, "what_happened", said->what_happened);
    tree_text(c, "why", said->why);
    tree_text(c, "action", said->action);
    tree_text(c, "action_owner", said->action_owner == NULL ? NULL : said->action_owner->name);
    tree_text(c, "action_due",
              said->action_due == DAY_NONE ? NULL : day_shown(q->arena, said->action_due));
    tree_text(c, "author", said->author == NULL ? NULL : said->author->name);
}

void part_exception(struct page_request *q, struct tree *item, const struct reading *r)
{
    part_measure(q, item, r);
    int running = reading_off_running(q->council, r);
    tree_int(item, "running", running);
    tree_text(item, "running_sentence",
              running >= 2 ? arena_printf(q->arena, "Off target %d %s running", running,
                                          words_periods(r->period.kind))
                           : NULL);
    put_commentary(q, item, r);
    tree_bool(item, "no_action", !measure_has_action(r->measure, r->period));
    const struct commentary *said = measure_commentary(r->measure, r->period);
    const char *said_action = said == NULL ? NULL : said->action;
    struct tree *actions = tree_list(item, "actions");
    for (size_t i = 0; i < r->measure->action_count; i++) {
        const struct action *x = r->measure->actions[i];
        if (x->state == ACTION_COMPLETED || x->state == ACTION_CANCELLED) {
            continue;
        }
        // The commentary's own action is told with it; the same one is not told twice.
        if (said_action != NULL && x->due == said->action_due && x->owner == said->action_owner) {
            continue;
        }
        struct tree *t = tree_map(actions, NULL);
        tree_text(t, "title", x->title);
        tree_text(t, "owner", x->owner == NULL ? NULL : x->owner->name);
        tree_text(t, "due", x->due == DAY_NONE ? NULL : day_shown(q->arena, x->due));
        tree_text(t, "state", words_action_state(x->state));
        tree_bool(t, "late", x->due != DAY_NONE && x->due < q->council->today);
    }
}
