#include <stdlib.h>
#include <string.h>

#include "domain/connections_parts.h"

enum { WORN_AT = 64 << 20 }; // bytes of a connection's own memory

bool connection_hand_over(const struct err *from, struct err *to)
{
    if (from->kind == ERR_NONE) {
        return false;
    }
    if (from->cause != NULL) {
        err_cause(to, "%s", from->cause);
    }
    return err_set(to, from->kind, "%s", from->message);
}

void connection_end(struct connection *c)
{
    arena_free(c->arena);
    c->arena = NULL;
    c->db = NULL;
}

// The messages of opening are made in the connection's memory, which goes when it fails.
static bool open_it(struct connection *c, const char *url, enum db_mode mode, struct err *e)
{
    struct err *inner = ARENA_NEW(c->arena, struct err);
    struct db *db = NULL;
    inner->arena = c->arena;
    if (!store_open(c->arena, url, mode, &db, inner)) {
        return connection_hand_over(inner, e);
    }
    c->db = db;
    return true;
}

bool connection_ready(struct connection *c, const char *url, enum db_mode mode, struct err *e)
{
    if (c->db != NULL && !db_was_replaced(c->db) && arena_used(c->arena) < WORN_AT) {
        return true;
    }
    connection_end(c);
    c->arena = arena_new(0);
    if (c->arena == NULL || ARENA_TRAP(c->arena)) {
        connection_end(c);
        return err_set(e, ERR_SYSTEM, "There is not enough memory to open the record.");
    }
    if (!open_it(c, url, mode, e)) {
        connection_end(c);
        return false;
    }
    arena_trap_back(c->arena, &(struct arena_trap){.set = false});
    return true;
}

int connection_run(struct connection *c, connection_work work, void *context, struct arena *a,
                   struct err *e, bool *ret_worn)
{
    struct arena_trap of_work, of_connection;
    volatile int result = -1;
    arena_trap_aside(a, &of_work);
    arena_trap_aside(c->arena, &of_connection);
    if (ARENA_TRAP(a)) {
        result = -1;
    } else if (ARENA_TRAP(c->arena)) {
        *ret_worn = true;
    } else {
        result = work(context, c->db, a, e) ? 1 : 0;
    }
    arena_trap_back(c->arena, &of_connection);
    arena_trap_back(a, &of_work);
    return result;
}

// ---- reading ----

static struct connection *take_reader(struct connections *c, struct err *e)
{
    struct connection *taken = NULL;
    pthread_mutex_lock(&c->lock);
    bool may = !c->closing && c->reading < CONNECTIONS_WAITING_MAX;
    c->reading += may;
    c->counts.refused += !may;
    while (may && taken == NULL) {
        for (int i = 0; i < CONNECTIONS_READERS && taken == NULL; i++) {
            taken = c->readers[i].busy ? NULL : &c->readers[i];
        }
        if (taken == NULL) {
            pthread_cond_wait(&c->reader_free, &c->lock);
        }
    }
    if (taken != NULL) {
        taken->busy = true;
    }
    pthread_mutex_unlock(&c->lock);
    if (taken == NULL) {
        (void)err_set(e, ERR_AWAY, "Too many are reading the record just now; try again.");
    }
    return taken;
}

static void give_back(struct connections *c, struct connection *reader)
{
    pthread_mutex_lock(&c->lock);
    reader->busy = false;
    c->reading--;
    pthread_cond_signal(&c->reader_free);
    pthread_mutex_unlock(&c->lock);
}

// In memory of its own: nobody may jump away from here with a connection in hand.
static bool begin_read(struct connection *reader, const char *url, struct err *e)
{
    if (!connection_ready(reader, url, DB_READ, e)) {
        return false;
    }
    if (db_begin_read(reader->db, e)) {
        return true;
    }
    // It may have been lost since the last time without a word.
    if (!db_was_replaced(reader->db)) {
        return false;
    }
    e->kind = ERR_NONE;
    e->message = e->cause = NULL;
    return connection_ready(reader, url, DB_READ, e) && db_begin_read(reader->db, e);
}

bool connections_read(struct connections *c, struct arena *a, connection_work work, void *context,
                      struct err *e)
{
    struct err failed = {.arena = arena_new(0)};
    struct err inner = {.arena = a};
    struct connection *volatile reader = failed.arena == NULL ? NULL : take_reader(c, e);
    if (reader == NULL) {
        arena_free(failed.arena);
        return err_set(e, ERR_SYSTEM, "There is not enough memory to read the record.");
    }
    volatile int result = 0;
    volatile bool begun = false;
    bool worn = false;
    if (!ARENA_TRAP(failed.arena)) {
        begun = begin_read(reader, c->url, &failed);
        result = begun ? connection_run(reader, work, context, a, &inner, &worn) : 0;
    }
    if (begun) {
        db_rollback(reader->db);
    }
    if (worn) {
        connection_end(reader);
    }
    give_back(c, reader);
    if (result < 0) {
        arena_free(failed.arena);
        arena_give_up(a);
    }
    if (!begun && failed.kind == ERR_NONE) {
        (void)err_set(e, ERR_SYSTEM, "There is not enough memory to read the record.");
    }
    connection_hand_over(begun ? &inner : &failed, e);
    arena_free(failed.arena);
    return result == 1;
}

// ---- opening and closing ----

bool connections_open(const char *url, struct connections **ret, struct err *e)
{
    struct connections *c = calloc(1, sizeof *c);
    if (c == NULL || (c->url = strdup(url)) == NULL) {
        free(c);
        return err_set(e, ERR_SYSTEM, "There is not enough memory to open the record.");
    }
    c->last = &c->first;
    pthread_mutex_init(&c->lock, NULL);
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&c->work_came, &steady);
    pthread_condattr_destroy(&steady);
    pthread_cond_init(&c->reader_free, NULL);
    if (!connection_ready(&c->readers[0], url, DB_READ, e)) {
        connections_close(c);
        return false;
    }
    c->started = pthread_create(&c->thread, NULL, connections_writing, c) == 0;
    if (!c->started) {
        connections_close(c);
        return err_set(e, ERR_SYSTEM, "The system has no thread left for writing the record.");
    }
    *ret = c;
    return true;
}

void connections_close(struct connections *c)
{
    if (c == NULL) {
        return;
    }
    pthread_mutex_lock(&c->lock);
    c->closing = true;
    pthread_cond_signal(&c->work_came);
    pthread_mutex_unlock(&c->lock);
    if (c->started) {
        pthread_join(c->thread, NULL);
    }
    for (int i = 0; i < CONNECTIONS_READERS; i++) {
        connection_end(&c->readers[i]);
    }
    connection_end(&c->writer);
    pthread_cond_destroy(&c->reader_free);
    pthread_cond_destroy(&c->work_came);
    pthread_mutex_destroy(&c->lock);
    free(c->url);
    free(c);
}

void connections_tell(struct connections *c, void (*tell)(void *context), void *context)
{
    pthread_mutex_lock(&c->lock);
    c->tell = tell;
    c->tell_context = context;
    pthread_mutex_unlock(&c->lock);
}

void connections_measure(struct connections *c, struct metrics *metrics)
{
    c->metrics = metrics;
}

struct connections_counts connections_count(struct connections *c)
{
    pthread_mutex_lock(&c->lock);
    struct connections_counts counts = c->counts;
    counts.waiting = c->waiting;
    pthread_mutex_unlock(&c->lock);
    return counts;
}
