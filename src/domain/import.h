// Import: a council's folder, or single files, into the record. All or nothing.
//
// Everything happens in one transaction. When a single cell is refused nothing is kept, and the
// report names each refusal with file, row, column, what stood there, and what would do. A dry run
// does all of it and keeps nothing.
//
// What an import does: it adds rows and changes rows; rows that a file does not mention are left
// alone, and so are columns that a file does not have. A changed figure, target, override,
// commentary or rule is a new version; the one before stays in the record, and the new version is
// what the file says and nothing else. A cell that was there and is blank in the file is emptied.
//
// Each row is written only if `who` may, and leaves its event in the audit trail (domain/trail.h)
// in the same transaction.
#ifndef GT_DOMAIN_IMPORT_H
#define GT_DOMAIN_IMPORT_H

#include "base/date.h"
#include "base/err.h"
#include "domain/import_mapping.h"
#include "domain/who.h"

struct db;

struct import_file {
    const char *path; // as given
    const char *name; // for messages: "measures.csv"
    size_t rows;      // read
    size_t created, updated, unchanged;
    size_t refused;  // rows; 1 for a file refused as a whole
    size_t left_out; // by the mapping's `where`
};

struct import_refusal {
    const char *file;   // "observations.csv"
    size_t row;         // as a spreadsheet numbers them; 0: the file as a whole
    const char *column; // NULL: the row as a whole
    const char *found;  // what stood there; NULL or "" where nothing did
    const char *why;    // the rest of the sentence, with the remedy
};

enum { IMPORT_REFUSALS_LISTED = 200, IMPORT_REFUSALS_MAX = 10000 };

struct import_report {
    const char *organisation; // NULL when it could not be told
    const struct import_file *files;
    size_t file_count;
    const struct import_refusal *refusals; // the first IMPORT_REFUSALS_LISTED
    size_t listed;
    size_t refused;                   // all of them; reading stops at IMPORT_REFUSALS_MAX
    bool changed;                     // the record is (in a dry run: would be) different now
    uint64_t first_event, last_event; // in the audit trail; 0 where nothing changed
};

struct import_options {
    const char *organisation;             // NULL: as organisation.csv or the record says
    const struct import_mapping *mapping; // NULL: the council folder's own columns
    bool dry_run;
    const char *now;       // "2025-10-01T09:30:00Z": when versions are recorded
    const struct who *who; // NULL: the person at the machine, without a name
    const char *what;      // of the revision; set by import_paths and door_apply
    // Called now and then with how much of the work is done (0..1000); NULL: not.
    void (*progress)(void *context, const char *doing, int per_mille);
    void *progress_context;
};

// False when the run itself failed (no such path, the record cannot be written, no organisation can
// be told): `e` says why. True with `refused` > 0 when the input is at fault. Either way the record
// is then as it was before.
bool import_paths(struct db *db, struct arena *a, const char *const *paths, size_t count,
                  const struct import_options *options, struct import_report *out,
                  struct err *e) MUST_CHECK;

// The same in the transaction that is already open (a connection_work's), for `options->who`:
// whoever opened it keeps it only where this gives true, nothing is refused and it is no dry run.
bool import_paths_within(struct db *db, struct arena *a, const char *const *paths, size_t count,
                         const struct import_options *options, struct import_report *out,
                         struct err *e) MUST_CHECK;

// The refusal as one sentence: `observations.csv, row 7, column value: "12,3" is not a figure: ...`
const char *import_refusal_text(struct arena *a, const struct import_refusal *r);

#endif
