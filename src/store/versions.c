#include "store/versions.h"

#include "store/statements.h"

bool store_versions_start(struct store_versions_reader *r, struct db *db, enum kind kind,
                          const char *organisation, struct slice first, struct err *e)
{
    r->kind = descriptor_of(kind);
    if (!statement_prepare(db, STATEMENT_OF_FIRST, r->kind, &r->statement, e)) {
        return false;
    }
    db_bind_text(r->statement, 1, organisation);
    db_bind_textn(r->statement, 2, first.text, first.length);
    return true;
}

bool store_versions_start_key(struct store_versions_reader *r, struct db *db, enum kind kind,
                              const char *organisation, const struct slice *cells, struct err *e)
{
    r->kind = descriptor_of(kind);
    if (!statement_prepare(db, STATEMENT_OF_KEY, r->kind, &r->statement, e)) {
        return false;
    }
    db_bind_text(r->statement, 1, organisation);
    int n = 2;
    for (size_t c = 0; c < r->kind->count; c++) {
        if (r->kind->columns[c].key) {
            db_bind_textn(r->statement, n++, cells[c].text == NULL ? "" : cells[c].text,
                          cells[c].length);
        }
    }
    return true;
}

bool store_versions_start_all(struct store_versions_reader *r, struct db *db, enum kind kind,
                              const char *organisation, struct err *e)
{
    r->kind = descriptor_of(kind);
    if (!statement_prepare(db, STATEMENT_ALL, r->kind, &r->statement, e)) {
        return false;
    }
    db_bind_text(r->statement, 1, organisation);
    return true;
}

enum db_step store_versions_next(struct store_versions_reader *r, struct err *e)
{
    enum db_step step = db_step(r->statement, e);
    if (step != DB_ROW) {
        return step;
    }
    int count = (int)r->kind->count;
    for (int c = 0; c < count; c++) {
        r->cells[c].text = db_text(r->statement, c, &r->cells[c].length);
    }
    size_t length = 0;
    r->version = (int)db_int(r->statement, count);
    r->current = db_text(r->statement, count + 2, &length) == NULL;
    r->event = (uint64_t)db_int(r->statement, count + 3);
    return DB_ROW;
}

static const char *behind(const struct store_versions_reader *r, int place)
{
    size_t length = 0;
    return db_text(r->statement, (int)r->kind->count + place, &length);
}

const char *store_versions_recorded_at(const struct store_versions_reader *r)
{
    return behind(r, 1);
}

const char *store_versions_superseded_at(const struct store_versions_reader *r)
{
    return behind(r, 2);
}

void store_versions_end(struct store_versions_reader *r)
{
    db_reset(r->statement);
}
