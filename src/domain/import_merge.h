// Between the two halves of the merge: import_merge.c (kinds without versions) and
// import_versions.c; and the order both walk in, that of the record's keys.
#ifndef GT_DOMAIN_IMPORT_MERGE_H
#define GT_DOMAIN_IMPORT_MERGE_H

#include "domain/import_run.h"

// By bytes, as the record compares. Absent and empty are equal.
int merge_compare_slices(struct slice a, struct slice b);
// The key of a row against that of a row of the record (cells in the descriptor's order).
int merge_compare_to_record(const struct import_row *r, const struct slice *cells);
// Whether what the file says of this row stands in the record already.
bool merge_says_the_same(const struct import_row *r, const struct slice *cells);

// Kinds with versions: what is new is added, what differs supersedes.
bool merge_versions(struct import_run *run, enum kind kind, struct store_add *adding) MUST_CHECK;

#endif
