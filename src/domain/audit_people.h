// Inside audit_verify: accounts, grants, tokens and settings held against their events. A grant
// that somebody put into the database by hand, past every rule, shows here.
#ifndef GT_DOMAIN_AUDIT_PEOPLE_H
#define GT_DOMAIN_AUDIT_PEOPLE_H

#include "domain/audit_rows.h"

bool audit_people_check(struct audit_check *c) MUST_CHECK;

#endif
