#include "http/throttle.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "http/address.h"

enum { SETS = 2048, WAYS = 8 };

// A bucket is told by one number: when it would be full again. Each token taken puts that off by
// the time a token needs to come back.
struct bucket {
    uint64_t client;
    uint64_t full_at; // microseconds; in the past: full, and as good as free
};

struct http_throttle {
    pthread_mutex_t lock;
    unsigned char key[crypto_shorthash_KEYBYTES];
    uint64_t token_us; // for one token to come back
    uint64_t whole_us; // for an empty bucket to be full
    struct bucket buckets[SETS][WAYS];
};

struct http_throttle *http_throttle_new(unsigned at_once, unsigned refill, unsigned seconds)
{
    struct http_throttle *t = calloc(1, sizeof *t);
    if (t == NULL) {
        return NULL;
    }
    pthread_mutex_init(&t->lock, NULL);
    randombytes_buf(t->key, sizeof t->key);
    t->token_us = (uint64_t)seconds * 1000000 / refill;
    t->token_us = t->token_us == 0 ? 1 : t->token_us;
    t->whole_us = t->token_us * at_once;
    return t;
}

void http_throttle_free(struct http_throttle *t)
{
    if (t != NULL) {
        pthread_mutex_destroy(&t->lock);
        free(t);
    }
}

static uint64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

// IPv6: the first 64 bits. IPv4 and whatever is no address: beside them in ff00::/8, which is no
// client's.
static uint64_t client_of(const char *address)
{
    struct address at;
    if (address == NULL || !address_read(address, strlen(address), &at)) {
        return UINT64_MAX;
    }
    bool v4 = address_is_v4(&at);
    uint64_t client = v4 ? UINT32_MAX - 1 : 0;
    for (size_t i = v4 ? 12 : 0; i < (v4 ? 16u : 8u); i++) {
        client = client << 8 | at.bytes[i];
    }
    return client;
}

// The client's bucket; where it has none, the fullest of the set.
static struct bucket *bucket_of(struct http_throttle *t, uint64_t client)
{
    union {
        unsigned char bytes[crypto_shorthash_BYTES];
        uint64_t number;
    } hash;
    crypto_shorthash(hash.bytes, (const unsigned char *)&client, sizeof client, t->key);
    struct bucket *set = t->buckets[hash.number % SETS];
    struct bucket *fullest = &set[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].client == client && set[i].full_at != 0) {
            return &set[i];
        }
        if (set[i].full_at < fullest->full_at) {
            fullest = &set[i];
        }
    }
    *fullest = (struct bucket){.client = client};
    return fullest;
}

bool http_throttle_take(struct http_throttle *t, const char *address, unsigned cost,
                        unsigned *ret_retry_after)
{
    uint64_t client = client_of(address), now = now_us();
    pthread_mutex_lock(&t->lock);
    struct bucket *b = bucket_of(t, client);
    uint64_t from = b->full_at > now ? b->full_at : now;
    uint64_t until = from + cost * t->token_us;
    bool granted = until - now <= t->whole_us;
    if (granted) {
        b->full_at = until;
    } else {
        uint64_t wait = (until - now - t->whole_us) / 1000000 + 1;
        *ret_retry_after = wait > 86400 ? 86400 : (unsigned)wait;
    }
    pthread_mutex_unlock(&t->lock);
    return granted;
}

void http_throttle_return(struct http_throttle *t, const char *address, unsigned cost)
{
    uint64_t client = client_of(address);
    pthread_mutex_lock(&t->lock);
    struct bucket *b = bucket_of(t, client);
    uint64_t back = cost * t->token_us;
    b->full_at = b->full_at > back ? b->full_at - back : 0;
    pthread_mutex_unlock(&t->lock);
}
