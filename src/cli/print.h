// A view on standard output, in the format asked for.
#ifndef GT_CLI_PRINT_H
#define GT_CLI_PRINT_H

#include "base/tree.h"
#include "cli/cli.h"

enum { PRINT_MAX = 256 << 20 };

// With --json the tree, with --csv the table `table_id`; false in ret_printed when neither was
// asked for, so that the command prints for people.
bool print_format(struct cli *cli, const struct tree *view, const char *table_id,
                  bool *ret_printed) MUST_CHECK;
void print_buf(struct buf *b); // to standard output

// Columns of the terminal; 100 where there is none.
int print_width(void);

// Text wrapped at blanks, each line after `indent` blanks; the first line's indent is not printed
// when `begun` columns stand on it already.
void print_wrapped(struct buf *b, const char *text, int width, int indent, int begun);

#endif
