#include "base/grow.h"
#include "store/statements.h"
#include "store/store.h"

static const char *read_text(struct arena *a, struct db_statement *s, int column)
{
    size_t length = 0;
    const char *text = db_text(s, column, &length);
    return text == NULL ? NULL : arena_textn(a, text, length);
}

bool store_organisations(struct db *db, struct arena *a, const struct store_organisation **ret,
                         size_t *ret_count, struct err *e)
{
    struct db_statement *s = NULL;
    if (!statement_prepare_plain(db, PLAIN_ORGANISATIONS, &s, e)) {
        return false;
    }
    struct grow found = grow_new(a, sizeof(struct store_organisation));
    enum db_step step = DB_DONE;
    while ((step = db_step(s, e)) == DB_ROW) {
        struct store_organisation *o = grow_add(&found);
        o->code = read_text(a, s, 0);
        o->name = read_text(a, s, 1);
        const char *kind = read_text(a, s, 2);
        o->kind = kind == NULL ? "council" : kind;
        o->revision = (uint64_t)db_int(s, 3);
        o->changed_at = read_text(a, s, 4);
    }
    db_reset(s);
    if (step == DB_FAULT) {
        return false;
    }
    *ret = found.items;
    *ret_count = found.count;
    return true;
}

static bool read_number(struct db *db, enum plain_statement which, const char *organisation,
                        uint64_t *out, struct err *e)
{
    struct db_statement *s = NULL;
    if (!statement_prepare_plain(db, which, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, organisation);
    enum db_step step = db_step(s, e);
    if (step == DB_ROW) {
        *out = (uint64_t)db_int(s, 0);
    }
    db_reset(s);
    return step == DB_ROW;
}

bool store_revision(struct db *db, const char *organisation, uint64_t *out, struct err *e)
{
    return read_number(db, PLAIN_REVISION, organisation, out, e);
}

bool store_measure_count(struct db *db, const char *organisation, uint64_t *out, struct err *e)
{
    return read_number(db, PLAIN_MEASURE_COUNT, organisation, out, e);
}
