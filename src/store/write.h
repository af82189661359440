// The record, written: what an import or a form has checked and decided. All calls are made inside
// db_begin ... db_commit; the time is UTC text ("2025-10-01T09:30:00Z") given by the top.
#ifndef GT_STORE_WRITE_H
#define GT_STORE_WRITE_H

#include "store/store.h"

// New rows of one kind, quickest in key order. `cells` of a row stand in the descriptor's order;
// text NULL is absent (a key column becomes ''). They must live until store_add_close.
struct store_add;
bool store_add_open(struct db *db, struct arena *a, enum kind kind, const char *organisation,
                    const char *recorded_at, struct store_add **out, struct err *e) MUST_CHECK;
// `version` counts from 1 and `event` is that of the audit trail which records it; both without
// meaning for kinds without versions.
bool store_add_row(struct store_add *w, const struct db_cell *cells, int version, uint64_t event,
                   struct err *e) MUST_CHECK;
bool store_add_close(struct store_add *w, struct err *e) MUST_CHECK;

// A row of a kind without versions gets new cells; its key stays.
bool store_update_row(struct db *db, enum kind kind, const char *organisation,
                      const struct db_cell *cells, struct err *e) MUST_CHECK;

// A row of a kind without versions goes; its event in the audit trail keeps what it said.
bool store_remove_row(struct db *db, enum kind kind, const char *organisation,
                      const char *const *cells, struct err *e) MUST_CHECK;

// Closes the version of this key that stands now; the next one is added with store_add_row.
bool store_supersede(struct db *db, enum kind kind, const char *organisation,
                     const struct db_cell *cells, int version, const char *at,
                     struct err *e) MUST_CHECK;

// The organisation has changed: `what` says by which command, in a few words.
bool store_revise(struct db *db, const char *organisation, const char *at, const char *what,
                  struct err *e) MUST_CHECK;

#endif
