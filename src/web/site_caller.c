#include "web/site_caller.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "domain/connections.h"
#include "domain/secret.h"
#include "domain/session.h"
#include "domain/token.h"
#include "web/site_own.h"

const char session_cookie[] = "session";

// ---- who asked before ----

enum {
    SHARDS = 64,             // so that threads seldom meet
    SHARD_MAX = 128,         // callers kept in one: 8,192 in all
    KEPT_SECONDS = 60,       // then the record is asked again, for last_seen to be kept
    BEARER_MAX = 200,        // longer is no token of ours
    CALLER_MEMORY = 1 << 20, // a caller with thousands of grants is not kept
};

// What came with a request. The secret itself, as it is in the request: to digest it each time, as
// the record does, would cost more than all else that is done for a kept page.
struct key {
    enum { KEY_PUBLIC, KEY_SESSION, KEY_TOKEN } kind;
    const char *secret; // "" of the public
};

// What the record said of one session or token; never changed, so it may be read without a lock
// while it is held.
struct known {
    struct known *next;
    atomic_int holders; // the table, and the requests that read it
    struct arena *arena;
    struct key key;
    uint64_t state;     // of the record when it was asked
    int64_t good_until; // seconds since 1970
    struct asking asking;
};

struct shard {
    pthread_mutex_t lock;
    struct known *first; // the newest first
    size_t count;
};

struct callers {
    struct shard shards[SHARDS];
};

static void let_go(void *known)
{
    struct known *k = known;
    if (atomic_fetch_sub(&k->holders, 1) == 1) {
        arena_free(k->arena); // which holds `k` itself
    }
}

static void callers_free(void *callers)
{
    struct callers *c = callers;
    for (size_t i = 0; i < SHARDS; i++) {
        for (struct known *k = c->shards[i].first, *next = NULL; k != NULL; k = next) {
            next = k->next;
            let_go(k);
        }
        pthread_mutex_destroy(&c->shards[i].lock);
    }
}

struct callers *callers_new(struct arena *a)
{
    struct callers *c = ARENA_NEW(a, struct callers);
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_mutex_init(&c->shards[i].lock, NULL);
    }
    arena_defer(a, callers_free, c);
    return c;
}

// FNV-1a: only who has secrets of ours can choose where they go, and shards are bounded.
static struct shard *shard_of(struct callers *c, const struct key *key)
{
    uint32_t h = 2166136261u;
    for (const char *p = key->secret; *p != '\0'; p++) {
        h = (h ^ (unsigned char)*p) * 16777619u;
    }
    return &c->shards[(h ^ h >> 16) % SHARDS];
}

static bool same_key(const struct key *a, const struct key *b)
{
    return a->kind == b->kind && secret_equal(a->secret, b->secret);
}

// Taken out of the table; the caller holds the lock.
static void drop(struct shard *s, struct known **at)
{
    struct known *k = *at;
    *at = k->next;
    s->count--;
    let_go(k);
}

// The one kept under `key`, held for the caller; NULL where there is none that still counts.
// `state` NULL: whatever the record has done meanwhile.
static struct known *find(struct callers *c, const struct key *key, const uint64_t *state,
                          int64_t now)
{
    struct shard *s = shard_of(c, key);
    struct known *found = NULL;
    pthread_mutex_lock(&s->lock);
    for (struct known **at = &s->first; *at != NULL;) {
        if (!same_key(&(*at)->key, key)) {
            at = &(*at)->next;
        } else if (now >= (*at)->good_until || (state != NULL && (*at)->state != *state)) {
            drop(s, at);
        } else {
            found = *at;
            atomic_fetch_add(&found->holders, 1);
            break;
        }
    }
    pthread_mutex_unlock(&s->lock);
    return found;
}

static void keep(struct callers *c, struct known *k)
{
    struct shard *s = shard_of(c, &k->key);
    pthread_mutex_lock(&s->lock);
    k->next = s->first;
    s->first = k;
    s->count++;
    atomic_fetch_add(&k->holders, 1);
    struct known **at = &k->next;
    for (size_t seen = 1; *at != NULL;) {
        if (same_key(&(*at)->key, &k->key) || seen >= SHARD_MAX) {
            drop(s, at); // the one before it under the same key, or the oldest
        } else {
            at = &(*at)->next;
            seen++;
        }
    }
    pthread_mutex_unlock(&s->lock);
}

// ---- what came with the request ----

static const char *bearer(const struct http_request *req)
{
    static const char scheme[] = "Bearer ";
    const char *text = req->authorization;
    if (text == NULL || strncasecmp(text, scheme, sizeof scheme - 1) != 0) {
        return NULL;
    }
    text += sizeof scheme - 1;
    return strlen(text) > BEARER_MAX ? "" : text;
}

static struct key key_of(const struct http_request *req, bool token_too)
{
    const char *token = token_too ? bearer(req) : NULL;
    if (token != NULL) {
        return (struct key){KEY_TOKEN, token};
    }
    const char *secret = http_cookie(req, session_cookie);
    // What has not the form of a secret is nobody's.
    return secret == NULL || strlen(secret) != SECRET_TEXT ? (struct key){KEY_PUBLIC, ""}
                                                           : (struct key){KEY_SESSION, secret};
}

bool callers_must_ask(struct callers *c, const struct http_request *req)
{
    const struct key key = key_of(req, true);
    if (key.kind == KEY_PUBLIC) {
        return false;
    }
    struct known *k = find(c, &key, NULL, (int64_t)time(NULL));
    if (k != NULL) {
        let_go(k);
    }
    return k == NULL;
}

// ---- asking the record ----

struct question {
    struct key key;
    int64_t now;
    // What came of it:
    struct asking asking;
    const char *digest; // of what should be noted as seen; NULL: nothing
    int64_t ends_at;
};

static enum barrier gate_of(const struct session *s)
{
    switch (s->need) {
    case SESSION_NEEDS_CODE: return BARRIER_SECOND_FACTOR;
    case SESSION_NEEDS_ENROLMENT:
        return s->caller.must_change_password ? BARRIER_PASSWORD : BARRIER_ENROL;
    case SESSION_WHOLE: break;
    }
    return s->caller.must_change_password ? BARRIER_PASSWORD : BARRIER_OPEN;
}

static bool ask_session(struct question *q, struct db *db, struct arena *a, struct err *e)
{
    struct session found;
    if (!session_find(db, a, q->key.secret, q->now, &found, e)) {
        return false;
    }
    bool known = found.caller.account != NULL;
    q->asking = (struct asking){.caller = found.caller,
                                .barrier = known ? gate_of(&found) : BARRIER_OPEN,
                                .csrf = known ? found.csrf : NULL,
                                .session = known ? found.digest : NULL,
                                .accounts = !found.caller.open_record};
    q->digest = known && found.seen_due ? found.digest : NULL;
    q->ends_at = known ? found.ends_at : q->now;
    return true;
}

static bool ask_token(struct question *q, struct db *db, struct arena *a, struct err *e)
{
    struct token_found found;
    if (!token_find(db, a, q->key.secret, q->now, &found, e)) {
        return false;
    }
    bool known = found.caller.account != NULL;
    q->asking = (struct asking){.caller = found.caller,
                                .barrier = known ? BARRIER_OPEN : BARRIER_TOKEN,
                                .by_token = true,
                                .accounts = !found.caller.open_record};
    q->digest = known && found.used_due ? found.digest : NULL;
    q->ends_at = known ? q->now + KEPT_SECONDS : q->now;
    return true;
}

static bool ask(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct question *q = context;
    if (q->key.kind != KEY_PUBLIC) {
        return q->key.kind == KEY_TOKEN ? ask_token(q, db, a, e) : ask_session(q, db, a, e);
    }
    q->asking = (struct asking){.barrier = BARRIER_OPEN};
    q->ends_at = INT64_MAX;
    if (!caller_public(db, a, &q->asking.caller, e)) {
        return false;
    }
    q->asking.accounts = !q->asking.caller.open_record;
    return true;
}

static bool note_seen(void *context, struct db *db, struct arena *a, struct err *e)
{
    (void)a;
    const struct question *q = context;
    return q->key.kind == KEY_TOKEN ? token_used(db, q->digest, q->now, e)
                                    : session_seen(db, q->digest, q->now, e);
}

// In an arena of its own, so that it can be kept.
static struct known *ask_record(struct site *s, uint64_t state, struct question *q, struct err *e)
{
    struct arena *own = arena_new(CALLER_MEMORY);
    if (own == NULL || ARENA_TRAP(own)) {
        arena_free(own);
        err_set(e, ERR_AWAY, "There is not enough memory just now to see who asks.");
        return NULL;
    }
    struct err inner = {.arena = e->arena};
    struct known *k = ARENA_NEW(own, struct known);
    if (!connections_read(s->options.connections, own, ask, q, &inner) ||
        (q->digest != NULL &&
         !connections_write(s->options.connections, own, note_seen, q, &inner))) {
        arena_free(own);
        *e = inner;
        return NULL;
    }
    k->arena = own;
    k->key = (struct key){q->key.kind, arena_text(own, q->key.secret)};
    k->state = state;
    k->good_until = q->ends_at < q->now + KEPT_SECONDS ? q->ends_at : q->now + KEPT_SECONDS;
    k->asking = q->asking;
    atomic_store(&k->holders, 1);
    return k;
}

bool callers_known(struct callers *c, const struct http_request *req, uint64_t state,
                   struct asking *out)
{
    const struct key key = key_of(req, true);
    struct known *k = find(c, &key, &state, (int64_t)time(NULL));
    if (k != NULL) {
        arena_defer(req->arena, let_go, k);
        *out = k->asking;
    }
    return k != NULL;
}

bool site_asking(struct site *s, const struct http_request *req, uint64_t state, bool token_too,
                 struct asking *out, struct err *e)
{
    struct question q = {.key = key_of(req, token_too), .now = (int64_t)time(NULL)};
    struct known *k = find(s->callers, &q.key, &state, q.now);
    if (k == NULL) {
        k = ask_record(s, state, &q, e);
        if (k == NULL) {
            return false;
        }
        // Secrets that are none are not worth keeping.
        if (k->asking.caller.account != NULL || q.key.kind == KEY_PUBLIC) {
            keep(s->callers, k);
        }
    }
    arena_defer(req->arena, let_go, k);
    *out = k->asking;
    return true;
}
