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

// ---- in the memory of a process ----
struct throttle; // safe to use from any thread
struct throttle *throttle_new(void);
void throttle_free(struct throttle *t);

// Counts a sign-in from this address before it is looked at; seconds to wait, or 0. At most
// THROTTLE_ADDRESS_GUESSES in THROTTLE_SECONDS; one that was right is taken back, for a whole
// council may come from one address. More addresses than it holds push out the oldest.
unsigned throttle_address(struct throttle *t, const char *address, int64_t now);
void throttle_address_right(struct throttle *t, const char *address);

// Those who sign in under one name take turns from sign_in_begin to sign_in_finish: side by side
// each would count the others as guesses, right as they may be. Waits for the turn (workers only);
// where many wait already nobody waits, and the count decides. Ended by throttle_turn_end, or with
// the arena.
struct throttle_turn;
struct throttle_turn *throttle_turn(struct throttle *t, struct arena *a, const char *name);
void throttle_turn_end(struct throttle_turn *turn);

#endif
