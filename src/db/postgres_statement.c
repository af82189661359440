// Prepared statements: what they take and give, in the server's types.
#include <string.h>

#include "db/postgres.h"

// Types by their numbers in the server's catalogue (pg_type.dat), which never change.
enum {
    TYPE_BOOL = 16,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_UNKNOWN = 705,
    TYPE_VARCHAR = 1043,
};

static bool is_text(Oid type)
{
    return type == TYPE_TEXT || type == TYPE_VARCHAR || type == TYPE_UNKNOWN;
}

static bool is_number(Oid type)
{
    return type == TYPE_INT8 || type == TYPE_INT4 || type == TYPE_INT2 || type == TYPE_BOOL;
}

// What the server made of it: types of parameters and columns.
static void take_description(struct db *db, struct db_statement *s, const PGresult *r)
{
    struct postgres_statement *own = s->own;
    size_t count = (size_t)PQnparams(r);
    s->parameters = (int)count;
    s->positions = ARENA_ARRAY(db->arena, count, int);
    own->parameters = ARENA_ARRAY(db->arena, count, struct postgres_parameter);
    own->values = ARENA_ARRAY(db->arena, count, const char *);
    own->lengths = ARENA_ARRAY(db->arena, count, int);
    own->formats = ARENA_ARRAY(db->arena, count, int);
    for (size_t i = 0; i < count; i++) {
        s->positions[i] = (int)i + 1;
        own->parameters[i].type = PQparamtype(r, (int)i);
    }
    own->columns = PQnfields(r);
    own->column = ARENA_ARRAY(db->arena, (size_t)own->columns, struct postgres_column);
    own->binary = true;
    for (int c = 0; c < own->columns; c++) {
        own->column[c].is_text = is_text(PQftype(r, c));
        own->binary = own->binary && (own->column[c].is_text || is_number(PQftype(r, c)));
    }
}

bool postgres_prepare(struct db *db, struct db_statement *s, struct err *e)
{
    PGconn *c = postgres_own(db)->connection;
    struct postgres_statement *own = ARENA_NEW(db->arena, struct postgres_statement);
    // By number: the server cuts long names.
    const char *name = arena_printf(db->arena, "gt%u", postgres_own(db)->prepared++);
    memcpy(own->name, name, strlen(name) + 1);
    s->own = own;
    postgres_park(db);
    PGresult *r = PQprepare(c, own->name, s->sql, 0, NULL);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (good) {
        PQclear(r);
        r = PQdescribePrepared(c, own->name);
        good = PQresultStatus(r) == PGRES_COMMAND_OK;
    }
    if (good) {
        take_description(db, s, r);
    } else {
        err_cause(e, "statement %s: %s", s->name, PQresultErrorMessage(r));
        postgres_fault(db, r, e);
    }
    PQclear(r);
    return good;
}

// Text goes as its bytes, with their number; anything else as the text of it, ended by NUL.
void postgres_bind_text(struct db_statement *s, int position, const char *text, size_t length)
{
    struct postgres_statement *own = postgres_statement(s);
    int i = position - 1;
    struct postgres_parameter *p = &own->parameters[i];
    own->values[i] = text;
    own->lengths[i] = (int)length;
    own->formats[i] = 1;
    if (text != NULL && !is_text(p->type)) {
        size_t kept =
            length < POSTGRES_NUMBER_ROOM ? length : 0; // longer is no number: refused as empty
        memcpy(p->number, text, kept);
        p->number[kept] = '\0';
        own->values[i] = p->number;
        own->formats[i] = 0;
    }
}

size_t postgres_put_number(char out[POSTGRES_NUMBER_ROOM], int64_t value)
{
    char digits[POSTGRES_NUMBER_ROOM];
    size_t count = 0, length = 0;
    uint64_t rest = value < 0 ? ~(uint64_t)value + 1 : (uint64_t)value;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0) {
        out[length++] = '-';
    }
    while (count > 0) {
        out[length++] = digits[--count];
    }
    out[length] = '\0';
    return length;
}

void postgres_bind_int(struct db_statement *s, int position, int64_t value)
{
    struct postgres_statement *own = postgres_statement(s);
    int i = position - 1;
    struct postgres_parameter *p = &own->parameters[i];
    own->lengths[i] = (int)postgres_put_number(p->number, value);
    own->values[i] = p->number;
    own->formats[i] = is_text(p->type) ? 1 : 0;
}
