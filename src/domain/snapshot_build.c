#include "domain/snapshot_build.h"
#include "store/audit.h"

#include <string.h>

#include "domain/snapshot.h"

bool build_rows(struct build *b, enum kind kind, struct store_rows *out)
{
    if (b->at == DAY_NONE) {
        return store_rows(b->db, b->arena, kind, b->organisation, STORE_CURRENT, out, b->err);
    }
    return store_rows_at(b->db, b->arena, kind, b->organisation, b->at, out, b->err);
}

const char *build_post(const struct council *c, const char *text)
{
    const struct person *p = council_person(c, text);
    return p == NULL ? text : p->name;
}

const char *cell_text(const struct store_row *r, int column)
{
    return r->cells[column];
}

day cell_day(const struct store_row *r, int column)
{
    const char *text = r->cells[column];
    day d = DAY_NONE;
    return text != NULL && day_parse(text, strlen(text), &d) ? d : DAY_NONE;
}

struct dec cell_dec(const struct store_row *r, int column)
{
    const char *text = r->cells[column];
    struct dec d = DEC_NONE;
    return text != NULL && dec_parse(text, strlen(text), &d) ? d : DEC_NONE;
}

int cell_int(const struct store_row *r, int column, int absent)
{
    struct dec d = dec_round(cell_dec(r, column), 0);
    return d.present && d.units >= INT32_MIN && d.units <= INT32_MAX ? (int)d.units : absent;
}

bool cell_is(const struct store_row *r, int column, const char *word)
{
    return r->cells[column] != NULL && strcmp(r->cells[column], word) == 0;
}

struct period cell_period(const struct build *b, const struct store_row *r, int column)
{
    const char *text = r->cells[column];
    struct period p = PERIOD_ABSENT;
    bool read = text != NULL && period_parse_id(text, strlen(text), b->council->year_start, &p);
    return read ? p : PERIOD_ABSENT;
}

// Names those there are: whoever mistyped one sees it beside.
static bool refuse_absent(struct build *b)
{
    enum { NAMED = 20 };
    const struct store_organisation *all = NULL;
    size_t count = 0;
    if (!store_organisations(b->db, b->arena, &all, &count, b->err)) {
        return false;
    }
    struct buf names = buf_new(b->arena, 4096);
    for (size_t i = 0; i < count && i < NAMED; i++) {
        buf_text(&names, i == 0 ? "; there is: " : ", ");
        buf_text(&names, all[i].code);
    }
    return err_set(b->err, ERR_ABSENT, "There is no organisation \"%s\" in this record%s%s.",
                   b->organisation, buf_cstr(&names), count > NAMED ? " ..." : "");
}

bool build_organisation(struct build *b)
{
    struct store_rows rows;
    if (!build_rows(b, KIND_ORGANISATION, &rows)) {
        return false;
    }
    if (rows.count == 0) {
        return refuse_absent(b);
    }
    const struct store_row *r = &rows.rows[0];
    struct council *c = b->council;
    c->code = cell_text(r, ORGANISATION_CODE);
    c->name = cell_text(r, ORGANISATION_NAME);
    c->kind = cell_text(r, ORGANISATION_KIND);
    c->gss_code = cell_text(r, ORGANISATION_GSS_CODE);
    c->default_rule = cell_text(r, ORGANISATION_DEFAULT_RULE);
    c->notice = cell_text(r, ORGANISATION_NOTICE);
    c->year_start = cell_int(r, ORGANISATION_FINANCIAL_YEAR_START, 4);
    if (c->year_start < 1 || c->year_start > 12) {
        c->year_start = 4;
    }
    return true;
}

// What reports print at their foot, so that a copy of it stands outside the record.
static bool build_audit_head(struct build *b)
{
    struct audit_head head;
    if (!store_audit_head(b->db, &head, b->err)) {
        return false;
    }
    if (head.seq > 0) {
        b->council->audit_head =
            arena_printf(b->arena, "%llu:%s", (unsigned long long)head.seq, head.hash);
    }
    return true;
}

static bool build_all(struct build *b)
{
    if (!store_revision(b->db, b->organisation, &b->council->revision, b->err) ||
        !build_audit_head(b)) {
        return false;
    }
    return build_organisation(b) && build_people(b) && build_thread(b) && build_rules(b) &&
           build_decisions(b) && build_measures(b) && build_comparisons(b) && build_figures(b) &&
           build_delivery(b);
}

// What `e` says must outlive the arena the fault was met in.
static bool hand_over(struct err *from, struct err *to)
{
    if (from->cause != NULL) {
        err_cause(to, "%s", from->cause);
    }
    return err_set(to, from->kind, "%s", from->message);
}

bool snapshot_build(struct db *db, const char *organisation, day today, day at,
                    const struct council **ret, struct err *e)
{
    // One council's whole record: a county of a million figures fits with room to spare.
    enum { SNAPSHOT_MAX_MB = 2048 };
    struct arena *a = arena_new((size_t)SNAPSHOT_MAX_MB << 20);
    if (a == NULL || ARENA_TRAP(a)) {
        db_rollback(db);
        arena_free(a);
        return err_set(e, ERR_SYSTEM, "There is not enough memory to read the council's record.");
    }
    struct err inner = {.arena = a};
    struct council *c = ARENA_NEW(a, struct council);
    c->arena = a;
    c->today = today;
    c->at = at;
    c->seen_key = "";
    struct build b = {.council = c,
                      .arena = a,
                      .db = db,
                      .organisation = arena_text(a, organisation),
                      .at = at,
                      .err = &inner};
    build_helpers_open(&b);
    bool built = db_begin_read(db, &inner) && build_all(&b);
    build_helpers_close(&b);
    if (!built) {
        db_rollback(db);
        hand_over(&inner, e);
        arena_free(a);
        return false;
    }
    db_rollback(db); // nothing was written; a read ends either way
    *ret = c;
    return true;
}

bool snapshot_open(struct arena *a, const char *url, struct db **ret, struct err *e)
{
    return store_open(a, url, DB_READ, ret, e);
}

bool snapshot_organisations(struct db *db, struct arena *a, const struct organisation_name **ret,
                            size_t *ret_count, struct err *e)
{
    const struct store_organisation *found = NULL;
    size_t count = 0;
    if (!store_organisations(db, a, &found, &count, e)) {
        return false;
    }
    struct organisation_name *names = ARENA_ARRAY(a, count, struct organisation_name);
    for (size_t i = 0; i < count; i++) {
        names[i] = (struct organisation_name){found[i].code, found[i].name, found[i].kind};
    }
    *ret = names;
    *ret_count = count;
    return true;
}
