// What the pages of editing share. For src/web/edit*.c, collect.c and import*.c only.
#ifndef GT_WEB_EDIT_H
#define GT_WEB_EDIT_H

#include "view/edit_conflict.h"
#include "view/edit_form.h"
#include "web/visit.h"

enum { EDIT_BODY_MAX = 2 << 20 }; // five texts of 20,000 characters, each as it is escaped

struct edit {
    struct visit *visit;
    const struct descriptor *kind;
    const char *key; // of the address; NULL: of the kind as a whole
    struct edit_typed typed;

    // Filled inside the record, by edit_look.
    struct who who;
    struct door_row now; // what stands there; cells NULL: nothing
    bool *may;           // columns the caller may change, by position
};

// The visit's posted fields; where nothing was posted, the parameters of the address.
struct edit_typed edit_posted(struct visit *v);

// Who asks, the row and what of it they may change: the beginning of each work. ERR_DENIED when
// they may change nothing of it. Nothing standing there is no fault.
bool edit_look(struct edit *x, struct db *db, struct err *e) MUST_CHECK;

// Back to the list or the thing itself, with a word on what was done: "added", "changed" ...
bool edit_done(struct edit *x, const char *key, const char *what);
// The word of the address as a sentence; NULL without.
const char *edit_saved_words(struct visit *v);

// A fault of the row as a whole, from what the record said; `e` is clean afterwards.
struct edit_fault *edit_whole_fault(struct arena *a, struct err *e);

// ---- one file each ----
bool edit_new(struct edit *x, struct err *e) MUST_CHECK;
bool edit_change(struct edit *x, struct err *e) MUST_CHECK;
bool edit_retire(struct edit *x, struct err *e) MUST_CHECK;
bool edit_show_history(struct edit *x, struct err *e) MUST_CHECK;

// Applying one change and what comes of it.
enum edit_outcome { EDIT_SAVED, EDIT_UNCHANGED, EDIT_FAULTY, EDIT_MOVED, EDIT_REFUSED };
struct edit_apply {
    enum edit_outcome outcome;
    const struct edit_fault *faults;
    size_t fault_count;
    const char *key; // of what was saved
};
// Through the door, inside a work. True: saved, or it stood there already. False with `e` clean:
// `out` says what came of it; with `e` set: the record failed.
bool edit_through_door(struct edit *x, struct db *db, const struct door_change *change,
                       struct edit_apply *out, struct err *e) MUST_CHECK;

#endif
