// What rules refer, for people: rule by rule its quarters, each referral, and what it comes to.
#ifndef GT_CLI_REFER_PRINT_H
#define GT_CLI_REFER_PRINT_H

#include "base/tree.h"
#include "cli/cli.h"

// `view` as view/referrals.h makes it; to standard output. `only` one of its tables; NULL: all.
void refer_print(struct cli *cli, const struct tree *view, const char *only);

#endif
