// Fields of a form as the partial field.html shows them: label, hint, error, input or select.
#ifndef GT_WEB_FIELDS_H
#define GT_WEB_FIELDS_H

#include "base/tree.h"

struct field {
    const char *id; // also its name in what is posted
    const char *label;
    const char *hint;         // NULL: none
    const char *type;         // of the input; NULL: "text"
    const char *autocomplete; // NULL: the browser decides
    const char *inputmode;    // NULL: the browser decides
    const char *width;        // characters: "10", "20"; NULL: the whole column
    const char *value;        // NULL or "": empty. Never a password
};

// Adds a field to the page's list "fields" (made at first need).
void field_put(struct tree *page, const struct field *f);

// One to choose from: then field_option for each choice.
struct tree *field_put_choices(struct tree *page, const struct field *f);
void field_option(struct tree *field, const char *value, const char *title, const char *chosen);

// Puts `sentence` at the field of this id, if the page has one.
void field_error(struct tree *page, const char *id, const char *sentence);

#endif
