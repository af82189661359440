#include "domain/trail.h"

#include <string.h>

#include "base/json.h"

static const struct slice NOTHING = {NULL, 0};

struct trail_file {
    struct trail *trail;
    const struct descriptor *kind;
    const char *name;
    struct digest *digest;
    size_t event; // its place among the events
    bool begun;   // a file whose rows all stand there already leaves none
    uint64_t created, superseded;
};

// ---- canonical forms ----

static void put_name(struct buf *b, const char *name, bool first)
{
    buf_text(b, first ? "\"" : ",\"");
    buf_text(b, name);
    buf_text(b, "\":");
}

static void put_private(struct buf *b, struct digest *d, const char *salt,
                        const struct descriptor *kind, const struct column *c, struct slice cell)
{
    char hex[DIGEST_HEX + 1];
    digest_put(d, salt, strlen(salt));
    digest_put(d, "|", 1);
    digest_put(d, kind->name, strlen(kind->name));
    digest_put(d, ".", 1);
    digest_put(d, c->name, strlen(c->name));
    digest_put(d, "|", 1);
    digest_put(d, cell.text, cell.length);
    digest_end(d, hex);
    buf_text(b, "{\"sha256\":\"");
    buf_put(b, hex, DIGEST_HEX);
    buf_text(b, "\"}");
}

static void put_cell(struct buf *b, struct digest *d, const char *salt,
                     const struct descriptor *kind, const struct column *c, struct slice cell)
{
    if (cell.length == 0) {
        buf_text(b, "null");
    } else if (c->private) {
        put_private(b, d, salt, kind, c, cell);
    } else {
        json_put_textn(b, cell.text, cell.length);
    }
}

void trail_put_row(struct buf *b, struct digest *d, const char *salt, const struct descriptor *kind,
                   const struct slice *cells, int version)
{
    bool first = true;
    buf_char(b, '{');
    for (size_t c = 0; c < kind->count; c++) {
        if (cells[c].length > 0) {
            put_name(b, kind->columns[c].name, first);
            put_cell(b, d, salt, kind, &kind->columns[c], cells[c]);
            first = false;
        }
    }
    if (kind->versioned) {
        put_name(b, "version", first);
        buf_int(b, version);
    }
    buf_char(b, '}');
}

void trail_put_key(struct buf *b, const struct descriptor *kind, const struct slice *cells)
{
    const char *before = "[";
    for (size_t c = 0; c < kind->count; c++) {
        if (kind->columns[c].key) {
            buf_text(b, before);
            json_put_textn(b, cells[c].text == NULL ? "" : cells[c].text, cells[c].length);
            before = ",";
        }
    }
    buf_char(b, ']');
}

const char *trail_seen(struct arena *a, const char *salt, const struct descriptor *kind,
                       const struct slice *cells, int version)
{
    struct digest *d = digest_new(a);
    struct buf b = buf_new(a, TRAIL_TEXT_MAX);
    char hex[DIGEST_HEX + 1];
    trail_put_row(&b, d, salt, kind, cells, version);
    digest_put(d, b.text, b.length);
    digest_end(d, hex);
    return arena_textn(a, hex, DIGEST_HEX);
}

static bool same(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

static void put_changes(struct buf *b, const struct trail *t, const struct trail_row *row)
{
    bool first = true;
    buf_char(b, '{');
    for (size_t c = 0; c < row->kind->count; c++) {
        struct slice before = row->before == NULL ? NOTHING : row->before[c];
        struct slice after = row->after == NULL ? NOTHING : row->after[c];
        if (!same(before, after)) {
            const struct column *column = &row->kind->columns[c];
            put_name(b, column->name, first);
            buf_char(b, '[');
            put_cell(b, t->digest, t->salt, row->kind, column, before);
            buf_char(b, ',');
            put_cell(b, t->digest, t->salt, row->kind, column, after);
            buf_char(b, ']');
            first = false;
        }
    }
    buf_char(b, '}');
}

// ---- collecting ----

bool trail_start(struct trail *t, struct db *db, struct arena *a, const struct who *who,
                 const char *at, struct err *e)
{
    struct audit_head head;
    const char *salt = NULL;
    if (!store_audit_head(db, &head, e) || !store_audit_salt(db, a, true, &salt, e)) {
        return false;
    }
    *t = (struct trail){.arena = a,
                        .who = who,
                        .organisation = "",
                        .at = at,
                        .salt = salt,
                        .first = head.seq + 1,
                        .events = grow_new(a, sizeof(struct audit_event)),
                        .files = grow_new(a, sizeof(struct trail_file *)),
                        .digest = digest_new(a),
                        .text = buf_new(a, TRAIL_TEXT_MAX)};
    return true;
}

static const char *keep(struct trail *t)
{
    return arena_textn(t->arena, t->text.text, t->text.length);
}

static struct audit_event *new_event(struct trail *t, const char *action,
                                     const struct descriptor *kind, const char *reason)
{
    struct audit_event *event = grow_add(&t->events);
    *event = (struct audit_event){.at = t->at,
                                  .actor = t->who->actor,
                                  .session = t->who->session,
                                  .action = action,
                                  .organisation = t->organisation,
                                  .kind = kind->name,
                                  .reason = reason == NULL ? "" : reason,
                                  .digest = ""};
    return event;
}

uint64_t trail_row(struct trail *t, const struct trail_row *row)
{
    static const char *const actions[] = {
        [WHO_CREATES] = "create", [WHO_CHANGES] = "change", [WHO_RETIRES] = "retire"};
    struct audit_event *event = new_event(t, actions[row->action], row->kind, row->reason);
    t->text.length = 0;
    trail_put_key(&t->text, row->kind, row->after != NULL ? row->after : row->before);
    event->key = keep(t);
    t->text.length = 0;
    put_changes(&t->text, t, row);
    event->changes = keep(t);
    if (row->after != NULL) {
        char hex[DIGEST_HEX + 1];
        t->text.length = 0;
        trail_put_row(&t->text, t->digest, t->salt, row->kind, row->after, row->version);
        buf_char(&t->text, '\n');
        digest_put(t->digest, t->text.text, t->text.length);
        digest_end(t->digest, hex);
        event->digest = arena_textn(t->arena, hex, DIGEST_HEX);
        event->rows = 1;
    }
    return t->first + t->events.count - 1;
}

struct trail_file *trail_file(struct trail *t, const struct descriptor *kind, const char *name)
{
    struct trail_file *f = ARENA_NEW(t->arena, struct trail_file);
    *f =
        (struct trail_file){.trail = t, .kind = kind, .name = name, .digest = digest_new(t->arena)};
    *(struct trail_file **)grow_add(&t->files) = f;
    return f;
}

uint64_t trail_file_row(struct trail_file *f, const struct slice *cells, int version, bool first)
{
    struct trail *t = f->trail;
    if (!f->begun) {
        f->begun = true;
        f->event = t->events.count;
        new_event(t, "import", f->kind, NULL);
    }
    t->text.length = 0;
    trail_put_row(&t->text, t->digest, t->salt, f->kind, cells, version);
    buf_char(&t->text, '\n');
    digest_put(f->digest, t->text.text, t->text.length);
    f->created += first;
    f->superseded += !first;
    return t->first + f->event;
}

static void finish_file(struct trail *t, struct trail_file *f)
{
    struct audit_event *event = &((struct audit_event *)t->events.items)[f->event];
    char hex[DIGEST_HEX + 1];
    digest_end(f->digest, hex);
    event->digest = arena_textn(t->arena, hex, DIGEST_HEX);
    event->rows = f->created + f->superseded;
    event->changes =
        arena_printf(t->arena, "{\"created\":%llu,\"superseded\":%llu}",
                     (unsigned long long)f->created, (unsigned long long)f->superseded);
    t->text.length = 0;
    buf_char(&t->text, '[');
    json_put_text(&t->text, f->name);
    buf_char(&t->text, ']');
    event->key = keep(t);
    event->reason = arena_printf(t->arena, "import of %s", f->name);
}

bool trail_write(struct trail *t, struct db *db, struct err *e)
{
    for (size_t i = 0; i < t->files.count; i++) {
        struct trail_file *f = ((struct trail_file **)t->files.items)[i];
        if (f->begun) {
            finish_file(t, f);
        }
    }
    return store_audit_append(db, t->arena, t->events.items, t->events.count, e);
}
