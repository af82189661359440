// Somebody else saved the same thing meanwhile: both values of each field, and the choice between
// them; and, for things made part by part, the answers before they are saved.
// Templates edit_conflict.html and edit_answers.html.
#ifndef GT_VIEW_EDIT_CONFLICT_H
#define GT_VIEW_EDIT_CONFLICT_H

#include "view/edit_form.h"

// Field names: "choose-COLUMN" is "now" or "mine"; COLUMN carries what was typed; "choosing" says
// that the choice has been offered.
#define EDIT_CHOOSE "choose-"

// `form->cells` is what was typed, `now` what stands in the record (NULL: nothing does any more)
// with `form->seen` as its version.
void edit_conflict_put(struct page_request *q, struct tree *page, const struct edit_form *form,
                       const char *const *now);

// Lays the choices over what was typed: `cells` becomes what is to be saved. False where a field
// that differs was not chosen for; `ret_faults` names each.
bool edit_conflict_settle(struct arena *a, const struct descriptor *d,
                          const struct edit_typed *typed, const char *const *now,
                          const char **cells, const struct edit_fault **ret_faults,
                          size_t *ret_count);

// All that was answered, part by part, each with its way back: a button of the form where the thing
// is being made, a link where it stands already.
void edit_answers_put(struct page_request *q, struct tree *page, const struct edit_form *form);

// What the form carries along without showing it: every cell given, but for the columns of `shown`
// (ended by -1; NULL: none is shown).
void edit_carry(struct tree *map, const struct descriptor *d, const char *const *cells,
                const int *shown);

#endif
