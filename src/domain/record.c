#include "domain/record.h"

#include <string.h>

#include "store/store.h"

bool record_open(struct arena *a, const char *url, struct db **out, struct err *e)
{
    return store_open(a, url, DB_CREATE, out, e);
}

bool record_open_to_read(struct arena *a, const char *url, struct db **out, struct err *e)
{
    return store_open(a, url, DB_READ, out, e);
}

bool record_open_to_try(struct arena *a, const char *url, struct db **out, struct err *e)
{
    struct err why = {.arena = e->arena};
    if (store_open(a, url, DB_WRITE, out, &why)) {
        return true;
    }
    if (why.kind == ERR_ABSENT) {
        return store_open(a, ":memory:", DB_CREATE, out, e);
    }
    *e = why;
    return false;
}

bool record_organisation(struct db *db, struct arena *a, const char *wanted, const char **out,
                         struct err *e)
{
    const struct store_organisation *known = NULL;
    size_t count = 0;
    if (!store_organisations(db, a, &known, &count, e)) {
        return false;
    }
    struct buf list = buf_new(a, 1 << 16);
    for (size_t i = 0; i < count; i++) {
        if (wanted == NULL ? count == 1 : strcmp(known[i].code, wanted) == 0) {
            *out = known[i].code;
            return true;
        }
        buf_text(&list, i == 0 ? "" : ", ");
        buf_text(&list, known[i].code);
    }
    if (count == 0) {
        return err_set(e, ERR_INPUT,
                       "The record %s holds no organisation yet; import a council folder with an "
                       "organisation.csv first.",
                       db_shown(db));
    }
    return wanted == NULL
               ? err_set(e, ERR_USAGE,
                         "The record holds several organisations; say which one with "
                         "--organisation: %s.",
                         buf_cstr(&list))
               : err_set(e, ERR_ABSENT, "There is no organisation %s in the record; it has %s.",
                         wanted, buf_cstr(&list));
}
