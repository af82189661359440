// A write of the API in its one transaction: asked before? who may? the door; what stands now.
#include <string.h>
#include <time.h>

#include "base/digest.h"
#include "view/row_json.h"
#include "web/api.h"

enum { ANSWER_MAX = 16 << 20 };

static const char *tree_as_text(struct visit *v, const struct tree *tree)
{
    struct buf b = buf_new(v->arena, ANSWER_MAX);
    tree_write_json(&b, tree);
    buf_char(&b, '\n');
    return buf_cstr(&b);
}

// If-Match: * stands for whatever is there now, read in the same transaction.
static bool see(struct api_writing *w, struct db *db, struct arena *a, struct err *e)
{
    struct door_change *change = ARENA_NEW(a, struct door_change);
    struct door_row now = {0};
    *change = w->changes[0];
    if (!door_read(db, a, w->visit->organisation, change->kind, change->cells, &now, e)) {
        return false;
    }
    change->seen = now.seen;
    w->changes = change;
    return true;
}

static bool answer_row(struct api_writing *w, struct db *db, struct arena *a, struct err *e)
{
    const struct door_change *change = &w->changes[0];
    const struct descriptor *d = descriptor_of(change->kind);
    struct door_row row = {0};
    bool read = w->answer.changed
                    ? row_of_event(db, a, w->answer.last_event, &row, e)
                    : door_read(db, a, w->visit->organisation, d->kind, change->cells, &row, e);
    if (!read) {
        return false;
    }
    bool created = change->action == WHO_CREATES && w->answer.changed;
    if (row.cells == NULL) {
        w->made = (struct kept_answer){.status = 204, .body = ""};
        return true;
    }
    w->made = (struct kept_answer){
        .status = created ? 201 : 200,
        .etag = row.seen,
        .location = created ? api_row_address(w->visit, d, row.cells) : NULL,
        .content_type = "application/json",
        .body = tree_as_text(w->visit, api_row_tree(w->visit, d, row.cells, row.version))};
    return true;
}

static void answer_several(struct api_writing *w)
{
    struct tree *map = tree_new_map(w->visit->arena);
    tree_bool(map, "changed", w->answer.changed);
    tree_int(map, "changes", (int64_t)w->count);
    if (w->answer.changed) {
        tree_int(map, "first_event", (int64_t)w->answer.first_event);
        tree_int(map, "last_event", (int64_t)w->answer.last_event);
    }
    w->made = (struct kept_answer){
        .status = 200, .content_type = "application/json", .body = tree_as_text(w->visit, map)};
}

static bool find_kept(struct api_writing *w, struct db *db, struct arena *a, int64_t now,
                      struct err *e)
{
    struct kept_answer kept = {0};
    if (!kept_answer_find(db, a, w->key, now, &kept, &w->replayed, e)) {
        return false;
    }
    if (w->replayed && strcmp(kept.request, w->request) != 0) {
        return err_set(e, ERR_INPUT,
                       "This Idempotency-Key was used for another request; make a new key for each "
                       "new request.");
    }
    w->made = kept;
    return true;
}

// May be run twice: everything it gives is set anew.
static bool work(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct api_writing *w = context;
    const struct door_change *as_given = w->changes;
    int64_t now = (int64_t)time(NULL);
    struct who who;
    w->made = (struct kept_answer){0};
    w->replayed = false;
    if (w->key != NULL && !find_kept(w, db, a, now, e)) {
        return false;
    }
    if (w->replayed) {
        return true;
    }
    if ((w->any_version && !see(w, db, a, e)) ||
        !access_who(db, a, &w->visit->caller, w->visit->organisation, &who, e)) {
        return false;
    }
    const struct door_options options = {w->visit->organisation, visit_at(w->visit), &who};
    bool done = door_apply_within(db, a, &options, w->changes, w->count, &w->answer, e);
    if (done && w->several) {
        answer_several(w);
    } else if (done) {
        done = answer_row(w, db, a, e);
    }
    w->changes = as_given;
    if (!done || w->key == NULL) {
        return done;
    }
    w->made.request = w->request;
    return kept_answers_forget(db, now, e) && kept_answer_keep(db, w->key, &w->made, now, e);
}

// The key is an account's own: nobody is answered with what another was told.
static void take_key(struct api_writing *w)
{
    struct visit *v = w->visit;
    if (v->req->idempotency_key == NULL || v->req->method != HTTP_POST) {
        return;
    }
    char hex[DIGEST_HEX + 1];
    struct digest *d = digest_new(v->arena);
    digest_put(d, v->caller.account, strlen(v->caller.account) + 1);
    digest_put(d, v->req->idempotency_key, strlen(v->req->idempotency_key));
    digest_end(d, hex);
    w->key = arena_text(v->arena, hex);
    digest_put(d, v->req->target, strlen(v->req->target) + 1);
    digest_put(d, v->req->body, v->req->body_length);
    digest_end(d, hex);
    w->request = arena_text(v->arena, hex);
}

bool api_run(struct api_writing *w, struct err *e)
{
    take_key(w);
    if (!visit_write(w->visit, work, w, e)) {
        return false;
    }
    struct http_response *res = w->visit->res;
    res->status = w->made.status;
    res->content_type = w->made.content_type;
    res->etag = w->made.etag;
    res->location = w->made.location;
    res->body = w->made.body;
    res->length = strlen(w->made.body);
    return true;
}

// ---- refused ----

static struct tree *refusals(const struct api_writing *w)
{
    struct arena *a = w->visit->arena;
    struct tree *list = tree_new_list(a);
    for (size_t i = 0; i < w->answer.refusal_count; i++) {
        const struct door_refusal *r = &w->answer.refusals[i];
        struct tree *item = tree_map(list, NULL);
        const char *before = w->several ? arena_printf(a, "/changes/%zu", r->change) : "";
        tree_text(item, "pointer",
                  r->column == NULL ? arena_printf(a, "%s/fields", before)
                                    : arena_printf(a, "%s/fields/%s", before, r->column));
        tree_text(item, "detail",
                  r->found == NULL || r->found[0] == '\0'
                      ? arena_printf(a, "%s %s", r->column == NULL ? "this" : r->column, r->why)
                      : arena_printf(a, "%s \"%s\" %s", r->column == NULL ? "this" : r->column,
                                     r->found, r->why));
    }
    return list;
}

bool api_refuse(struct api_writing *w, struct err *e)
{
    struct visit *v = w->visit;
    if (e->kind == ERR_INPUT && w->answer.refusal_count > 0) {
        struct visit_problem p = {422, "fields", "Fields at fault", e->message, refusals(w), NULL};
        *e = (struct err){.arena = e->arena};
        return visit_problem(v, &p, e);
    }
    if (e->kind == ERR_INPUT && w->key != NULL) {
        struct visit_problem p = {422, "idempotency-key", "Key used before", e->message, NULL,
                                  NULL};
        *e = (struct err){.arena = e->arena};
        return visit_problem(v, &p, e);
    }
    if (e->kind != ERR_CONFLICT) {
        return false;
    }
    const struct door_change *change = &w->changes[w->answer.conflict];
    const struct descriptor *d = descriptor_of(change->kind);
    bool creates = change->action == WHO_CREATES;
    struct visit_problem p = {creates ? 409 : 412,
                              "changed",
                              "Changed meanwhile",
                              e->message,
                              NULL,
                              w->answer.now == NULL ? NULL : api_row_tree(v, d, w->answer.now, 0)};
    if (creates) {
        p.type = "exists";
        p.title = "Already there";
        p.detail = arena_printf(v->arena, "There is a %s with this key already; change that one.",
                                d->name);
    }
    *e = (struct err){.arena = e->arena};
    return visit_problem(v, &p, e);
}
