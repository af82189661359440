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

// ---- in memory ----

struct address {
    char text[ADDRESS_MAX];
    int count;
    int64_t since;
};

// A table with places of four: whoever comes new to a full place pushes out the one that began
// longest ago. So it never grows, and finding is a look at four.
enum { WAYS = 4, TURNS = 64, TURN_WAITING_MAX = 24 };

struct turns {
    bool taken;
    int waiting;
};

struct throttle {
    pthread_mutex_t lock;
    pthread_cond_t turn_ended;
    uint64_t seed; // so that nobody can choose addresses of one place
    struct turns turns[TURNS];
    struct address places[ADDRESSES][WAYS];
};

struct throttle *throttle_new(void)
{
    struct throttle *t = calloc(1, sizeof *t);
    if (t == NULL) {
        return NULL;
    }
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->turn_ended, NULL);
    t->seed = (uint64_t)(uintptr_t)t * 0x9e3779b97f4a7c15u;
    return t;
}

void throttle_free(struct throttle *t)
{
    if (t != NULL) {
        pthread_cond_destroy(&t->turn_ended);
        pthread_mutex_destroy(&t->lock);
        free(t);
    }
}

static uint64_t hash_of(const struct throttle *t, const char *text)
{
    uint64_t hash = t->seed;
    for (const char *c = text; *c != '\0'; c++) {
        hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
    }
    return hash >> 32;
}

// NULL where it is not held and `make` is false.
static struct address *place_of(struct throttle *t, const char *address, bool make)
{
    struct address *ways = t->places[hash_of(t, address) % ADDRESSES], *oldest = &ways[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (strncmp(ways[i].text, address, ADDRESS_MAX - 1) == 0) {
            return &ways[i];
        }
        oldest = ways[i].since < oldest->since ? &ways[i] : oldest;
    }
    if (!make) {
        return NULL;
    }
    *oldest = (struct address){0};
    memcpy(oldest->text, address, strnlen(address, ADDRESS_MAX - 1));
    return oldest;
}

unsigned throttle_address(struct throttle *t, const char *address, int64_t now)
{
    unsigned wait = 0;
    pthread_mutex_lock(&t->lock);
    struct address *at = place_of(t, address, true);
    if (at->since <= now - THROTTLE_SECONDS) {
        at->count = 0;
        at->since = now;
    }
    if (at->count >= THROTTLE_ADDRESS_GUESSES) {
        wait = seconds_left(at->since, now);
    } else {
        at->count++;
    }
    pthread_mutex_unlock(&t->lock);
    return wait;
}

void throttle_address_right(struct throttle *t, const char *address)
{
    pthread_mutex_lock(&t->lock);
    struct address *at = place_of(t, address, false);
    if (at != NULL && at->count > 0) {
        at->count--;
    }
    pthread_mutex_unlock(&t->lock);
}

// ---- turns ----

struct throttle_turn {
    struct throttle *throttle;
    struct turns *of; // NULL: none was waited for, or it has ended
};

static void end_turn(void *turn)
{
    throttle_turn_end(turn);
}

struct throttle_turn *throttle_turn(struct throttle *t, struct arena *a, const char *name)
{
    char *folded = arena_alloc(a, strlen(name) + 1);
    struct throttle_turn *turn = ARENA_NEW(a, struct throttle_turn);
    utf8_fold(name, folded);
    turn->throttle = t;
    arena_defer(a, end_turn, turn);
    struct turns *of = &t->turns[hash_of(t, folded) % TURNS];
    pthread_mutex_lock(&t->lock);
    if (of->waiting < TURN_WAITING_MAX) {
        of->waiting++;
        while (of->taken) {
            pthread_cond_wait(&t->turn_ended, &t->lock);
        }
        of->waiting--;
        of->taken = true;
        turn->of = of;
    }
    pthread_mutex_unlock(&t->lock);
    return turn;
}

void throttle_turn_end(struct throttle_turn *turn)
{
    struct throttle *t = turn->throttle;
    pthread_mutex_lock(&t->lock);
    if (turn->of != NULL) {
        turn->of->taken = false;
        turn->of = NULL;
        pthread_cond_broadcast(&t->turn_ended);
    }
    pthread_mutex_unlock(&t->lock);
}
