// Any bytes as a formula: "b2[A] / 3" is the formula [A] / 3 with the policies of b and figures
// from seed 2. What is read is written again as the same formula; with figures in place of its
// measures it comes to the same figure; what is refused is refused in a sentence.
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/formula.h"

enum { MEMORY = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

// Small and large figures, whole and not, nought and below, and some that are not there.
static struct formula_given figure_of(uint32_t seed)
{
    static const char *const figures[] = {"0",
                                          "1",
                                          "-1",
                                          "3",
                                          "7",
                                          "0.1",
                                          "1204",
                                          "-0.000001",
                                          "99.95",
                                          "1000003",
                                          "123456789.123456789",
                                          "999999999999999999",
                                          "-999999999999999999",
                                          "0.000000000000000001",
                                          "0.333333333333333333"};
    uint32_t at = seed % (COUNT_OF(figures) + 3);
    struct formula_given g = {.state = FORMULA_KNOWN};
    if (at >= COUNT_OF(figures)) {
        g.state = at == COUNT_OF(figures)       ? FORMULA_MISSING
                  : at == COUNT_OF(figures) + 1 ? FORMULA_SUPPRESSED
                                                : FORMULA_NOT_APPLICABLE;
    } else {
        require(dec_parse(figures[at], strlen(figures[at]), &g.value));
    }
    return g;
}

static void check_value(const struct formula_value *v, const struct formula_policy *policy)
{
    require(v->value.present == (v->state == FORMULA_KNOWN));
    require(v->numerator.present == v->denominator.present);
    require(!v->value.present || v->value.scale <= policy->decimals + FORMULA_SPARE_PLACES);
    require(v->value.units > -1000000000000000000 && v->value.units < 1000000000000000000);
}

static const struct formula *read_again(struct arena *a, const char *text)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    require(formula_read(a, text, strlen(text), &f, &fault));
    return f;
}

// The same formula, from what we write of it.
static void check_written(struct arena *a, const struct formula *f)
{
    struct buf once = buf_new(a, MEMORY), twice = buf_new(a, MEMORY), shown = buf_new(a, MEMORY);
    formula_write(&once, f, NULL, FORMULA_PLAIN);
    formula_write(&shown, f, NULL, FORMULA_SHOWN);
    if (once.length <= FORMULA_TEXT_MAX) {
        formula_write(&twice, read_again(a, buf_cstr(&once)), NULL, FORMULA_PLAIN);
        require(strcmp(buf_cstr(&once), buf_cstr(&twice)) == 0);
    }
}

// The figures alone, in place of the measures, come to the same.
static void check_alone(struct arena *a, const struct formula *f,
                        const struct formula_policy *policy, const struct formula_given *given,
                        const struct formula_value *v)
{
    const char **texts = ARENA_ARRAY(a, f->part_count, const char *);
    for (size_t i = 0; i < f->part_count; i++) {
        if (given[i].state != FORMULA_KNOWN) {
            return;
        }
        texts[i] = dec_text(a, given[i].value);
    }
    struct buf b = buf_new(a, MEMORY);
    formula_write(&b, f, texts, FORMULA_PLAIN);
    // A figure below nought is one sign deeper than the measure it stands for.
    const struct formula *alone = NULL;
    struct formula_fault fault;
    if (!formula_read(a, buf_cstr(&b), b.length, &alone, &fault)) {
        require(fault.wrong == FORMULA_TOO_LONG || fault.wrong == FORMULA_TOO_DEEP ||
                fault.wrong == FORMULA_TOO_MANY_NODES);
        return;
    }
    struct formula_value again = formula_evaluate(alone, policy, NULL, NULL);
    require(again.state == v->state && dec_equal(again.value, v->value));
}

static void check_formula(struct arena *a, const char *text, size_t length, unsigned how,
                          uint32_t seed)
{
    struct formula_policy policy = {.missing = (enum formula_missing)(how % 3),
                                    .zero = (enum formula_zero)(how / 3 % 2),
                                    .decimals = (int)(how / 6 % 7),
                                    .multiplier = how % 2 == 0 ? 100 : 1};
    const struct formula *f = NULL;
    struct formula_fault fault;
    if (!formula_read(a, text, length, &f, &fault)) {
        const char *why = formula_refusal(a, &fault);
        require(fault.wrong != FORMULA_FINE && fault.at >= 1 && fault.at <= length + 1);
        require(!utf8_valid(text, length, NULL) || utf8_valid(why, strlen(why), NULL));
        return;
    }
    require(f->node_count <= FORMULA_NODES_MAX && f->part_count <= FORMULA_PARTS_MAX);
    struct formula_given *given = ARENA_ARRAY(a, f->part_count, struct formula_given);
    enum formula_use *uses = ARENA_ARRAY(a, f->part_count, enum formula_use);
    for (size_t i = 0; i < f->part_count; i++) {
        given[i] = figure_of(seed * 31 + (uint32_t)i * 7);
    }
    struct formula_value v = formula_evaluate(f, &policy, given, uses);
    check_value(&v, &policy);
    check_written(a, f);
    check_alone(a, f, &policy, given, &v);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    if (length >= 2) {
        check_formula(a, (const char *)bytes + 2, length - 2, bytes[0], bytes[1]);
    }
    arena_free(a);
    return 0;
}
