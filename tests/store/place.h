// A folder of its own for a test, with what it needs to write files and open records there.
#ifndef GT_TESTS_STORE_PLACE_H
#define GT_TESTS_STORE_PLACE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>

#include "domain/import.h"
#include "store/store.h"

enum { HERE_RECORDS_MAX = 16 };

struct here {
    struct arena *arena;
    struct err err;
    const char *folder;
    const char *server; // GOLDTHREAD_TEST_POSTGRES (with_postgres.py); NULL: records are SQLite's
    const char *records[HERE_RECORDS_MAX]; // by here_url
};

int here_setup(void **state);    // *state: struct here *
int here_teardown(void **state); // removes the folder

const char *here_path(struct here *h, const char *name);
// The address of a record of this test on the engine at hand, the same for the same name: a file of
// the folder, or a schema of its own in the server's database.
const char *here_url(struct here *h, const char *name);
void here_write(struct here *h, const char *name, const char *text);
// Forgets the failure met so far, so that the next can be seen.
void here_forget(struct here *h);
// Fails unless the last failure is of this kind and its sentence holds these words.
void here_expect(struct here *h, enum err_kind kind, const char *words);

// Imports single files of the folder; fails the test when the run itself fails.
struct import_report here_import(struct here *h, struct db *db, const char *now, const char *name);
// The whole record as one text, to compare.
const char *here_dump(struct here *h, struct db *db);

#endif
