// Mappings: how a file of another layout is read as one of the council folder's.
//
// Each column of ours is made from columns of the file (several are joined with " / ", blank cells
// and NA left out), or is the same text in every row. Columns of the file that nothing uses must be
// named as ignored, so that a forgotten one is noticed. See docs/council-folder.md.
#ifndef GT_DOMAIN_IMPORT_MAPPING_H
#define GT_DOMAIN_IMPORT_MAPPING_H

#include "base/err.h"
#include "engine/period.h"
#include "model/descriptor.h"

enum { MAPPING_PARTS_MAX = 6, MAPPING_RULES_MAX = 64 };

struct mapping_column {
    const char *column;                  // ours: "value", or of a new measure "measures.unit"
    const char *from[MAPPING_PARTS_MAX]; // headers of the file
    size_t from_count;
    const char *constant; // in place of `from`
    bool numbered;        // the same: 1, 2, 3 ... in the order of the rows taken
};

struct mapping_where {
    const char *column; // header of the file
    const char *value;  // only rows with exactly this
};

struct import_mapping {
    const struct descriptor *as;
    struct mapping_column columns[MAPPING_RULES_MAX];
    size_t column_count;
    struct mapping_where where[MAPPING_RULES_MAX];
    size_t where_count;
    const char *ignored[MAPPING_RULES_MAX]; // "*": all that are not mapped
    size_t ignored_count;
    enum period_kind periods; // what ambiguous labels mean; PERIOD_NONE: the measure's frequency
    bool make_measures;       // measures that are not there are made
};

// One instruction, as on the command line or in a mapping file: option "as", "map", "set",
// "number", "where", "ignore", "periods" or "make-measures"; value such as
// "measure=indicator+unit". `e` (ERR_USAGE) names what is wrong with it.
bool mapping_add(struct import_mapping *m, struct arena *a, const char *option, const char *value,
                 struct err *e) MUST_CHECK;

// A mapping file: CSV with the columns option,value, one instruction a row.
bool mapping_read(struct import_mapping *m, struct arena *a, const char *path,
                  struct err *e) MUST_CHECK;

// The mapping can be used: it says what the file is, and every column it must have.
bool mapping_check(const struct import_mapping *m, struct err *e) MUST_CHECK;

#endif
