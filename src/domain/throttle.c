#include "domain/throttle.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/utf8.h"
#include "store/sessions.h"

enum {
    // Names nobody has cost a row each until they are forgotten; past this many, those that are not
    // counted yet wait.
    GUESSED_AT_MOST = 20000,
    ADDRESSES = 4096,
    ADDRESS_MAX = 48, // an IPv6 address in full has 39
};

const char *throttle_what(struct arena *a, const char *kind, const char *text)
{
    char hex[DIGEST_HEX + 1];
    struct digest *d = digest_new(a);
    char *folded = arena_alloc(a, strlen(text) + 1);
    utf8_fold(text, folded);
    digest_put(d, kind, strlen(kind) + 1);
    digest_put(d, folded, strlen(folded));
    digest_end(d, hex);
    return arena_textn(a, hex, DIGEST_HEX);
}

static unsigned seconds_left(int64_t last, int64_t now)
{
    int64_t left = last + THROTTLE_SECONDS - now;
    return left < 1 ? 1 : left > THROTTLE_SECONDS ? THROTTLE_SECONDS : (unsigned)left;
}

bool throttle_guess(struct db *db, const char *what, int64_t now, unsigned *ret_wait, struct err *e)
{
    int64_t count = 0, last = 0, all = 0;
    if (!store_guess_forget_old(db, now - THROTTLE_SECONDS + 1, e) ||
        !store_guess(db, what, &count, &last, e) || !store_guess_count(db, &all, e)) {
        return false;
    }
    *ret_wait = 0;
    if (count >= THROTTLE_GUESSES) {
        *ret_wait = seconds_left(last, now);
        return true;
    }
    if (count == 0 && all >= GUESSED_AT_MOST) {
        *ret_wait = THROTTLE_SECONDS;
        return true;
    }
    return store_guess_put(db, what, count + 1, now, e);
}

bool throttle_forget(struct db *db, const char *what, struct err *e)
{
    return store_guess_forget(db, what, e);
}

// ---- by address ----

struct address {
    char text[ADDRESS_MAX];
    unsigned count;
    int64_t last;
};

// A table with places of four: whoever comes new to a full place pushes out the one not seen for
// longest. So it never grows, and finding is a look at four.
enum { WAYS = 4 };

struct throttle {
    pthread_mutex_t lock;
    uint64_t seed; // so that nobody can choose addresses of one place
    struct address places[ADDRESSES][WAYS];
};

struct throttle *throttle_new(void)
{
    struct throttle *t = calloc(1, sizeof *t);
    if (t == NULL || pthread_mutex_init(&t->lock, NULL) != 0) {
        free(t);
        return NULL;
    }
    t->seed = (uint64_t)(uintptr_t)t * 0x9e3779b97f4a7c15u;
    return t;
}

void throttle_free(struct throttle *t)
{
    if (t != NULL) {
        pthread_mutex_destroy(&t->lock);
        free(t);
    }
}

static struct address *place_of(struct throttle *t, const char *address)
{
    uint64_t hash = t->seed;
    for (const char *c = address; *c != '\0'; c++) {
        hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
    }
    struct address *ways = t->places[(hash >> 32) % ADDRESSES], *oldest = &ways[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (strncmp(ways[i].text, address, ADDRESS_MAX - 1) == 0) {
            return &ways[i];
        }
        oldest = ways[i].last < oldest->last ? &ways[i] : oldest;
    }
    *oldest = (struct address){0};
    size_t length = strnlen(address, ADDRESS_MAX - 1);
    memcpy(oldest->text, address, length);
    return oldest;
}

unsigned throttle_address(struct throttle *t, const char *address, int64_t now)
{
    unsigned wait = 0;
    pthread_mutex_lock(&t->lock);
    struct address *at = place_of(t, address);
    if (at->last <= now - THROTTLE_SECONDS) {
        at->count = 0;
    }
    if (at->count >= THROTTLE_ADDRESS_GUESSES) {
        wait = seconds_left(at->last, now);
    } else {
        at->count++;
        at->last = now;
    }
    pthread_mutex_unlock(&t->lock);
    return wait;
}
