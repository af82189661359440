// Every version of the rows of a kind, or of those that share a first key cell (a measure, a rule),
// one after the other by key and version: what an import compares its rows with, and what the audit
// trail is held against, without loading the record.
#ifndef GT_STORE_VERSIONS_H
#define GT_STORE_VERSIONS_H

#include "base/csv.h"
#include "store/store.h"

struct store_versions_reader {
    struct db_statement *statement;
    const struct descriptor *kind;
    struct slice cells[COLUMNS_MAX]; // of the row just read; valid until the next
    int version;
    bool current;
    uint64_t event; // of the audit trail; 0: recorded before there was one
};

// `first` must live until store_versions_end.
bool store_versions_start(struct store_versions_reader *r, struct db *db, enum kind kind,
                          const char *organisation, struct slice first, struct err *e) MUST_CHECK;
// Of one row: the key among `cells`, in the descriptor's order; they must live as long.
bool store_versions_start_key(struct store_versions_reader *r, struct db *db, enum kind kind,
                              const char *organisation, const struct slice *cells,
                              struct err *e) MUST_CHECK;
bool store_versions_start_all(struct store_versions_reader *r, struct db *db, enum kind kind,
                              const char *organisation, struct err *e) MUST_CHECK;
enum db_step store_versions_next(struct store_versions_reader *r, struct err *e) MUST_CHECK;
// Of the row just read: when it was recorded, and superseded (NULL: it stands).
const char *store_versions_recorded_at(const struct store_versions_reader *r);
const char *store_versions_superseded_at(const struct store_versions_reader *r);
void store_versions_end(struct store_versions_reader *r);

#endif
