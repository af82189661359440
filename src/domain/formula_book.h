// The formulas of a council: read, their measures found, put in order; and what is wrong with those
// that cannot be worked out. Import asks it of the rows of the record, the snapshot of its
// measures, so the two refuse and work out the same.
#ifndef GT_DOMAIN_FORMULA_BOOK_H
#define GT_DOMAIN_FORMULA_BOOK_H

#include "base/grow.h"
#include "engine/aggregate.h"
#include "engine/formula.h"
#include "engine/status.h"
#include "model/words.h"

// What a formula must know of a measure, its own or another's.
struct formula_facts {
    const char *code;
    const char *formula; // NULL: none
    const char *frequency_text;
    enum period_kind frequency;
    enum value_type value_type;
    enum aggregation aggregation;
    bool cumulative;
};

struct formula_entry {
    const struct formula *formula; // NULL: there is none, or it cannot be worked out
    const uint32_t *parts;         // position of the measure of each part of the formula
};

struct formula_flaw {
    uint32_t measure;
    const char *why; // continues a sentence that began with the formula; without its stop
};

struct formula_book {
    const struct formula_facts *facts;
    size_t count;
    const struct formula_entry *entries; // one for each measure
    const uint32_t *order;               // measures that can be worked out, each after its parts
    size_t order_count;
    struct grow flaws; // struct formula_flaw
};

struct formula_book formula_book_of(struct arena *a, const struct formula_facts *facts,
                                    size_t count);

#endif
