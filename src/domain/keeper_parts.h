// Inside the keeper: what of one organisation some people see, made once and kept for the next who
// sees the same.
//
// A bounded number is kept, the least recently used given up; what is given up while it is being
// read is freed by the last of its readers.
#ifndef GT_DOMAIN_KEEPER_PARTS_H
#define GT_DOMAIN_KEEPER_PARTS_H

#include "domain/snapshot.h"
#include "domain/visibility.h"

enum { PARTS_MAX = 32, PARTS_GIVEN_UP_MAX = 64 };

struct part;
struct parts;
struct parts *parts_new(void); // NULL when memory is out
void parts_free(struct parts *p);

// To be given back with parts_release. ERR_AWAY: so many that were given up are still being read
// that no other is made.
bool parts_take(struct parts *p, const struct council *whole, const struct visibility *seen,
                struct part **ret, struct err *e) MUST_CHECK;
void parts_release(struct parts *p, struct part *part);
const struct council *part_council(const struct part *part);

#endif
