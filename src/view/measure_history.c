// What was known of a measure, and what was asked of it, period by period: the newest first.
//
// table "history": period, value, said, numerator, denominator, target, status_code, computed_code,
//   rule, rule_from, marker, version, revisions, note; in HTML also period_shown, value_shown,
//   fraction, target_shown, status {..}, computed {..} (where a judgement replaced it), judgement,
//   rule_shown, current.
// table "targets": period, target, lower, upper, amber, green_within, amber_within, rationale,
//   agreed_by, agreed_on, version, changes; in HTML also period_shown, target_shown, tolerance,
//   agreed_shown, changed, current.

#include "view/measure_parts.h"
#include "view/parts.h"
#include "view/words.h"
#include "view/words_measure.h"

enum { HISTORY_ROWS = 240 };

static void history_columns(struct tree *table)
{
    tree_column(table, "period", "Period", false);
    tree_column(table, "value", "Figure", true);
    tree_column(table, "said", "In words", false);
    tree_column(table, "numerator", "Numerator", true);
    tree_column(table, "denominator", "Denominator", true);
    tree_column(table, "target", "Target", true);
    tree_column(table, "status_code", "Status then", false);
    tree_column(table, "computed_code", "Computed status", false);
    tree_column(table, "rule", "Rule", false);
    tree_column(table, "rule_from", "Rule in force since", false);
    tree_column(table, "marker", "Marker", false);
    tree_column(table, "version", "Version", true);
    tree_column(table, "revisions", "Revisions", false);
    tree_column(table, "note", "Note", false);
}

static void history_figure(struct measure_page *p, struct tree *row, const struct reading *r)
{
    struct arena *a = p->q->arena;
    const struct council *c = p->q->council;
    const struct measure *m = p->measure;
    const struct figure *f = r->figure;
    bool yes_no = m->value_type == VALUE_YES_NO && r->value.present;
    bool words = reading_has_words(r);
    const char *said = yes_no ? dec_sign(r->value) == 0 ? "no" : "yes" : words ? r->text : NULL;
    tree_text(row, "period", period_id(a, r->period, c->year_start));
    tree_text(row, "period_shown", words_period_short(a, r->period, c->year_start));
    tree_number(row, "value", yes_no ? DEC_NONE : dec_round(r->value, m->decimals), m->decimals);
    tree_text(row, "said", said);
    tree_text(row, "value_shown", words_value(a, c, r));
    tree_number(row, "numerator", r->numerator, r->numerator.scale);
    tree_number(row, "denominator", r->denominator, r->denominator.scale);
    tree_text(row, "fraction", words_fraction(a, r->numerator, r->denominator));
    tree_text(row, "marker", words_marker(r->marker));
    // A revision tells its date, and where there is no figure the mark stands in its place.
    bool told = !r->value.present || (f != NULL && f->before != NULL);
    tree_text(row, "marker_word", told ? NULL : words_marker_capital(r->marker));
    tree_number(row, "version", f == NULL ? DEC_NONE : dec_int(f->version), 0);
    tree_text(row, "revisions", words_revisions(a, m, f));
    tree_text(row, "revised_on",
              f == NULL || f->before == NULL || f->known_from == DAY_NONE
                  ? NULL
                  : day_shown(a, f->known_from));
    tree_text(row, "note", f == NULL ? NULL : f->note);
}

static void history_status(struct measure_page *p, struct tree *row, const struct reading *r)
{
    struct arena *a = p->q->arena;
    int places = p->measure->decimals;
    tree_number(row, "target", r->why.goal.present ? r->why.goal : r->why.input.target, places);
    tree_text(row, "target_shown", words_goal(a, r));
    tree_text(row, "status_code", status_code(r->status));
    part_status(row, "status", r->status);
    tree_text(row, "computed_code", status_code(r->why.status));
    if (r->override == NULL || r->why.reason == REASON_AWAITS_JUDGEMENT) {
        tree_null(row, "computed");
    } else {
        part_status(row, "computed", r->why.status);
    }
    tree_text(row, "judgement", r->override == NULL ? NULL : r->override->reason);
    bool rule = r->rule != NULL;
    tree_text(row, "rule", rule ? r->rule->code : NULL);
    tree_text(row, "rule_from",
              rule && r->rule->from != DAY_NONE ? day_text(a, r->rule->from) : NULL);
    tree_text(row, "rule_shown",
              !rule                       ? "No rule"
              : r->rule->from == DAY_NONE ? r->rule->code
                                          : arena_printf(a, "%s, version of %s", r->rule->code,
                                                         day_shown(a, r->rule->from)));
}

static void put_row(struct measure_page *p, struct tree *row, const struct reading *r)
{
    history_figure(p, row, r);
    history_status(p, row, r);
    tree_bool(row, "current", period_equal(r->period, p->reading.period));
}

// A quarter made of its months: no row of its own among the periods, but what the page is about.
static bool is_made(const struct measure_page *p)
{
    bool made = p->reading.value.present;
    for (size_t i = 0; i < p->past_count && made; i++) {
        made = !period_equal(p->past[i].period, p->reading.period);
    }
    return made;
}

void measure_history(struct measure_page *p)
{
    struct tree *table = tree_table(p->page, "history", "history", "History");
    history_columns(table);
    if (is_made(p)) {
        put_row(p, tree_row(table), &p->reading);
    }
    size_t shown = 0;
    for (size_t i = p->past_count; i > 0 && shown < HISTORY_ROWS; i--, shown++) {
        put_row(p, tree_row(table), &p->past[i - 1]);
    }
    tree_bool(p->page, "history_any", p->past_count > 0);
    tree_text(
        p->page, "history_cut",
        p->past_count <= HISTORY_ROWS
            ? NULL
            : arena_printf(p->q->arena,
                           "The newest %d of %zu periods are shown; the export of the council "
                           "folder has all of them.",
                           HISTORY_ROWS, p->past_count));
}

// ---- targets ----

static void target_columns(struct tree *table)
{
    tree_column(table, "period", "Period", false);
    tree_column(table, "target", "Target", true);
    tree_column(table, "lower", "Lower", true);
    tree_column(table, "upper", "Upper", true);
    tree_column(table, "amber", "Amber value", true);
    tree_column(table, "green_within", "On target within", true);
    tree_column(table, "amber_within", "Slightly off within", true);
    tree_column(table, "rationale", "Why this target", false);
    tree_column(table, "agreed_by", "Agreed by", false);
    tree_column(table, "agreed_on", "Agreed on", false);
    tree_column(table, "version", "Version", true);
    tree_column(table, "changes", "Changes", false);
}

// What is agreed beside the target itself: an amber value, or a tolerance of its own.
static const char *beside(struct arena *a, const struct measure *m, const struct target *t)
{
    if (t->amber.present) {
        return arena_printf(a, "slightly off target as far as %s", words_figure(a, m, t->amber));
    }
    if (t->green_within.present || t->amber_within.present) {
        struct dec within = t->amber_within.present ? t->amber_within : t->green_within;
        return arena_printf(a, "with a tolerance of its own: %s",
                            dec_shown(a, within, dec_trim(within).scale));
    }
    return NULL;
}

static void put_target(struct measure_page *p, struct tree *row, const struct target *t)
{
    struct arena *a = p->q->arena;
    const struct council *c = p->q->council;
    int places = p->measure->decimals;
    tree_text(row, "period", period_id(a, t->period, c->year_start));
    tree_text(row, "period_shown", words_period_short(a, t->period, c->year_start));
    tree_number(row, "target", t->target, places);
    tree_number(row, "lower", t->lower, places);
    tree_number(row, "upper", t->upper, places);
    tree_number(row, "amber", t->amber, places);
    tree_number(row, "green_within", t->green_within, t->green_within.scale);
    tree_number(row, "amber_within", t->amber_within, t->amber_within.scale);
    tree_text(row, "target_shown", words_target(a, p->measure, t));
    tree_bool(row, "changed", t->before != NULL);
    tree_text(row, "beside", beside(a, p->measure, t));
    tree_text(row, "rationale", t->rationale);
    tree_text(row, "agreed_by", t->agreed_by);
    tree_text(row, "agreed_on", t->agreed_on == DAY_NONE ? NULL : day_text(a, t->agreed_on));
    tree_text(row, "agreed_shown", t->agreed_on == DAY_NONE ? NULL : day_shown(a, t->agreed_on));
    tree_int(row, "version", t->version);
    tree_text(row, "changes", words_target_changes(a, p->measure, t));
    tree_bool(row, "current", period_equal(t->period, p->reading.period));
}

void measure_targets(struct measure_page *p)
{
    const struct series *s = p->series;
    struct tree *table = tree_table(p->page, "targets", "targets", "Targets and their changes");
    target_columns(table);
    int changed = 0;
    for (size_t i = s->target_count; i > 0; i--) {
        put_target(p, tree_row(table), &s->targets[i - 1]);
        changed += s->targets[i - 1].before != NULL ? 1 : 0;
    }
    tree_bool(p->page, "targets_any", s->target_count > 0);
    tree_int(p->page, "targets_count", (int64_t)s->target_count);
    tree_text(p->page, "targets_changed",
              changed == 0 ? "No target was changed after it was agreed."
                           : arena_printf(p->q->arena, "%s after it was agreed.",
                                          words_count(p->q->arena, changed, "target was changed",
                                                      "targets were changed")));
}
