// What the fast readers of figures and targets share: rows taken together by series, and texts,
// dates and periods that are met again and again made once.
#ifndef GT_STORE_SERIES_H
#define GT_STORE_SERIES_H

#include "store/statements.h"
#include "store/store.h"

enum { SERIES_PERIODS = 4096 }; // slots; a council of forty years by month uses 500

// A cell that is often the same as in the row before.
struct series_last {
    const char *text;
    size_t length;
    day date; // where it is read as one
};

struct series_period {
    const char *id;
    size_t length;
    struct period period;
    struct series_period *after; // what followed it last time: most series run alike
};

struct series;
struct series_kind {
    enum kind kind;
    const char *what; // in a message: "figure"
    size_t row;       // bytes of the struct a row becomes
    int columns;      // of the descriptor; the version's own stand behind them
    // Makes a row of the cells at hand; false: the import never writes such.
    bool (*read)(struct series *s, const struct db_value *cells, void *row);
    // Hands a whole series over.
    void (*take)(const struct series *s, const void *rows, size_t count);
};

struct series {
    const struct series_kind *kind;
    struct arena *arena;
    struct err *err;
    int year_start;
    const char *measure, *part; // of the series at hand
    size_t measure_length, part_length;
    struct series_last recorded_at, own_date, note, by;
    struct series_period *periods, *last_period;
    char *rows; // of the series at hand
    size_t count, room;
    bool out_of_memory;
    // What the caller gave: one of the two, and for whom.
    store_take_figures take_figures;
    store_take_targets take_targets;
    void *context;
};

// `s` holds kind, taker and context; the rest is filled here.
bool series_scan(struct series *s, struct db *db, struct arena *a, const struct store_scope *scope,
                 struct err *e) MUST_CHECK;

// ---- for reading a row ----

// A text, the same pointer as the row before where they are equal; NULL for null.
const char *series_text(struct series *s, const struct db_value *cell, struct series_last *last);
// A decimal. False when the record holds something else there.
bool series_dec(const struct db_value *cell, struct dec *out) MUST_CHECK;
bool series_period(struct series *s, const struct db_value *id, struct period *out) MUST_CHECK;
// The date in a cell, or DAY_NONE.
day series_day(struct series *s, const struct db_value *cell);

struct series_version {
    int32_t number;
    bool current;
    day known_from; // `own`, or the day the version was recorded
};
struct series_version series_version(struct series *s, const struct db_value *cells, day own);

#endif
