#include "domain/formula_book.h"

#include <string.h>

#include "domain/code_index.h"
#include "domain/formula_order.h"
#include "model/nearest.h"

enum { LOOP_MAX = 4096, NEAREST_TOLD = 50 };

struct making {
    struct formula_book *book;
    struct arena *arena;
    struct code_index *by_code;
    struct formula_entry *entries;
    size_t nearest_told; // looking for the nearest of many codes is slow: not for ever
};

static void flaw(struct making *x, size_t measure, const char *why)
{
    *(struct formula_flaw *)grow_add(&x->book->flaws) =
        (struct formula_flaw){(uint32_t)measure, why};
}

static bool is_regular(enum period_kind kind)
{
    return kind == PERIOD_MONTH || kind == PERIOD_QUARTER || kind == PERIOD_HALF ||
           kind == PERIOD_YEAR || kind == PERIOD_ACADEMIC_YEAR;
}

// ---- the measure that is worked out ----

static const char *unfit_measure(struct making *x, const struct formula_facts *m,
                                 const struct formula *f)
{
    struct arena *a = x->arena;
    if (m->value_type == VALUE_TEXT || m->value_type == VALUE_YES_NO) {
        return arena_printf(a,
                            "comes to a number, but figures of this measure are %s: give it "
                            "another value_type, or no formula",
                            m->value_type == VALUE_TEXT ? "text" : "yes_no");
    }
    if (!is_regular(m->frequency)) {
        return arena_printf(a,
                            "is worked out period by period, but the frequency is %s: make it "
                            "month, quarter, half, year or academic_year",
                            m->frequency_text == NULL ? "not given" : m->frequency_text);
    }
    if (f->part_count == 0) {
        return "names no measure, so it would be the same for ever: write how it is worked out "
               "from others, such as [A] / [B] * 100";
    }
    return NULL;
}

// ---- the measures it names ----

static const char *unknown(struct making *x, const struct formula_part *part)
{
    const char *near = NULL;
    if (x->nearest_told++ < NEAREST_TOLD) {
        struct nearest n = nearest_start(part->code);
        for (size_t i = 0; i < x->book->count; i++) {
            nearest_offer(&n, x->book->facts[i].code);
        }
        near = nearest_found(&n);
    }
    return near == NULL ? arena_printf(x->arena,
                                       "cannot be worked out at character %u: [%s] is not the "
                                       "code of a measure; mend it, or add it to measures.csv",
                                       part->at, part->code)
                        : arena_printf(x->arena,
                                       "cannot be worked out at character %u: [%s] is not the "
                                       "code of a measure; the nearest is [%s]: mend it, or add "
                                       "it to measures.csv",
                                       part->at, part->code, near);
}

static const char *unfit_part(struct making *x, const struct formula_part *part,
                              const struct formula_facts *of)
{
    if (of->value_type == VALUE_TEXT) {
        return arena_printf(x->arena,
                            "cannot be worked out at character %u: figures of [%s] are words; take "
                            "a measure that is a number",
                            part->at, part->code);
    }
    if (!part->to_date || of->cumulative) {
        return NULL;
    }
    if (!is_regular(of->frequency) || of->frequency == PERIOD_ACADEMIC_YEAR) {
        return arena_printf(x->arena,
                            "cannot be worked out at character %u: ytd adds up months, quarters or "
                            "halves of the financial year, and the frequency of [%s] is %s; take "
                            "ytd out",
                            part->at, part->code, of->frequency_text);
    }
    if (of->aggregation == AGGREGATE_NONE) {
        return arena_printf(x->arena,
                            "cannot be worked out at character %u: ytd has no way to put figures "
                            "of [%s] together; give that measure an aggregation, or take ytd out",
                            part->at, part->code);
    }
    return NULL;
}

// The measures of the formula's parts; NULL when one will not do, which is told.
static const uint32_t *find_parts(struct making *x, size_t measure, const struct formula *f)
{
    uint32_t *parts = ARENA_ARRAY(x->arena, f->part_count, uint32_t);
    bool good = true;
    for (size_t i = 0; i < f->part_count; i++) {
        size_t at = code_index_get(x->by_code, f->parts[i].code);
        const char *why = at == SIZE_MAX ? unknown(x, &f->parts[i])
                                         : unfit_part(x, &f->parts[i], &x->book->facts[at]);
        if (why != NULL) {
            flaw(x, measure, why);
            good = false;
        } else {
            parts[i] = (uint32_t)at;
        }
    }
    return good ? parts : NULL;
}

static void read_one(struct making *x, size_t measure)
{
    const struct formula_facts *m = &x->book->facts[measure];
    const struct formula *f = NULL;
    struct formula_fault fault;
    if (!formula_read(x->arena, m->formula, strlen(m->formula), &f, &fault)) {
        flaw(x, measure, formula_refusal(x->arena, &fault));
        return;
    }
    const char *why = unfit_measure(x, m, f);
    if (why != NULL) {
        flaw(x, measure, why);
        return;
    }
    const uint32_t *parts = find_parts(x, measure, f);
    if (parts != NULL) {
        x->entries[measure] = (struct formula_entry){f, parts};
    }
}

// ---- in order ----

// "A needs B, B needs C, C needs A".
static const char *loop_text(struct making *x, const struct formula_loop *loop)
{
    struct buf b = buf_new(x->arena, LOOP_MAX);
    for (size_t i = 0; i < loop->count; i++) {
        uint32_t needed = loop->nodes[i + 1 == loop->count ? 0 : i + 1];
        buf_printf(&b, "%s%s needs %s", i == 0 ? "" : ", ", x->book->facts[loop->nodes[i]].code,
                   x->book->facts[needed].code);
    }
    return arena_printf(x->arena, "goes round in a loop (%s%s): take one of them out of a formula",
                        buf_cstr(&b), b.full ? " ..." : "");
}

static void put_in_order(struct making *x)
{
    size_t count = x->book->count;
    struct formula_needs *needs = ARENA_ARRAY(x->arena, count, struct formula_needs);
    uint32_t *all = ARENA_ARRAY(x->arena, count, uint32_t);
    uint32_t *order = ARENA_ARRAY(x->arena, count, uint32_t);
    for (size_t i = 0; i < count; i++) {
        const struct formula_entry *e = &x->entries[i];
        if (e->formula != NULL) {
            needs[i] = (struct formula_needs){e->parts, e->formula->part_count};
        }
    }
    struct grow loops = grow_new(x->arena, sizeof(struct formula_loop));
    size_t found = formula_order(x->arena, needs, count, all, &loops);
    for (size_t i = 0; i < loops.count; i++) {
        const struct formula_loop *loop = &((const struct formula_loop *)loops.items)[i];
        flaw(x, loop->nodes[0], loop_text(x, loop));
    }
    size_t kept = 0;
    for (size_t i = 0; i < found; i++) {
        if (x->entries[all[i]].formula != NULL) {
            order[kept++] = all[i];
        }
    }
    x->book->order = order;
    x->book->order_count = kept;
}

struct formula_book formula_book_of(struct arena *a, const struct formula_facts *facts,
                                    size_t count)
{
    struct formula_book book = {
        .facts = facts, .count = count, .flaws = grow_new(a, sizeof(struct formula_flaw))};
    struct making x = {.book = &book,
                       .arena = a,
                       .by_code = code_index_new(a, count),
                       .entries = ARENA_ARRAY(a, count, struct formula_entry)};
    book.entries = x.entries;
    for (size_t i = 0; i < count; i++) {
        code_index_put(x.by_code, facts[i].code, i);
    }
    for (size_t i = 0; i < count; i++) {
        if (facts[i].formula != NULL) {
            read_one(&x, i);
        }
    }
    put_in_order(&x);
    return book;
}
