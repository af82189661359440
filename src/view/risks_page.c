// The page of the register: what the scores mean, the risks, the matrix, and what stands beside it.

#include "view/links.h"
#include "view/risks.h"
#include "view/words.h"

static void put_bands(struct page_request *q, struct tree *page, struct risk_scale scale)
{
    struct tree *list = tree_list(page, "bands");
    for (enum risk_band band = RISK_SEVERE; band >= RISK_LOW; band--) {
        int from = risk_band_from(scale, band);
        int to = band == RISK_SEVERE ? scale.top : risk_band_from(scale, band + 1) - 1;
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "band", risk_band_code(band));
        tree_text(item, "word", risk_band_word(band));
        tree_text(item, "range",
                  from == 0    ? arena_printf(q->arena, "%d or less", to)
                  : from == to ? arena_printf(q->arena, "%d", to)
                               : arena_printf(q->arena, "%d to %d", from, to));
    }
}

static void put_definitions(struct tree *page)
{
    struct tree *list = tree_list(page, "definitions");
    fact_put(list, "Initial score", "Before any control.", NULL);
    fact_put(list, "Residual score", "Now, with the controls that are in place.", NULL);
    fact_put(list, "Target score", "Once the planned actions are done; what the council accepts.",
             NULL);
}

static const char *lead(const struct page_request *q)
{
    struct risk_counts n = risks_count(q->council);
    struct arena *a = q->arena;
    if (n.total == 0) {
        return NULL;
    }
    const char *risks = words_count(a, n.total, "risk", "risks");
    const char *review = n.overdue == 0
                             ? "All were reviewed in the last quarter."
                             : arena_printf(a, "The review of %d is overdue.", n.overdue);
    if (n.with_target == 0) {
        return arena_printf(a, "%s, %d of them severe. No risk has a target score yet. %s", risks,
                            n.severe, review);
    }
    return arena_printf(
        a, "%s, %d of them severe. %d of the %d with a target score %s above it. %s", risks,
        n.severe, n.above_target, n.with_target, n.above_target == 1 ? "is" : "are", review);
}

static bool is_placed(const struct risk *r)
{
    return r->residual_likelihood > 0 && r->residual_impact > 0 &&
           r->residual_likelihood <= RISK_SIDE_MAX && r->residual_impact <= RISK_SIDE_MAX;
}

static void put_cell(const struct page_request *q, struct tree *row, struct tree *cells,
                     struct risk_scale scale, int likelihood, int impact,
                     const struct risk *const *risks)
{
    enum risk_band band = risk_band_of(scale, likelihood * impact);
    struct tree *cell = tree_map(cells, NULL);
    tree_int(cell, "score", likelihood * impact);
    tree_text(cell, "band", risk_band_code(band));
    tree_text(cell, "word", risk_band_word(band));
    struct tree *here = tree_list(cell, "risks");
    struct buf codes = buf_new(q->arena, 1 << 20);
    for (size_t i = 0; i < q->council->risk_count; i++) {
        const struct risk *r = risks[i];
        if (r->residual_likelihood == likelihood && r->residual_impact == impact) {
            link_risk(q, here, NULL, r);
            buf_text(&codes, codes.length == 0 ? "" : ";");
            buf_text(&codes, r->code);
        }
    }
    tree_text(row, arena_printf(q->arena, "impact_%d", impact),
              codes.length == 0 ? NULL : buf_cstr(&codes));
}

static void put_matrix(const struct page_request *q, struct tree *page, struct risk_scale scale,
                       const struct risk *const *risks, size_t placed)
{
    struct tree *matrix = tree_map(page, "matrix");
    tree_bool(matrix, "shown", placed > 0);
    if (placed == 0) {
        return;
    }
    int side = scale.side > RISK_SIDE_MAX ? RISK_SIDE_MAX : scale.side;
    tree_int(matrix, "side", side);
    struct tree *impacts = tree_list(matrix, "impacts");
    struct tree *table = tree_table(matrix, "table", "risk-matrix",
                                    "Matrix of residual scores: likelihood by impact");
    tree_column(table, "likelihood", "Likelihood", true);
    for (int impact = 1; impact <= side; impact++) {
        const char *words = arena_printf(q->arena, "Impact %d", impact);
        tree_column(table, arena_printf(q->arena, "impact_%d", impact), words, false);
        tree_text(tree_map(impacts, NULL), "words", words);
    }
    for (int likelihood = side; likelihood >= 1; likelihood--) {
        struct tree *row = tree_row(table);
        tree_int(row, "likelihood", likelihood);
        tree_text(row, "words", arena_printf(q->arena, "Likelihood %d", likelihood));
        struct tree *cells = tree_list(row, "cells");
        for (int impact = 1; impact <= side; impact++) {
            put_cell(q, row, cells, scale, likelihood, impact, risks);
        }
    }
}

static size_t put_unplaced(const struct page_request *q, struct tree *page, struct risk_scale scale,
                           const struct risk *const *risks)
{
    struct tree *list = tree_list(page, "unplaced");
    for (size_t i = 0; i < q->council->risk_count; i++) {
        const struct risk *r = risks[i];
        if (is_placed(r)) {
            continue;
        }
        link_risk(q, list, NULL, r);
        int score = risk_residual(r);
        tree_number(list->last, "score", score < 0 ? DEC_NONE : dec_int(score), 0);
        tree_text(list->last, "band", risk_band_code(risk_band_of(scale, score)));
        tree_text(list->last, "band_word", risk_band_word(risk_band_of(scale, score)));
    }
    tree_bool(page, "has_unplaced", list->count > 0);
    tree_text(page, "unplaced_words",
              list->count == 0
                  ? NULL
                  : words_count(q->arena, (int)list->count, "risk has a", "risks have a"));
    return list->count;
}

bool view_risks(struct page_request *q, struct tree *page, struct err *e)
{
    (void)e;
    const struct council *c = q->council;
    struct risk_scale scale = risk_scale_of(c);
    const struct risk *const *risks = risks_sorted(c, q->arena);
    page_title(page, "Risks");
    page_crumb(page, "Delivery", page_href(q, "delivery", NULL));
    tree_text(page, "lead", lead(q));
    tree_text(page, "as_at", day_shown(q->arena, c->today));
    tree_bool(page, "empty", c->risk_count == 0);
    put_bands(q, page, scale);
    put_definitions(page);
    struct tree *table =
        risk_table(c, page, "table", "Risk register, highest residual score first");
    for (size_t i = 0; i < c->risk_count; i++) {
        risk_row(q, table, scale, risks[i]);
    }
    size_t beside = put_unplaced(q, page, scale, risks);
    put_matrix(q, page, scale, risks, c->risk_count - beside);
    return true;
}
