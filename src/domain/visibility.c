#include "domain/visibility.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"

enum { KEY_MAX = 96 }; // longer ones are told by their digest

static int scope_order(const void *left, const void *right)
{
    const struct visible_scope *x = left, *y = right;
    if (x->published != y->published) {
        return x->published ? 1 : -1;
    }
    return x->scope != y->scope ? (x->scope < y->scope ? -1 : 1) : strcmp(x->code, y->code);
}

// Codes are cut off from one another by a character that no code holds.
static const char *key_of(struct arena *a, const struct visibility *v)
{
    struct buf text = buf_new(a, 1u << 20);
    struct digest *digest = digest_new(a);
    for (size_t i = 0; i < v->count; i++) {
        const struct visible_scope *s = &v->scopes[i];
        const char *one = arena_printf(a, "%s%s:%s\n", s->published ? "published " : "",
                                       scope_word(s->scope), s->code);
        digest_put(digest, one, strlen(one));
        buf_text(&text, one);
    }
    char hex[DIGEST_HEX + 1];
    digest_end(digest, hex);
    if (v->count == 0) {
        return "nothing";
    }
    return text.length <= KEY_MAX && !text.full ? buf_cstr(&text) : arena_text(a, hex);
}

const struct visibility *access_visibility(struct arena *a, const struct caller *c,
                                           const char *organisation)
{
    if (c->open_record) {
        return NULL;
    }
    bool reads = access_may(c, DUTY_READ, organisation);
    struct visible_scope *scopes = ARENA_ARRAY(a, c->grant_count, struct visible_scope);
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < c->grant_count && reads; i++) {
        const struct grant *g = &c->grants[i];
        if (!access_grant_counts(g, organisation)) {
            continue;
        }
        bool published = g->role == ROLE_PUBLIC;
        if (g->scope == SCOPE_ORGANISATION && !published) {
            return NULL;
        }
        scopes[count++] =
            (struct visible_scope){g->scope, g->code == NULL ? "" : g->code, published};
    }
    qsort(scopes, count, sizeof *scopes, scope_order);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || scope_order(&scopes[kept - 1], &scopes[i]) != 0) {
            scopes[kept++] = scopes[i];
        }
    }
    struct visibility *v = ARENA_NEW(a, struct visibility);
    v->scopes = scopes;
    v->count = kept;
    v->key = key_of(a, v);
    return v;
}

const char *visibility_key(const struct visibility *v)
{
    return v == NULL ? "" : v->key;
}
