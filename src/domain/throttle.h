// How often one may guess: ten times, then not before five minutes have gone by without a guess
// (Cyber Essentials: at most 10 guesses in 5 minutes). Right guesses forget the wrong ones.
//
// Counted in the record under a digest of what is guessed at (the name as typed at sign-in, whether
// an account has it or not; an account's second factor), so that every server on it counts the
// same; and in the memory of each process by the address it comes from, which is never stored.
#ifndef GT_DOMAIN_THROTTLE_H
#define GT_DOMAIN_THROTTLE_H

#include "base/err.h"

struct db;

enum { THROTTLE_GUESSES = 10, THROTTLE_SECONDS = 5 * 60, THROTTLE_ADDRESS_GUESSES = 100 };

// Counts a guess, before it is looked at. `*ret_wait`: 0, or seconds to wait (nothing was counted).
bool throttle_guess(struct db *db, const char *what, int64_t now, unsigned *ret_wait,
                    struct err *e) MUST_CHECK;
bool throttle_forget(struct db *db, const char *what, struct err *e) MUST_CHECK;
// The digest for a kind of guess ("name", "factor") and its text, whatever its case.
const char *throttle_what(struct arena *a, const char *kind, const char *text);

// ---- by address, in memory ----
struct throttle; // safe to use from any thread
struct throttle *throttle_new(void);
void throttle_free(struct throttle *t);
// Counts one from this address; seconds to wait, or 0. More addresses than it holds push out the
// oldest.
unsigned throttle_address(struct throttle *t, const char *address, int64_t now);

#endif
