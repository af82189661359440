// One risk: its scores, what holds it down, what is being done, and what it endangers.

#include "view/actions.h"
#include "view/edit_form.h"
#include "view/links.h"
#include "view/risks.h"
#include "view/words.h"
#include "view/words_delivery.h"

static void put_score(const struct page_request *q, struct tree *list, struct risk_scale scale,
                      const char *name, const char *meaning, int score, int likelihood, int impact)
{
    struct arena *a = q->arena;
    enum risk_band band = risk_band_of(scale, score);
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "name", name);
    tree_text(item, "meaning", meaning);
    tree_number(item, "score", score < 0 ? DEC_NONE : dec_int(score), 0);
    tree_text(item, "band", risk_band_code(band));
    tree_text(item, "band_word", risk_band_word(band));
    tree_text(item, "factors",
              likelihood >= 0 && impact >= 0
                  ? arena_printf(a, "Likelihood %d, impact %d", likelihood, impact)
                  : NULL);
}

static void put_scores(const struct page_request *q, struct tree *page, const struct risk *r)
{
    struct risk_scale scale = risk_scale_of(q->council);
    struct tree *list = tree_list(page, "scores");
    put_score(q, list, scale, "Initial", "before any control", risk_initial(r),
              r->initial_likelihood, r->initial_impact);
    put_score(q, list, scale, "Residual", "now, with the controls in place", risk_residual(r),
              r->residual_likelihood, r->residual_impact);
    put_score(q, list, scale, "Target", "once the planned actions are done", r->target_score, -1,
              -1);
    tree_text(page, "movement", risk_movement(q->arena, r));
    tree_text(page, "above_target",
              risk_above_target(r)
                  ? arena_printf(q->arena, "%d above its target score of %d",
                                 risk_residual(r) - r->target_score, r->target_score)
                  : NULL);
    tree_bool(page, "mismatch", risk_mismatch(r));
}

static void put_controls(struct tree *page, const struct risk *r)
{
    tree_bool(page, "has_controls", r->control_count > 0);
    struct tree *table = tree_table(page, "controls", "controls", "Controls in place");
    tree_column(table, "title", "Control", false);
    tree_column(table, "owner", "Owner", false);
    tree_column(table, "effectiveness", "Effectiveness", false);
    for (size_t i = 0; i < r->control_count; i++) {
        const struct control *k = &r->controls[i];
        struct tree *row = tree_row(table);
        tree_text(row, "title", k->title);
        tree_text(row, "owner", name_of(k->owner));
        tree_text(row, "effectiveness", k->effectiveness);
    }
}

struct of_risk {
    const struct risk *risk;
};

static bool is_of_risk(const void *context, const struct action *x)
{
    const struct of_risk *wanted = context;
    return x->risk == wanted->risk;
}

static void put_actions(const struct page_request *q, struct tree *page, const struct risk *r)
{
    struct of_risk wanted = {r};
    size_t count = 0;
    const struct action **list = actions_sorted(q->council, q->arena, is_of_risk, &wanted, &count);
    tree_bool(page, "has_actions", count > 0);
    struct tree *table = action_table(page, "actions", "Actions on this risk, late first");
    for (size_t i = 0; i < count; i++) {
        action_row(q, table, list[i]);
    }
}

static void put_savings(const struct page_request *q, struct tree *page, const struct risk *r)
{
    const struct council *c = q->council;
    struct tree *list = tree_list(page, "savings");
    for (size_t i = 0; i < c->saving_count; i++) {
        const struct saving *s = &c->savings[i];
        if (s->risk == r) {
            const char *year = period_id(q->arena, s->year, c->year_start);
            link_put(list, NULL, s->code, s->title, link_with(q, "money", "year", year));
            tree_text(list->last, "year", words_period_short(q->arena, s->year, c->year_start));
        }
    }
    tree_bool(page, "has_savings", list->count > 0);
}

static void put_about(const struct page_request *q, struct tree *page, const struct risk *r)
{
    struct arena *a = q->arena;
    struct tree *facts = tree_list(page, "about");
    fact_put(facts, "Code", r->code, NULL);
    fact_put(facts, "Owner", r->owner == NULL ? "No owner recorded" : r->owner->name, NULL);
    fact_put(facts, "Category", r->category, NULL);
    fact_put(facts, "Response", words_capital(a, r->response), NULL);
    bool overdue = risk_review_overdue(r, q->council->today);
    fact_put(facts, "Reviewed",
             r->reviewed_on == DAY_NONE
                 ? "No review recorded"
                 : arena_printf(a, "%s%s", day_shown(a, r->reviewed_on),
                                overdue ? ": overdue, more than a quarter ago" : ""),
             NULL);
    if (r->aim != NULL) {
        fact_put(facts, "Endangers", r->aim->title, page_href(q, "aims", r->aim->code));
    }
    struct tree *chain = tree_list(page, "chain");
    fact_put(chain, "Cause", r->cause, NULL);
    fact_put(chain, "Event", r->event, NULL);
    fact_put(chain, "Effect", r->effect, NULL);
    tree_bool(page, "has_chain", chain->count > 0);
}

bool view_risk(struct page_request *q, struct tree *page, struct err *e)
{
    const struct risk *r = council_risk(q->council, q->rest);
    if (r == NULL) {
        return err_set(e, ERR_ABSENT, "There is no risk with the code \"%s\".", q->rest);
    }
    page_title(page, r->title);
    edit_links_put(q, page, KIND_RISK, r->code);
    page_crumb(page, "Delivery", page_href(q, "delivery", NULL));
    page_crumb(page, "Risks", page_href(q, "risks", NULL));
    put_about(q, page, r);
    put_scores(q, page, r);
    const struct aim *const *line = NULL;
    size_t count = r->aim == NULL ? 0 : thread_up(q->council, q->arena, r->aim, &line);
    tree_text(page, "line", words_thread(q->arena, line, count));
    put_controls(page, r);
    put_actions(q, page, r);
    put_savings(q, page, r);
    return true;
}
