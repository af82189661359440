// How one thing is named in an address: /luton/edit/observations/NI%20117~~2013-14-Q4.
//
// The kind is its file's name without ".csv". The key cells stand in their order with '~' between
// them, a blank one as nothing. What could be taken for something else is written with a '!':
// "!t" for '~', "!s" for '/', "!e" for '!', "!n" for the word "new" alone, "!b" for a key that is
// blank throughout. A cell that is too long for an address, or runs over several lines, is "!h"
// and the first 32 digits of its SHA-256.
#ifndef GT_DOMAIN_THING_KEY_H
#define GT_DOMAIN_THING_KEY_H

#include "base/arena.h"
#include "model/descriptor.h"

// "measures" for a measure, "comparator_values" ...
const char *thing_folder(struct arena *a, const struct descriptor *d);
// NULL when no kind has this name.
const struct descriptor *thing_of_folder(const char *folder);

// The key of a row, not yet escaped for an address (view/page.h does that).
const char *thing_key(struct arena *a, const struct descriptor *d, const char *const *cells);

// Back again: key cells by position, the others NULL. `ret_digest`: a cell stands only by its
// digest, so the row has to be looked for. False: this is no key of the kind.
bool thing_key_read(struct arena *a, const struct descriptor *d, const char *text,
                    const char **cells, bool *ret_digest) MUST_CHECK;

#endif
