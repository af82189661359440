// What the fast readers of figures and targets share: texts and periods met again and again are
// made once.
#ifndef GT_STORE_SERIES_H
#define GT_STORE_SERIES_H

#include "store/statements.h"
#include "store/store.h"

enum { SERIES_PERIODS = 4096 }; // slots; a council of forty years by month uses 500

// A text that is often the same as in the row before.
struct series_last {
    const char *text;
    size_t length;
};

struct series_period {
    const char *id;
    size_t length;
    struct period period;
};

struct series {
    struct arena *arena;
    struct db_statement *statement;
    int year_start;
    struct series_last measure, part, recorded_at, note, by;
    day recorded_on; // of recorded_at
    struct series_period *periods;
};

bool series_start(struct series *s, struct db *db, struct arena *a, enum kind kind,
                  enum store_versions versions, const char *organisation, int year_start,
                  struct err *e) MUST_CHECK;

// A text of the row, the same pointer as the row before where they are equal; NULL for null.
const char *series_text(struct series *s, int column, struct series_last *last);
// A decimal of the row. False when the record holds something else there.
bool series_dec(struct series *s, int column, struct dec *out) MUST_CHECK;
bool series_period(struct series *s, int column, struct period *out) MUST_CHECK;
// The date in `column`, or DAY_NONE.
day series_day(struct series *s, int column);
// `own`, or the day the version was recorded.
day series_known_from(struct series *s, int recorded_at_column, day own);

// The record holds what the import never writes.
bool series_damaged(const struct series *s, const char *what, struct err *e);

#endif
