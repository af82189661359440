#include "domain/copy.h"

bool copy_record(struct arena *a, const char *from, const char *to, const struct store_copied **ret,
                 size_t *ret_count, struct err *e)
{
    struct db *source = NULL, *target = NULL;
    if (!store_open(a, from, DB_READ, &source, e) || !store_open(a, to, DB_CREATE, &target, e) ||
        !db_begin_read(source, e) || !db_begin(target, e)) {
        return false;
    }
    bool good = store_copy(source, target, a, ret, ret_count, e);
    if (good) {
        good = db_commit(target, e);
    } else {
        db_rollback(target);
    }
    db_rollback(source); // nothing was written there; a read ends either way
    return good;
}
