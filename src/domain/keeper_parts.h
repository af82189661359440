// Inside the keeper: what of one organisation some people see, made once and kept for the next who
// sees the same.
//
// A bounded number is kept, the least recently used given up. What is given up may still be being
// read: it is freed when every reader that was reading then has let go.
#ifndef GT_DOMAIN_KEEPER_PARTS_H
#define GT_DOMAIN_KEEPER_PARTS_H

#include <stdatomic.h>

#include "domain/snapshot.h"
#include "domain/visibility.h"

enum { PARTS_MAX = 32, PARTS_GIVEN_UP_MAX = 32 };

// How often each reader has begun and ended: odd while it reads.
struct turns {
    _Atomic uint64_t at[KEEPER_READERS_MAX];
};
void turns_begin(struct turns *t, size_t reader);
void turns_end(struct turns *t, size_t reader);

struct parts;
struct parts *parts_new(void); // NULL when memory is out
void parts_free(struct parts *p);

// For a reader that has begun. ERR_AWAY: too many that were given up are still being read.
bool parts_take(struct parts *p, const struct turns *t, const struct council *whole,
                const struct visibility *seen, const struct council **ret,
                struct err *e) MUST_CHECK;

#endif
