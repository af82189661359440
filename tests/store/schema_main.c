// Prints the schema that the descriptors describe, as a migration: `schema` for SQLite, `schema
// postgres` for PostgreSQL. For developers: see
// docs/decisions/0002-migrations.md.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/schema.h"

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    if (a == NULL) {
        return 3;
    }
    bool postgres = argc > 1 && strcmp(argv[1], "postgres") == 0;
    fputs(schema_sql(a, postgres ? &schema_postgres : &schema_sqlite), stdout);
    arena_free(a);
    return 0;
}
