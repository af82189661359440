// How often a client address may do something: token buckets in memory, a fixed number of them.
//
// An IPv6 address counts by its first 64 bits, which one customer has to itself. The table does not
// grow: when its places are taken, the bucket that is fullest, and so says least, makes room. Which
// place an address gets depends on a key drawn at the start, so nobody can choose to push another
// out. Addresses are kept nowhere else and are gone when the process ends. Safe from any thread.
#ifndef GT_HTTP_THROTTLE_H
#define GT_HTTP_THROTTLE_H

#include "base/compiler.h"

struct http_throttle;

// `at_once` tokens in a full bucket, and `refill` more every `seconds` (all at least 1). For
// sign-in 10, 10, 300: at most 10 guesses at once and 20 in any five minutes that begin with a full
// bucket; where no five minutes may hold more than 10, give 5, 5, 300. NULL when memory is out.
struct http_throttle *http_throttle_new(unsigned at_once, unsigned refill,
                                        unsigned seconds) MUST_CHECK;
void http_throttle_free(struct http_throttle *t); // NULL is taken

// Takes `cost` tokens of `address` (req->address; text that is no address counts as one client).
// False where there are not enough: nothing is taken, and `*ret_retry_after` says in how many
// seconds (at least 1) there will be. A cost above `at_once` is never granted.
bool http_throttle_take(struct http_throttle *t, const char *address, unsigned cost,
                        unsigned *ret_retry_after) MUST_CHECK;

// Gives `cost` tokens back: for what turned out not to count, such as a password that was right.
void http_throttle_return(struct http_throttle *t, const char *address, unsigned cost);

#endif
