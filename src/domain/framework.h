// What must hold of a whole record, whatever single rows say: no loops, no date outside its plan,
// no target that nothing judges, no formula that cannot be worked out, no saving that does not add
// up. An import that would break one of these is refused.
#ifndef GT_DOMAIN_FRAMEWORK_H
#define GT_DOMAIN_FRAMEWORK_H

#include "base/grow.h"
#include "store/store.h"

struct framework_fault {
    const char *rule;  // "loop", "dates", "target_without_rule", "saving_sum", "formula"
    enum kind kind;    // the row at fault:
    const char *key;   // its first key cell
    const char *key_2; // its second, where that is needed to find it; else NULL
    int column;        // the cell at fault
    const char *found; // what stands there
    const char *why;   // the rest of the sentence, with the remedy
};

struct framework {
    struct db *db;
    struct arena *arena;
    const char *organisation;
    struct err *err;
    struct grow faults; // struct framework_fault
    struct store_rows rows[KIND_COUNT];
    bool loaded[KIND_COUNT];
};

struct framework framework_of(struct db *db, struct arena *a, const char *organisation,
                              struct err *e);

// Looks at every rule that one of the `touched` kinds can break. False when the record could not be
// read.
bool framework_look(struct framework *f, const bool touched[KIND_COUNT]) MUST_CHECK;

// The current rows of a kind, read once. NULL when they cannot be (f->err).
const struct store_rows *framework_rows(struct framework *f, enum kind kind);
// The row with this code in its first column; NULL when there is none.
const struct store_row *framework_row(struct framework *f, enum kind kind, const char *code);
void framework_fault(struct framework *f, struct framework_fault fault);

// framework_loops.c
bool framework_loops(struct framework *f, const bool touched[KIND_COUNT]) MUST_CHECK;

// framework_formulas.c: formulas that cannot be worked out, or would stand over figures that were
// entered.
bool framework_formulas(struct framework *f, const bool touched[KIND_COUNT]) MUST_CHECK;

#endif
