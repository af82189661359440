// The tables of people and access, which are no kind of the council folder: accounts, what they may
// do, sessions, tokens, settings, and who runs which job. Part of schema_sql.
#ifndef GT_STORE_SCHEMA_PEOPLE_H
#define GT_STORE_SCHEMA_PEOPLE_H

#include "base/buf.h"
#include "store/schema.h"

void schema_put_people(struct buf *b, const struct schema_dialect *dialect);

#endif
