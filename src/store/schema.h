// The schema of the record, from one description: the descriptors and the columns of the system.
//
// What is applied to a record are the numbered files of sql/migrations/ (docs/decisions/0002): they
// never change once released. This is what writes a new one, and what the drift test compares the
// applied schema with.
#ifndef GT_STORE_SCHEMA_H
#define GT_STORE_SCHEMA_H

#include "base/arena.h"

// What differs between engines in the words of CREATE TABLE.
struct schema_dialect {
    const char *text;    // type of text, compared byte by byte
    const char *integer; // type of whole numbers
    const char *suffix;  // behind the closing bracket
    // References to tables further down can only be added when those are there.
    bool references_after;
    // The engine looks up references row by row: those of figures and targets are left to triggers.
    bool figures_by_set;
};
extern const struct schema_dialect schema_sqlite, schema_postgres;

// CREATE TABLE statements for everything, in the order of references.
const char *schema_sql(struct arena *a, const struct schema_dialect *dialect);

#endif
