// Prints the schema that the descriptors describe, as a migration for SQLite. For developers: see
// docs/decisions/0002-migrations.md.
#include <stdio.h>
#include <stdlib.h>

#include "store/schema.h"

int main(void)
{
    struct arena *a = arena_new(0);
    if (a == NULL) {
        return 3;
    }
    fputs(schema_sql(a, &schema_sqlite), stdout);
    arena_free(a);
    return 0;
}
