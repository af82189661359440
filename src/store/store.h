// The record, read: one organisation's things as rows of canonical text, and its figures and
// targets as values, for the snapshot, the export and the checks.
//
// Everything returned lives in the arena given. Equal codes within one call's result are the same
// pointer where said so ("interned").
//
// Versions. Observations, targets, overrides, commentary and rules are never overwritten: a change
// adds the next version and closes the one before. A version is *known from* its own date where the
// file gave one (entered_on, agreed_on, on), else from the day it was recorded. What was known on
// day D of one key is its highest version whose known_from <= D. Rules are keyed by code and
// `from`: each `from` of a code is a row of its own, and a correction supersedes within it.
#ifndef GT_STORE_STORE_H
#define GT_STORE_STORE_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/err.h"
#include "db/db.h"
#include "engine/period.h"
#include "model/columns.h"
#include "model/descriptor.h"
#include "model/words.h"

// Opens the record at `url` and brings its schema up to this program's. A record of an earlier
// release that cannot be written to is refused.
// Every failure is one sentence; ERR_ABSENT when there is no such record.
bool store_open(struct arena *a, const char *url, enum db_mode mode, struct db **out,
                struct err *e) MUST_CHECK;

// The number of the last migration of this program for an engine (db_engine).
int store_schema_newest(struct arena *a, const char *engine);

// ---- organisations ----

struct store_organisation {
    const char *code, *name, *kind; // kind: "council" where the file gave none
    uint64_t revision;              // rises with every transaction that changes this organisation
    const char *changed_at;         // UTC, "2025-10-01T09:30:00Z"
};

// All of them by code.
bool store_organisations(struct db *db, struct arena *a, const struct store_organisation **ret,
                         size_t *ret_count, struct err *e) MUST_CHECK;
// 0 when the organisation does not exist.
bool store_revision(struct db *db, const char *organisation, uint64_t *out,
                    struct err *e) MUST_CHECK;
// How many measures the organisation has.
bool store_measure_count(struct db *db, const char *organisation, uint64_t *out,
                         struct err *e) MUST_CHECK;

// ---- rows of any kind ----

struct store_row {
    const char *const *cells; // by the positions of model/columns.h; NULL: absent ("" never)
    int version;              // 1 for kinds without versions
    bool current;             // not superseded
    day known_from;           // DAY_NONE for kinds without versions
    const char *recorded_at;  // NULL for kinds without versions
    uint64_t event; // of the audit trail that recorded this version; 0: before there was one
};

struct store_rows {
    const struct descriptor *kind;
    const struct store_row *rows; // by key (bytes of each key column), then version
    size_t count;
};

enum store_versions {
    STORE_CURRENT, // only what stands now
    STORE_ALL,     // superseded versions too
};

bool store_rows(struct db *db, struct arena *a, enum kind kind, const char *organisation,
                enum store_versions versions, struct store_rows *out, struct err *e) MUST_CHECK;
// The one row with this key that stands now; `*ret_found` false where there is none.
bool store_row(struct db *db, struct arena *a, enum kind kind, const char *organisation,
               const char *const *cells, struct store_row *out, bool *ret_found,
               struct err *e) MUST_CHECK;
// Up to `limit` of the rows that stand now, by key, behind the key cells of `after` (NULL: from the
// first on; only key cells are looked at). `first` non-NULL: only those whose first key column is
// this.
bool store_rows_page(struct db *db, struct arena *a, enum kind kind, const char *organisation,
                     const char *const *after, const char *first, size_t limit,
                     struct store_rows *out, struct err *e) MUST_CHECK;
// As known on day `at`: one row a key at most.
bool store_rows_at(struct db *db, struct arena *a, enum kind kind, const char *organisation, day at,
                   struct store_rows *out, struct err *e) MUST_CHECK;

// ---- figures and targets, fast ----
//
// Series by series: a series is all versions of what stands for one measure and part, by period id
// (bytes), then version; the series come by measure, then part. Several connections can share the
// measures out among them.

struct store_figure {
    struct period period;
    struct dec value; // of a yes_no measure: 1 or 0
    struct dec numerator, denominator;
    const char *text; // as written where it is not a number ("yes", words); else NULL
    const char *mark; // what stood for a figure ("..", "*", "N/A"); NULL: nothing
    const char *note, *entered_by;
    day known_from;
    int32_t version;
    enum marker marker;
    bool current;
};

struct store_target {
    struct period period;
    struct dec target, lower, upper, amber, green_within, amber_within;
    const char *rationale, *agreed_by;
    day agreed_on; // DAY_NONE where not given
    day known_from;
    int32_t version;
    bool current;
};

struct store_scope {
    const char *organisation;
    int year_start;        // the organisation's, 1..12
    const char *from, *to; // codes of the first and the last measure; NULL: all there are
};

// Takes a series; its rows stand for the call only, texts in the arena for good.
typedef void (*store_take_figures)(void *context, const char *measure, const char *part,
                                   const struct store_figure *rows, size_t count);
typedef void (*store_take_targets)(void *context, const char *measure, const char *part,
                                   const struct store_target *rows, size_t count);
bool store_figures(struct db *db, struct arena *a, const struct store_scope *scope,
                   store_take_figures take, void *context, struct err *e) MUST_CHECK;
bool store_targets(struct db *db, struct arena *a, const struct store_scope *scope,
                   store_take_targets take, void *context, struct err *e) MUST_CHECK;

// The measures that have a current target, by code.
bool store_measures_with_targets(struct db *db, struct arena *a, const char *organisation,
                                 const char *const **ret, size_t *ret_count,
                                 struct err *e) MUST_CHECK;

#endif
