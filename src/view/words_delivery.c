#include "view/words_delivery.h"

#include <string.h>

enum { SENTENCE_MAX = 1 << 20 };

const char *words_span(struct arena *a, day start, day end)
{
    if (start != DAY_NONE && end != DAY_NONE) {
        return arena_printf(a, "%s to %s", day_shown(a, start), day_shown(a, end));
    }
    if (end != DAY_NONE) {
        return arena_printf(a, "until %s", day_shown(a, end));
    }
    return start == DAY_NONE ? NULL : arena_printf(a, "from %s", day_shown(a, start));
}

const char *words_late(struct arena *a, int days)
{
    return arena_printf(a, "Late by %s %s", dec_shown(a, dec_int(days), 0),
                        days == 1 ? "day" : "days");
}

const char *words_decision(const char *decision)
{
    static const struct {
        const char *code, *word;
    } words[] = {{"proceed", "Proceed"},
                 {"proceed_with_conditions", "Proceed with conditions"},
                 {"pause", "Pause"},
                 {"stop", "Stop"}};
    for (size_t i = 0; decision != NULL && i < COUNT_OF(words); i++) {
        if (strcmp(words[i].code, decision) == 0) {
            return words[i].word;
        }
    }
    return decision;
}

const char *words_capital(struct arena *a, const char *text)
{
    if (text == NULL || text[0] < 'a' || text[0] > 'z') {
        return text;
    }
    char *copy = arena_text(a, text);
    copy[0] = (char)(copy[0] - 'a' + 'A');
    return copy;
}

const char *words_budget_kind(const char *kind)
{
    static const struct {
        const char *code, *word;
    } words[] = {{"revenue", "Revenue"},
                 {"capital", "Capital expenditure"},
                 {"capital_financing", "How capital is paid for"},
                 {"income", "Income"}};
    for (size_t i = 0; kind != NULL && i < COUNT_OF(words); i++) {
        if (strcmp(words[i].code, kind) == 0) {
            return words[i].word;
        }
    }
    return kind;
}

const char *words_signed(struct arena *a, struct dec value, int decimals)
{
    // The sign is of what is shown: 0.004 at two places is 0.00, neither over nor under.
    struct dec rounded = dec_round(value, decimals);
    const char *shown = dec_shown(a, rounded, decimals);
    return rounded.present && dec_sign(rounded) > 0 ? arena_printf(a, "+%s", shown) : shown;
}

// A vision is served; anything else is contributed to.
static bool is_vision(const struct plan *plan)
{
    return plan != NULL &&
           (strcmp(plan->kind, "vision") == 0 || strcmp(plan->kind, "community") == 0);
}

const char *words_thread(struct arena *a, const struct aim *const *line, size_t count)
{
    if (count < 2) {
        return NULL;
    }
    struct buf b = buf_new(a, SENTENCE_MAX);
    buf_printf(&b, "“%s”", line[0]->title);
    for (size_t i = 1; i < count; i++) {
        const struct aim *above = line[i];
        bool within = line[i - 1]->parent == above;
        buf_printf(&b, "%s %s “%s”", i == 1 ? "" : ", which",
                   within                   ? "is part of"
                   : is_vision(above->plan) ? "serves"
                                            : "contributes to",
                   above->title);
        // A plan that has one aim often gives it its own name: said once is enough.
        if (!within && above->plan != NULL && strcmp(above->plan->title, above->title) != 0) {
            buf_printf(&b, " (%s)", above->plan->title);
        }
    }
    buf_char(&b, '.');
    return buf_cstr(&b);
}

const char *words_plan_thread(struct arena *a, const char *subject, const struct plan *const *line,
                              size_t count)
{
    if (count < 2) {
        return NULL;
    }
    struct buf b = buf_new(a, SENTENCE_MAX);
    buf_text(&b, subject);
    for (size_t i = 1; i < count; i++) {
        buf_printf(&b, "%s %s %s", i == 1 ? "" : ", which",
                   is_vision(line[i]) ? "serves" : "contributes to", line[i]->title);
    }
    buf_char(&b, '.');
    return buf_cstr(&b);
}
