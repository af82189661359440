#include "domain/audit_people.h"

#include <string.h>

#include "base/json.h"
#include "domain/text_table.h"
#include "store/accounts.h"
#include "store/sessions.h"

enum { TEXT_MAX_BYTES = 1 << 16 };

struct last {
    uint64_t seq;
    bool retired, seen;
};

// The last event of each thing of a kind, found by its key.
struct lasts {
    const char *kind;
    struct text_table keys;
    struct grow events; // struct last
};

static bool read_lasts(struct audit_check *c, const char *kind, struct lasts *out)
{
    struct audit_reader r;
    *out = (struct lasts){kind, text_table_new(c->arena), grow_new(c->arena, sizeof(struct last))};
    if (!store_audit_start_last(&r, c->db, "", kind, c->err)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while ((step = store_audit_next(&r, c->err)) == DB_ROW) {
        size_t length = strlen(r.event.key);
        text_table_add(&out->keys,
                       (struct slice){arena_textn(c->arena, r.event.key, length), length});
        *(struct last *)grow_add(&out->events) =
            (struct last){r.event.seq, strcmp(r.event.action, "retire") == 0, false};
    }
    store_audit_end(&r);
    return step != DB_FAULT;
}

static const char *key_text(struct arena *a, const char *const *parts, size_t count)
{
    struct buf b = buf_new(a, TEXT_MAX_BYTES);
    for (size_t i = 0; i < count; i++) {
        buf_char(&b, i == 0 ? '[' : ',');
        json_put_text(&b, parts[i]);
    }
    buf_char(&b, ']');
    return buf_cstr(&b);
}

static void say(struct audit_check *c, uint64_t seq, const char *kind, const char *key,
                const char *what)
{
    audit_fault(c, seq, arena_printf(c->arena, "the %s %s %s", kind, key, what));
}

// A row that stands in the record: its last event, or NULL (and a fault) where it has none.
static const struct last *row_stands(struct audit_check *c, struct lasts *l, const char *key,
                                     bool in_force)
{
    uint32_t number = text_table_find(&l->keys, (struct slice){key, strlen(key)});
    c->verdict.rows++;
    if (number == TEXT_TABLE_NONE) {
        say(c, c->verdict.events + 1, l->kind, key,
            "stands in the record, and no event put it there");
        return NULL;
    }
    struct last *last = &((struct last *)l->events.items)[number];
    last->seen = true;
    if (last->retired && in_force) {
        say(c, last->seq, l->kind, key, "stands in the record, though this event took it out");
    }
    return last;
}

static void rows_missing(struct audit_check *c, struct lasts *l)
{
    for (size_t i = 0; i < l->events.count; i++) {
        const struct last *last = &((const struct last *)l->events.items)[i];
        if (!last->seen && !last->retired) {
            struct slice key = text_table_text(&l->keys, (uint32_t)i);
            say(c, last->seq, l->kind, arena_textn(c->arena, key.text, key.length),
                "is no longer in the record, and no event took it out");
        }
    }
}

// ---- accounts: what their events add up to ----

struct added_up {
    bool disabled, second_factor, must_change;
    uint64_t seq;
};

// Names and addresses stand in `changes` as digests and codes are escaped, so that none of them can
// look like one of these.
static void add_up(struct added_up *all, const struct audit_event *event)
{
    static const struct {
        const char *yes, *no;
    } marks[] = {{"\"disabled\":[null,\"yes\"]", "\"disabled\":[\"yes\",null]"},
                 {"\"second_factor\":[null,\"yes\"]", "\"second_factor\":[\"yes\",null]"},
                 {"\"must_change\":[null,\"yes\"]", "\"must_change\":[\"yes\",null]"}};
    bool *const states[] = {&all->disabled, &all->second_factor, &all->must_change};
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        *states[i] = strstr(event->changes, marks[i].yes) != NULL ||
                     (*states[i] && strstr(event->changes, marks[i].no) == NULL);
    }
    all->seq = event->seq;
}

static bool check_account(struct audit_check *c, const struct store_account *row, const char *key)
{
    struct audit_reader r;
    struct added_up all = {0};
    if (!store_audit_start_of(&r, c->db, "", "account", key, c->err)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while ((step = store_audit_next(&r, c->err)) == DB_ROW) {
        add_up(&all, &r.event);
    }
    store_audit_end(&r);
    const char *what =
        all.disabled != (row->disabled_at != 0)           ? "is not disabled or enabled"
        : all.second_factor != (row->totp_secret != NULL) ? "has not the second factor"
        : all.must_change != (row->must_change != 0)      ? "need not or must change the password"
                                                          : NULL;
    if (what != NULL && all.seq > 0) {
        say(c, all.seq, "account", key,
            arena_printf(c->arena, "%s as its events say, to this one", what));
    }
    return step != DB_FAULT;
}

static bool check_accounts(struct audit_check *c)
{
    const struct store_account *rows = NULL;
    size_t count = 0;
    struct lasts lasts;
    if (!read_lasts(c, "account", &lasts) ||
        !store_accounts(c->db, c->arena, &rows, &count, c->err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *key = key_text(c->arena, &rows[i].code, 1);
        if (row_stands(c, &lasts, key, true) != NULL && !check_account(c, &rows[i], key)) {
            return false;
        }
    }
    rows_missing(c, &lasts);
    return true;
}

// ---- grants, tokens, settings ----

static bool check_grants(struct audit_check *c)
{
    const struct store_grant *rows = NULL;
    size_t count = 0;
    struct lasts lasts;
    if (!read_lasts(c, "grant", &lasts) ||
        !store_grants(c->db, c->arena, NULL, &rows, &count, c->err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *const parts[] = {rows[i].holder, rows[i].role, rows[i].organisation,
                                     rows[i].scope, rows[i].code};
        (void)row_stands(c, &lasts, key_text(c->arena, parts, COUNT_OF(parts)), true);
    }
    rows_missing(c, &lasts);
    return true;
}

// One whose account was disabled is revoked by that event, so it may be so without one of its own.
static bool check_tokens(struct audit_check *c)
{
    const struct store_token *rows = NULL;
    size_t count = 0;
    struct lasts lasts;
    if (!read_lasts(c, "token", &lasts) ||
        !store_tokens(c->db, c->arena, NULL, &rows, &count, c->err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *key = key_text(c->arena, &rows[i].prefix, 1);
        (void)row_stands(c, &lasts, key, rows[i].revoked_at == 0);
    }
    rows_missing(c, &lasts);
    return true;
}

static bool check_setting(struct audit_check *c, const struct store_setting *row, const char *key,
                          uint64_t seq)
{
    struct audit_reader r;
    struct buf said = buf_new(c->arena, TEXT_MAX_BYTES);
    if (!store_audit_start_one(&r, c->db, seq, c->err)) {
        return false;
    }
    buf_char(&said, ',');
    json_put_text(&said, row->value[0] == '\0' ? NULL : row->value);
    buf_text(&said, "]}");
    enum db_step step = store_audit_next(&r, c->err);
    size_t length = step == DB_ROW ? strlen(r.event.changes) : 0;
    bool same = length >= said.length &&
                strcmp(r.event.changes + length - said.length, buf_cstr(&said)) == 0;
    store_audit_end(&r);
    if (step == DB_ROW && !same) {
        say(c, seq, "setting", key, "says something else than this event recorded");
    }
    return step != DB_FAULT;
}

static bool check_settings(struct audit_check *c)
{
    const struct store_setting *rows = NULL;
    size_t count = 0;
    struct lasts lasts;
    if (!read_lasts(c, "setting", &lasts) ||
        !store_settings(c->db, c->arena, &rows, &count, c->err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *key = key_text(c->arena, &rows[i].name, 1);
        const struct last *last = row_stands(c, &lasts, key, rows[i].value[0] != '\0');
        if (last != NULL && !check_setting(c, &rows[i], key, last->seq)) {
            return false;
        }
    }
    rows_missing(c, &lasts);
    return true;
}

bool audit_people_check(struct audit_check *c)
{
    return check_accounts(c) && check_grants(c) && check_tokens(c) && check_settings(c);
}
