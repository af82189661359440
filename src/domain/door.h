// The one door through which everything in the record is changed: authorise -> validate -> write ->
// audit event, in one transaction. Import, forms and the API all come through it, and a row is
// checked by the same code whichever way it came.
//
// A change tells some fields of one row. What stands there now is read inside the transaction; the
// fields told are laid over it; the row that results is checked as a row of a file is (each cell by
// its descriptor, what must hold between its cells, references, and what must hold of the whole
// record: domain/framework.h), and written. All changes of a call are made, or none.
//
// Nobody overwrites what they have not seen: a change names the row it looked at by `seen`
// (door_read gives it), and is refused with both values when the row has moved since.
//
// Nothing is deleted silently. To retire is
//   a measure        state retired, and since when        a person             left_on
//   a figure         blank, marked missing                a target             blank, marked
//   withdrawn commentary       blank texts                          a rebase, forecast withdrawn_on
// and of other kinds the row goes, if nothing names it, and its event keeps all that it said.
// Rules, overrides and organisations are not retired: they are changed.
#ifndef GT_DOMAIN_DOOR_H
#define GT_DOMAIN_DOOR_H

#include "base/err.h"
#include "domain/who.h"

struct db;

struct door_change {
    enum who_action action;
    enum kind kind;
    // By the positions of model/columns.h; NULL or "": blank. Of a change or a retirement the key
    // cells are canonical, as the record has them; otherwise cells are as people type them.
    const char *const *cells;
    // Which columns the change speaks of, beside the key; NULL: all of them. Others stay as they
    // are. Without meaning for a retirement.
    const bool *told;
    const char *seen;   // of door_read; NULL: nothing stood there
    const char *reason; // for the audit trail; NULL: none given
};

struct door_refusal {
    size_t change;      // its number
    const char *column; // name; NULL: the change as a whole
    const char *found;  // what stood there; NULL or "": nothing
    const char *why;    // the rest of the sentence, with the remedy
};

struct door_answer {
    bool changed;                        // false: all of it stood there already
    uint64_t first_event, last_event;    // in the audit trail; 0 where nothing changed
    const struct door_refusal *refusals; // ERR_INPUT: every field at fault
    size_t refusal_count;
    // ERR_CONFLICT: which change, and both rows, by the positions of model/columns.h.
    size_t conflict;
    const char *const *now;  // what stands in the record; NULL: nothing does (any more)
    const char *const *mine; // what the change would have made of it
};

struct door_options {
    const char *organisation; // whose record
    const char *at;           // "2025-10-01T09:30:00Z"
    const struct who *who;
};

// False: nothing was changed, and `e` says why: ERR_DENIED (`who` may not), ERR_CONFLICT, ERR_INPUT
// (`answer` has the fields), or ERR_SYSTEM. `answer` is filled either way.
bool door_apply(struct db *db, struct arena *a, const struct door_options *options,
                const struct door_change *changes, size_t count, struct door_answer *answer,
                struct err *e) MUST_CHECK;

// The same in the transaction that is already open (a connection_work's: domain/connections.h), and
// kept or not with it: where it fails, whoever opened that must turn back to before the call.
// `answer` speaks as if it were kept.
bool door_apply_within(struct db *db, struct arena *a, const struct door_options *options,
                       const struct door_change *changes, size_t count, struct door_answer *answer,
                       struct err *e) MUST_CHECK;

struct door_row {
    const char *const *cells; // NULL: there is no such row
    int version;              // of kinds with versions
    const char *seen;         // 64 digits that change whenever the row does; NULL with cells
};

// The row with this key as it stands (key cells canonical, by position; others are not looked at).
bool door_read(struct db *db, struct arena *a, const char *organisation, enum kind kind,
               const char *const *key, struct door_row *out, struct err *e) MUST_CHECK;

#endif
