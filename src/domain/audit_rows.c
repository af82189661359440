#include "domain/audit_rows.h"

#include <stdio.h>
#include <string.h>

#include "domain/text_table.h"
#include "domain/trail.h"
#include "store/versions.h"

static const struct descriptor *kind_by_name(const char *name)
{
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        if (strcmp(descriptor_of((enum kind)k)->name, name) == 0) {
            return descriptor_of((enum kind)k);
        }
    }
    return NULL;
}

static uint32_t number_of(const struct audit_check *c, const char *organisation)
{
    for (size_t i = 0; i < c->organisation_count; i++) {
        if (strcmp(c->organisations[i].code, organisation) == 0) {
            return (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

void audit_rows_expect(struct audit_check *c, const struct audit_event *event)
{
    struct audit_expected *x = grow_add(&c->expected);
    const struct descriptor *kind = event->rows == 0 ? NULL : kind_by_name(event->kind);
    if (kind != NULL && kind->versioned && strlen(event->digest) == DIGEST_HEX) {
        memcpy(x->digest, event->digest, DIGEST_HEX);
        x->rows = event->rows;
        x->kind = kind->kind;
        x->organisation = number_of(c, event->organisation);
    }
}

// The canonical line of a row into c->text.
static void put_row(struct audit_check *c, const struct descriptor *kind, const struct slice *cells,
                    int version)
{
    c->text.length = 0;
    trail_put_row(&c->text, c->digest, c->salt, kind, cells, version);
    buf_char(&c->text, '\n');
}

static const char *key_of(struct audit_check *c, const struct descriptor *kind,
                          const struct slice *cells)
{
    struct buf b = buf_new(c->arena, 1 << 20);
    trail_put_key(&b, kind, cells);
    return buf_cstr(&b);
}

// ---- kinds with versions: each names its event ----

static void say_version(struct audit_check *c, const struct store_versions_reader *r,
                        const char *what)
{
    audit_fault(c, r->event,
                arena_printf(c->arena, "the %s %s, version %d, %s", r->kind->name,
                             key_of(c, r->kind, r->cells), r->version, what));
}

static void check_version(struct audit_check *c, const struct store_versions_reader *r,
                          uint32_t organisation)
{
    if (r->event == 0) {
        c->verdict.before++;
        return;
    }
    c->verdict.rows++;
    struct audit_expected *x = r->event > c->expected.count
                                   ? NULL
                                   : &((struct audit_expected *)c->expected.items)[r->event - 1];
    if (x == NULL || x->rows == 0 || x->kind != r->kind->kind || x->organisation != organisation) {
        say_version(c, r, "names an event that did not record it");
        return;
    }
    x->found++;
    put_row(c, r->kind, r->cells, r->version);
    if (x->rows > 1) {
        x->making = x->making == NULL ? digest_new(c->arena) : x->making;
        digest_put(x->making, c->text.text, c->text.length);
        return;
    }
    char hex[DIGEST_HEX + 1];
    digest_put(c->digest, c->text.text, c->text.length);
    digest_end(c->digest, hex);
    if (memcmp(hex, x->digest, DIGEST_HEX) != 0) {
        say_version(c, r, "says something else than this event recorded");
    }
}

// The version before the one at hand: they follow one another without a gap in time.
struct before {
    const char *key; // NULL: none yet
    const char *superseded_at;
    uint64_t event;
    int version;
    struct buf key_buf, next_buf;
    char when[32];
};

static void say_ended(struct audit_check *c, const struct descriptor *kind, const struct before *b,
                      const char *what)
{
    audit_fault(
        c, b->event,
        arena_printf(c->arena, "the %s %s, version %d, %s", kind->name, b->key, b->version, what));
}

static void check_order(struct audit_check *c, const struct store_versions_reader *r,
                        struct before *b)
{
    b->next_buf.length = 0;
    trail_put_key(&b->next_buf, r->kind, r->cells);
    const char *key = buf_cstr(&b->next_buf);
    bool same = b->key != NULL && strcmp(b->key, key) == 0;
    if (b->key != NULL && !same && b->superseded_at != NULL) {
        say_ended(c, r->kind, b, "was superseded by a version that is not there");
    }
    if (same && (b->superseded_at == NULL || r->version != b->version + 1 ||
                 strcmp(b->superseded_at, store_versions_recorded_at(r)) != 0)) {
        say_ended(c, r->kind, b, "does not end when the version after it begins");
    }
    const char *superseded_at = store_versions_superseded_at(r);
    struct buf swap = b->key_buf;
    b->key_buf = b->next_buf;
    b->next_buf = swap;
    b->key = buf_cstr(&b->key_buf);
    b->superseded_at = superseded_at == NULL ? NULL : b->when;
    snprintf(b->when, sizeof b->when, "%s", superseded_at == NULL ? "" : superseded_at);
    b->version = r->version;
    b->event = r->event;
}

static bool check_versions(struct audit_check *c, enum kind kind, uint32_t organisation)
{
    struct store_versions_reader r;
    struct before before = {.key_buf = buf_new(c->arena, 1 << 20),
                            .next_buf = buf_new(c->arena, 1 << 20)};
    if (!store_versions_start_all(&r, c->db, kind, c->organisations[organisation].code, c->err)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while ((step = store_versions_next(&r, c->err)) == DB_ROW) {
        check_version(c, &r, organisation);
        check_order(c, &r, &before);
    }
    store_versions_end(&r);
    if (before.key != NULL && before.superseded_at != NULL) {
        say_ended(c, descriptor_of(kind), &before, "was superseded by a version that is not there");
    }
    return step != DB_FAULT;
}

static void check_counts(struct audit_check *c)
{
    for (size_t i = 0; i < c->expected.count && (c->verdict.whole || i + 1 < c->verdict.seq); i++) {
        struct audit_expected *x = &((struct audit_expected *)c->expected.items)[i];
        char hex[DIGEST_HEX + 1];
        if (x->found != x->rows) {
            audit_fault(c, i + 1,
                        arena_printf(c->arena,
                                     "event %zu recorded %llu versions of %s, and the record holds "
                                     "%llu of them",
                                     i + 1, (unsigned long long)x->rows,
                                     descriptor_of(x->kind)->table, (unsigned long long)x->found));
        } else if (x->making != NULL) {
            digest_end(x->making, hex);
            if (memcmp(hex, x->digest, DIGEST_HEX) != 0) {
                audit_fault(c, i + 1,
                            arena_printf(c->arena,
                                         "the versions of %s that event %zu recorded say something "
                                         "else now",
                                         descriptor_of(x->kind)->table, i + 1));
            }
        }
    }
}

// ---- kinds without versions: the last event of each row says what stands there ----

struct last_event {
    uint64_t seq;
    char digest[DIGEST_HEX + 1];
    bool retired, seen;
};

static bool read_last(struct audit_check *c, const struct descriptor *kind,
                      const char *organisation, struct text_table *keys, struct grow *events)
{
    struct audit_reader r;
    if (!store_audit_start_last(&r, c->db, organisation, kind->name, c->err)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while ((step = store_audit_next(&r, c->err)) == DB_ROW) {
        size_t length = strlen(r.event.key);
        text_table_add(keys, (struct slice){arena_textn(c->arena, r.event.key, length), length});
        struct last_event *last = grow_add(events);
        last->seq = r.event.seq;
        last->retired = r.event.rows == 0;
        snprintf(last->digest, sizeof last->digest, "%s", r.event.digest);
    }
    store_audit_end(&r);
    return step != DB_FAULT;
}

static void check_row(struct audit_check *c, const struct descriptor *kind,
                      const struct store_row *row, const struct text_table *keys,
                      struct grow *events)
{
    struct slice cells[COLUMNS_MAX];
    for (size_t i = 0; i < kind->count; i++) {
        cells[i] = (struct slice){row->cells[i], row->cells[i] == NULL ? 0 : strlen(row->cells[i])};
    }
    c->text.length = 0;
    trail_put_key(&c->text, kind, cells);
    uint32_t number = text_table_find(keys, (struct slice){c->text.text, c->text.length});
    if (number == TEXT_TABLE_NONE) {
        c->verdict.before++;
        return;
    }
    struct last_event *last = &((struct last_event *)events->items)[number];
    char hex[DIGEST_HEX + 1];
    last->seen = true;
    c->verdict.rows++;
    put_row(c, kind, cells, 0);
    digest_put(c->digest, c->text.text, c->text.length);
    digest_end(c->digest, hex);
    if (last->retired || strcmp(hex, last->digest) != 0) {
        audit_fault(c, last->seq,
                    arena_printf(c->arena, "the %s %s %s", kind->name, key_of(c, kind, cells),
                                 last->retired
                                     ? "stands in the record, though this event took it out"
                                     : "says something else than this event recorded"));
    }
}

static bool check_plain(struct audit_check *c, const struct descriptor *kind,
                        const char *organisation)
{
    struct text_table keys = text_table_new(c->arena);
    struct grow events = grow_new(c->arena, sizeof(struct last_event));
    struct store_rows rows = {0};
    if (!read_last(c, kind, organisation, &keys, &events) ||
        !store_rows(c->db, c->arena, kind->kind, organisation, STORE_CURRENT, &rows, c->err)) {
        return false;
    }
    for (size_t i = 0; i < rows.count; i++) {
        check_row(c, kind, &rows.rows[i], &keys, &events);
    }
    for (size_t i = 0; i < events.count; i++) {
        const struct last_event *last = &((const struct last_event *)events.items)[i];
        if (!last->seen && !last->retired) {
            struct slice key = text_table_text(&keys, (uint32_t)i);
            audit_fault(c, last->seq,
                        arena_printf(c->arena,
                                     "the %s %.*s is no longer in the record, and no event took it "
                                     "out",
                                     kind->name, (int)key.length, key.text));
        }
    }
    return true;
}

bool audit_rows_check(struct audit_check *c)
{
    for (uint32_t o = 0; o < c->organisation_count; o++) {
        for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
            const struct descriptor *kind = descriptor_of((enum kind)k);
            bool good = kind->versioned ? check_versions(c, kind->kind, o)
                                        : check_plain(c, kind, c->organisations[o].code);
            if (!good) {
                return false;
            }
        }
    }
    check_counts(c);
    return true;
}
