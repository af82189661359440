// Inside access: what the record says of the things that decide who may write a row, read when it
// is first asked for, inside the transaction that writes. A row that was allowed counts from then
// on as it will stand, so that a change may build on one before it.
#ifndef GT_DOMAIN_ACCESS_FACTS_H
#define GT_DOMAIN_ACCESS_FACTS_H

#include "base/err.h"
#include "domain/text_table.h"
#include "model/descriptor.h"

struct db;

struct facts {
    struct db *db;
    struct arena *arena;
    const char *organisation;
    struct text_table codes[KIND_COUNT];
    struct grow rows[KIND_COUNT]; // const char *const *: cells by number of the code; NULL: none
    struct text_table measures;   // whose boards were asked for
    struct grow boards;           // struct facts_boards, by number
    bool failed;                  // the record could not be read: nothing may be allowed
};

struct facts_boards {
    const char *const *codes;
    size_t count;
};

void facts_start(struct facts *f, struct db *db, struct arena *a, const char *organisation);
// The cells of a row whose code is its key, by the positions of model/columns.h; NULL: none.
const char *const *facts_row(struct facts *f, enum kind kind, const char *code);
// A cell of it; NULL where it, or the row, is absent. NULL code: NULL.
const char *facts_cell(struct facts *f, enum kind kind, const char *code, int column);
// The row will stand so from now on.
void facts_allowed(struct facts *f, enum kind kind, const char *const *cells);
// Whether the unit is `top` or below it.
bool facts_unit_under(struct facts *f, const char *unit, const char *top);
// Whether an aim of a plan of the board has the measure.
bool facts_measure_on_board(struct facts *f, const char *measure, const char *board);

#endif
