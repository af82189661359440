// A record in a file of its own, filled by imports of small files written in the test.
//
//   struct place *p = place_new();
//   place_write(p, "organisation.csv", "code,name\ntown,Town Council\n");
//   place_import(p, "2014-05-15T09:00:00Z");   // all files written since the last import
//   ... p->url ...
//   place_free(p);
#ifndef GT_TESTS_FIXTURE_RECORD_H
#define GT_TESTS_FIXTURE_RECORD_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>

#include "domain/council.h"

struct place {
    struct arena *arena;
    const char *folder;
    const char *url;          // of the record
    const char *organisation; // whose files these are: "town" until changed
    const char *files[40];    // written and not imported yet
    size_t file_count;
};

struct place *place_new(void);
void place_free(struct place *p); // with all its files
void place_write(struct place *p, const char *name, const char *text);
// Fails the test when anything is refused.
void place_import(struct place *p, const char *now);
void place_import_folder(struct place *p, const char *folder, const char *now);
// A file name in the folder of the place.
const char *place_path(struct place *p, const char *name);
// The council as of `today` with what was known on `at` (NULL: now), in an arena that the place
// frees.
const struct council *place_council(struct place *p, const char *today, const char *at);
// The repository's own folder.
const char *source_folder(void);

#endif
