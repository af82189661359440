#include "view/risks.h"

#include <stdlib.h>
#include <string.h>

#include "view/actions.h"
#include "view/links.h"
#include "view/words.h"

static int score_of(int score, int likelihood, int impact)
{
    if (score >= 0) {
        return score;
    }
    return likelihood >= 0 && impact >= 0 ? likelihood * impact : -1;
}

int risk_initial(const struct risk *r)
{
    return score_of(r->initial_score, r->initial_likelihood, r->initial_impact);
}

int risk_residual(const struct risk *r)
{
    return score_of(r->residual_score, r->residual_likelihood, r->residual_impact);
}

static bool differs(int score, int likelihood, int impact)
{
    return score >= 0 && likelihood >= 0 && impact >= 0 && score != likelihood * impact;
}

bool risk_mismatch(const struct risk *r)
{
    return differs(r->initial_score, r->initial_likelihood, r->initial_impact) ||
           differs(r->residual_score, r->residual_likelihood, r->residual_impact);
}

bool risk_above_target(const struct risk *r)
{
    return r->target_score >= 0 && risk_residual(r) > r->target_score;
}

bool risk_review_overdue(const struct risk *r, day today)
{
    return r->reviewed_on == DAY_NONE || today - r->reviewed_on > RISK_REVIEW_DAYS;
}

// ---- the scale ----

static int greater(int a, int b)
{
    return a > b ? a : b;
}

struct risk_scale risk_scale_of(const struct council *c)
{
    struct risk_scale scale = {RISK_SIDE_MIN, 0};
    for (size_t i = 0; i < c->risk_count; i++) {
        const struct risk *r = &c->risks[i];
        scale.side = greater(scale.side, greater(r->initial_likelihood, r->initial_impact));
        scale.side = greater(scale.side, greater(r->residual_likelihood, r->residual_impact));
        scale.top = greater(scale.top, greater(risk_initial(r), risk_residual(r)));
    }
    scale.top = greater(scale.top, scale.side * scale.side);
    return scale;
}

// Fifths of the top, rounded up: of 9 they begin at 2, 4 and 6, of 25 at 5, 10 and 15.
int risk_band_from(struct risk_scale scale, enum risk_band band)
{
    int fifths = (int)band - (int)RISK_LOW;
    return fifths <= 0 ? 0 : (scale.top * fifths + 4) / 5;
}

enum risk_band risk_band_of(struct risk_scale scale, int score)
{
    if (score < 0) {
        return RISK_UNSCORED;
    }
    for (enum risk_band band = RISK_SEVERE; band > RISK_LOW; band--) {
        if (score >= risk_band_from(scale, band)) {
            return band;
        }
    }
    return RISK_LOW;
}

const char *risk_band_code(enum risk_band band)
{
    static const char *const codes[RISK_BANDS] = {"none", "low", "medium", "high", "severe"};
    return codes[band];
}

const char *risk_band_word(enum risk_band band)
{
    static const char *const words[RISK_BANDS] = {"No score", "Low", "Medium", "High", "Severe"};
    return words[band];
}

struct risk_counts risks_count(const struct council *c)
{
    struct risk_counts n = {.total = (int)c->risk_count};
    struct risk_scale scale = risk_scale_of(c);
    for (size_t i = 0; i < c->risk_count; i++) {
        const struct risk *r = &c->risks[i];
        n.with_target += r->target_score >= 0 ? 1 : 0;
        n.above_target += risk_above_target(r) ? 1 : 0;
        n.overdue += risk_review_overdue(r, c->today) ? 1 : 0;
        n.severe += risk_band_of(scale, risk_residual(r)) == RISK_SEVERE ? 1 : 0;
    }
    return n;
}

// ---- the register ----

static int worst_first(const void *left, const void *right)
{
    const struct risk *x = *(const struct risk *const *)left;
    const struct risk *y = *(const struct risk *const *)right;
    if (risk_residual(x) != risk_residual(y)) {
        return risk_residual(x) > risk_residual(y) ? -1 : 1;
    }
    if (risk_initial(x) != risk_initial(y)) {
        return risk_initial(x) > risk_initial(y) ? -1 : 1;
    }
    return strverscmp(x->code, y->code);
}

const struct risk **risks_sorted(const struct council *c, struct arena *a)
{
    const struct risk **list = ARENA_ARRAY(a, c->risk_count + 1, const struct risk *);
    for (size_t i = 0; i < c->risk_count; i++) {
        list[i] = &c->risks[i];
    }
    qsort(list, c->risk_count, sizeof(const struct risk *), worst_first);
    return list;
}

const char *risk_movement(struct arena *a, const struct risk *r)
{
    int from = risk_initial(r), to = risk_residual(r);
    if (to < 0) {
        return from < 0 ? "No score" : arena_printf(a, "%d before controls; no score now", from);
    }
    if (from < 0) {
        return arena_printf(a, "%d now; no score before controls", to);
    }
    if (from == to) {
        return arena_printf(a, "Unchanged at %d", to);
    }
    return arena_printf(a, "%s from %d to %d", to < from ? "Down" : "Up", from, to);
}

struct tree *risk_table(const struct council *c, struct tree *parent, const char *key,
                        const char *caption)
{
    struct tree *table = tree_table(parent, key, "risks", caption);
    tree_bool(table, "has_target", risks_count(c).with_target > 0);
    tree_column(table, "code", "Code", false);
    tree_column(table, "title", "Risk", false);
    tree_column(table, "category", "Category", false);
    tree_column(table, "owner", "Owner", false);
    tree_column(table, "initial", "Initial score", true);
    tree_column(table, "residual", "Residual score", true);
    tree_column(table, "target", "Target score", true);
    tree_column(table, "band", "Band", false);
    tree_column(table, "movement", "Movement", false);
    tree_column(table, "controls", "Controls", true);
    tree_column(table, "actions", "Actions", true);
    tree_column(table, "actions_late", "Late actions", true);
    tree_column(table, "reviewed_on", "Reviewed on", false);
    tree_column(table, "overdue", "Review overdue", false);
    tree_column(table, "aim", "Aim", false);
    return table;
}

static void put_score(struct tree *row, const char *key, int score)
{
    tree_number(row, key, score < 0 ? DEC_NONE : dec_int(score), 0);
}

static const char *target_words(struct arena *a, const struct risk *r)
{
    if (r->target_score < 0) {
        return "No target score";
    }
    int above = risk_residual(r) - r->target_score;
    if (risk_residual(r) < 0 || above <= 0) {
        return arena_printf(a, "Target %d", r->target_score);
    }
    return arena_printf(a, "Target %d, %d above it", r->target_score, above);
}

static void put_actions(const struct page_request *q, struct tree *row, const struct risk *r)
{
    int open = 0, late = 0;
    for (size_t i = 0; i < r->action_count; i++) {
        open += action_is_open(r->actions[i]) ? 1 : 0;
        late += action_days_late(r->actions[i], q->council->today) > 0 ? 1 : 0;
    }
    tree_int(row, "actions", (int64_t)r->action_count);
    tree_int(row, "actions_late", late);
    const char *under_way = words_count(q->arena, open, "open action", "open actions");
    tree_text(row, "actions_words",
              r->action_count == 0 ? "No action"
              : open == 0          ? "No open action"
              : late > 0           ? arena_printf(q->arena, "%s, %d late", under_way, late)
                                   : under_way);
}

void risk_row(const struct page_request *q, struct tree *table, struct risk_scale scale,
              const struct risk *r)
{
    struct arena *a = q->arena;
    enum risk_band band = risk_band_of(scale, risk_residual(r));
    struct tree *row = tree_row(table);
    tree_text(row, "code", r->code);
    tree_text(row, "title", r->title);
    tree_text(row, "href", page_href(q, "risks", r->code));
    tree_text(row, "category", r->category);
    tree_text(row, "owner", name_of(r->owner));
    put_score(row, "initial", risk_initial(r));
    put_score(row, "residual", risk_residual(r));
    put_score(row, "target", r->target_score);
    tree_text(row, "band", risk_band_code(band));
    tree_text(row, "band_word", risk_band_word(band));
    tree_text(row, "initial_band", risk_band_code(risk_band_of(scale, risk_initial(r))));
    tree_text(row, "movement", risk_movement(a, r));
    tree_bool(row, "above_target", risk_above_target(r));
    tree_text(row, "target_words", target_words(a, r));
    tree_text(row, "mismatch",
              risk_mismatch(r) ? "The score recorded is not likelihood times impact" : NULL);
    tree_int(row, "controls", (int64_t)r->control_count);
    tree_text(row, "controls_words",
              r->control_count == 0 ? "No control"
                                    : words_count(a, (int)r->control_count, "control", "controls"));
    put_actions(q, row, r);
    bool overdue = risk_review_overdue(r, q->council->today);
    tree_text(row, "reviewed_on", day_text(a, r->reviewed_on));
    tree_text(row, "reviewed_shown",
              r->reviewed_on == DAY_NONE ? "No review recorded" : day_shown(a, r->reviewed_on));
    tree_bool(row, "overdue", overdue);
    tree_text(row, "aim", r->aim == NULL ? NULL : r->aim->code);
    link_aim(q, row, "aim_link", r->aim);
}
