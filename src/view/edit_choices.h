// What a field may be set to: the codes a reference may name, as the caller sees the council, and
// the words of a choice.
#ifndef GT_VIEW_EDIT_CHOICES_H
#define GT_VIEW_EDIT_CHOICES_H

#include "domain/council.h"
#include "model/descriptor.h"

struct edit_choice {
    const char *code, *label; // label: "Waste recycled (M1)"
};

// Things of a kind that can be referred to, by label; rules once a code. None for other kinds.
const struct edit_choice *edit_choices(struct arena *a, const struct council *c, enum kind refers,
                                       size_t *ret_count);

// What one of them is called; the code itself where the caller sees no such thing.
const char *edit_choice_label(struct arena *a, const struct council *c, enum kind refers,
                              const char *code);

// "academic_year" -> "Academic year".
const char *edit_choice_words(struct arena *a, const char *code);

#endif
