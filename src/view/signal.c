#include "view/signal.h"

#include <string.h>

#include "domain/few_cases.h"
#include "view/words.h"
#include "view/words_limits.h"

// ---- what asks for a look ----

enum look look_of(struct page_request *q, const struct reading *r)
{
    const struct limits *l = limits_of(q->arena, q->council, r);
    if (variation_is_concern(l->variation)) {
        return LOOK_WORSENING;
    }
    // What really improves and is on target has left its old self behind.
    bool better = variation_is_improvement(l->variation) && r->status == STATUS_ON_TARGET;
    if (l->assurance == ASSURANCE_FAIL && !better) {
        return LOOK_FAILING;
    }
    if (r->status == STATUS_OFF_TARGET) {
        bool chance =
            l->variation == VARIATION_COMMON_CAUSE && l->assurance == ASSURANCE_INCONSISTENT;
        return chance ? LOOK_OFF_BY_CHANCE : few_cases_off(r) ? LOOK_OFF_FEW : LOOK_OFF;
    }
    bool worse = r->short_travel.travel == TRAVEL_WORSE;
    return r->status == STATUS_SLIGHTLY_OFF && worse ? LOOK_SLIGHTLY : LOOK_NONE;
}

int look_compare(enum look x, enum look y)
{
    static const int places[] = {
        [LOOK_WORSENING] = 0, [LOOK_FAILING] = 1,  [LOOK_OFF_BY_CHANCE] = 2, [LOOK_OFF_FEW] = 2,
        [LOOK_OFF] = 2,       [LOOK_SLIGHTLY] = 3, [LOOK_NONE] = 4,
    };
    return places[x] - places[y];
}

bool look_is_asked(const struct page_request *q)
{
    const char *sort = page_query(q, "sort");
    return sort != NULL && strcmp(sort, "look") == 0;
}

// ---- beside a status ----

void part_signal_said(struct tree *parent, const char *key, const char *code, const char *word,
                      const char *period)
{
    if (word == NULL) {
        tree_null(parent, key);
        return;
    }
    struct tree *map = tree_map(parent, key);
    struct tree *icon = tree_chart(map, "icon");
    tree_text(icon, "kind", "signal");
    tree_text(icon, "code", code);
    tree_text(map, "word", word);
    tree_text(map, "period", period);
}

static const char *code_or_null(const char *code)
{
    return code[0] == '\0' ? NULL : code;
}

void part_signal(struct page_request *q, struct tree *row, const struct reading *r)
{
    const struct limits *l = limits_of(q->arena, q->council, r);
    const char *period = NULL;
    if (l->why == LIMITS_SAID) {
        // A quarter made of months is told by its last; only an older figure is named.
        struct period latest = r->series->results[l->latest].period;
        bool older = latest.end < r->period.end;
        period = older ? words_period_short(q->arena, latest, q->council->year_start) : NULL;
    }
    const char *variation = code_or_null(variation_code(l->variation));
    const char *assurance = code_or_null(assurance_code(l->assurance));
    tree_text(row, "variation", variation);
    tree_text(row, "assurance", assurance);
    enum look look = look_of(q, r);
    // The status says already that it is off target.
    bool told = look_is_asked(q) && look != LOOK_OFF;
    tree_text(row, "look", words_look(look));
    tree_text(row, "look_said", told ? words_look(look) : NULL);
    part_signal_said(row, "variation_said", variation, words_variation(l->variation), period);
    part_signal_said(row, "assurance_said", assurance, words_assurance(l->assurance), NULL);
    tree_bool(row, "any_signal", variation != NULL || assurance != NULL);
}

void part_signal_columns(struct tree *table)
{
    tree_column(table, "variation", "Change or chance", false);
    tree_column(table, "assurance", "Can the target be met", false);
    tree_column(table, "look", "Why it needs a look", false);
}

// ---- the legend ----

static void put_entry(struct tree *list, const char *code, const char *word, const char *meaning)
{
    struct tree *item = tree_map(list, NULL);
    struct tree *icon = tree_chart(item, "icon");
    tree_text(icon, "kind", "signal");
    tree_text(icon, "code", code);
    tree_text(item, "word", word);
    tree_text(item, "meaning", meaning);
}

void part_signal_legend(struct page_request *q, struct tree *parent, const struct scope *s)
{
    const struct reading *all = page_readings(q);
    bool variations[VARIATION_COUNT] = {false}, assurances[ASSURANCE_COUNT] = {false};
    for (size_t i = 0; i < s->count; i++) {
        const struct limits *l = limits_of(q->arena, q->council, &all[s->measures[i]->index]);
        variations[l->variation] = true;
        assurances[l->assurance] = true;
    }
    struct tree *list = tree_list(parent, "signals");
    for (int v = VARIATION_NONE + 1; v < VARIATION_COUNT; v++) {
        if (variations[v]) {
            put_entry(list, variation_code((enum variation)v), words_variation((enum variation)v),
                      words_variation_meaning((enum variation)v));
        }
    }
    for (int a = ASSURANCE_NONE + 1; a < ASSURANCE_COUNT; a++) {
        if (assurances[a]) {
            put_entry(list, assurance_code((enum assurance)a), words_assurance((enum assurance)a),
                      words_assurance_meaning((enum assurance)a));
        }
    }
    tree_bool(parent, "signals_any", list->count > 0);
}
