// Opening the record and reading one council, for the commands that only read.
#ifndef GT_CLI_COUNCIL_H
#define GT_CLI_COUNCIL_H

#include "cli/cli.h"
#include "domain/council.h"
#include "view/page.h"

struct reading_command {
    const struct council *council; // its arena is freed with the command's
    struct page_request request;   // as a page would be asked for
};

// Takes --organisation, --period and --at, checks that `least` to `most` arguments are left (a
// command takes its own options before), opens the record and reads the council. With one
// organisation in the record none need be named; with several the sentence lists them.
bool cli_read_council(struct cli *cli, int least, int most, struct reading_command *out) MUST_CHECK;

#endif
