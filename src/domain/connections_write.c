// The writing thread: works in groups, each under a savepoint, one commit for all.
#include <string.h>
#include <time.h>

#include "base/metrics.h"
#include "domain/connections_parts.h"

// One commit's worth. Its messages are in memory of its own.
struct group {
    struct connections *of;
    struct waiting *works[CONNECTIONS_GROUP_MAX];
    size_t count;
    size_t run;     // of them, so far
    struct err err; // what befell all of them
    bool worn;      // the connection's memory ran out
};

static const char NO_MEMORY[] = "There is not enough memory for this change; nothing was changed.";

// ---- what becomes of one ----

// In the trap of the work's own arena, which may be full.
static void fail_one(struct waiting *w, const struct err *why)
{
    struct arena_trap callers;
    w->good = false;
    w->err = (struct err){.arena = w->arena};
    arena_trap_aside(w->arena, &callers);
    if (ARENA_TRAP(w->arena)) {
        w->out_of_memory = true;
    } else {
        (void)connection_hand_over(why, &w->err);
    }
    arena_trap_back(w->arena, &callers);
}

static void fail_all(struct group *g)
{
    struct err none = {.kind = ERR_SYSTEM, .message = NO_MEMORY};
    for (size_t i = 0; i < g->count; i++) {
        // What was turned back alone keeps its own reason.
        if (i >= g->run || g->works[i]->good) {
            fail_one(g->works[i], g->err.kind == ERR_NONE ? &none : &g->err);
        }
    }
}

static void forget(struct err *e)
{
    *e = (struct err){.arena = e->arena};
}

// Under its savepoint. False: the transaction as a whole is gone (g->err).
static bool run_one(struct group *g, struct waiting *w)
{
    struct connection *writer = &g->of->writer;
    if (!db_savepoint(writer->db, &g->err)) {
        return false;
    }
    forget(&w->err);
    w->err.arena = w->arena;
    int result = connection_run(writer, w->work, w->context, w->arena, &w->err, &g->worn);
    w->out_of_memory = result < 0;
    w->good = result == 1;
    g->run++;
    if (w->good) {
        return db_savepoint_keep(writer->db, &g->err);
    }
    return db_savepoint_undo(writer->db, &g->err);
}

// ---- a group ----

static bool begin(struct group *g)
{
    struct connections *c = g->of;
    if (!connection_ready(&c->writer, c->url, DB_WRITE, &g->err)) {
        return false;
    }
    if (db_begin(c->writer.db, &g->err)) {
        return true;
    }
    // It may have been lost since the last time without a word.
    if (!db_was_replaced(c->writer.db)) {
        return false;
    }
    forget(&g->err);
    return connection_ready(&c->writer, c->url, DB_WRITE, &g->err) &&
           db_begin(c->writer.db, &g->err);
}

static int64_t now_in_microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static struct timespec as_timespec(int64_t microseconds)
{
    return (struct timespec){microseconds / 1000000, microseconds % 1000000 * 1000};
}

// Waits until `until` where nobody waits (0: not at all).
static void take_waiting(struct group *g, int64_t until)
{
    struct connections *c = g->of;
    struct timespec end = as_timespec(until);
    pthread_mutex_lock(&c->lock);
    while (until != 0 && c->first == NULL && !c->closing &&
           pthread_cond_timedwait(&c->work_came, &c->lock, &end) == 0) {
    }
    while (c->first != NULL && g->count < CONNECTIONS_GROUP_MAX) {
        g->works[g->count++] = c->first;
        c->first = c->first->next;
        c->waiting--;
    }
    if (c->first == NULL) {
        c->last = &c->first;
    }
    pthread_mutex_unlock(&c->lock);
}

// Who comes while the group is at work joins it, for a moment. As many as wrote a moment ago are
// waited for, half as long as a commit takes: whoever was just told of the last commit asks for the
// next change a little later, and would else find the next commit begun without it.
static bool run_all(struct group *g, bool joined)
{
    enum { JOIN_MICROSECONDS = 20000, GATHER_MICROSECONDS = 5000 };
    const struct connections *c = g->of;
    int64_t since = now_in_microseconds();
    int64_t half = c->commit_microseconds / 2;
    int64_t gather = since + (half < GATHER_MICROSECONDS ? half : GATHER_MICROSECONDS);
    for (;;) {
        while (g->run < g->count) {
            if (!run_one(g, g->works[g->run])) {
                return false;
            }
            if (g->worn) {
                return true; // the others stay for a new connection
            }
        }
        int64_t now = now_in_microseconds();
        if (!joined || now - since > JOIN_MICROSECONDS) {
            return true;
        }
        take_waiting(g, g->count < c->crowd && now < gather ? gather : 0);
        if (g->run == g->count) {
            return true;
        }
    }
}

static bool any_good(const struct group *g)
{
    size_t i = 0;
    while (i < g->run && !g->works[i]->good) {
        i++;
    }
    return i < g->run;
}

static void told_of_commit(struct connections *c, size_t works)
{
    pthread_mutex_lock(&c->lock);
    c->counts.commits++;
    c->crowd = works + c->waiting;
    void (*tell)(void *context) = c->tell;
    void *context = c->tell_context;
    pthread_mutex_unlock(&c->lock);
    if (tell != NULL) {
        tell(context);
    }
}

// False: nothing was kept, g->err says why.
static bool finish(struct group *g)
{
    struct db *db = g->of->writer.db;
    if (!any_good(g)) {
        db_rollback(db);
        return true;
    }
    int64_t since = now_in_microseconds();
    uint64_t started = metrics_clock();
    if (!db_commit(db, &g->err)) {
        metrics_add(g->of->metrics, METRIC_COMMIT_FAILED, 1);
        return false;
    }
    metrics_took(g->of->metrics, METRIC_COMMIT, metrics_clock() - started);
    metrics_add(g->of->metrics, METRIC_CHANGES, g->count);
    g->of->commit_microseconds = now_in_microseconds() - since;
    told_of_commit(g->of, g->count);
    return true;
}

enum outcome { KEPT, LOST, TURNED_BACK };

// In the trap of the group's own memory.
static enum outcome try_group(struct group *g, bool joined)
{
    struct connections *c = g->of;
    if (!begin(g)) {
        return LOST;
    }
    if (!run_all(g, joined)) {
        db_rollback(c->writer.db);
        return db_was_replaced(c->writer.db) ? LOST : TURNED_BACK;
    }
    return finish(g) ? KEPT : LOST;
}

static void wake(struct connections *c, struct waiting *w)
{
    pthread_mutex_lock(&c->lock);
    w->done = true;
    c->counts.written += w->good;
    c->counts.failed += !w->good;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&c->lock);
}

static enum outcome run_group(struct group *g, bool joined)
{
    struct arena *scratch = arena_new(0);
    volatile enum outcome outcome = LOST;
    g->err = (struct err){.arena = scratch};
    if (scratch != NULL && !ARENA_TRAP(scratch)) {
        outcome = try_group(g, joined);
    } else {
        forget(&g->err);
    }
    if (g->of->writer.db != NULL) {
        db_rollback(g->of->writer.db); // harmless when it is over
    }
    if (outcome == LOST || (outcome == TURNED_BACK && !joined)) {
        fail_all(g);
    }
    if (g->worn) {
        connection_end(&g->of->writer);
    }
    arena_free(scratch);
    return outcome;
}

// The engine gave up the transaction: whose work did not fail by itself has it run once more,
// alone.
static void run_alone(struct connections *c, struct waiting *w)
{
    struct group g = {.of = c, .works = {w}, .count = 1};
    (void)run_group(&g, false);
}

static void serve(struct connections *c)
{
    struct group g = {.of = c};
    take_waiting(&g, 0);
    enum outcome outcome = run_group(&g, true);
    for (size_t i = 0; i < g.count; i++) {
        bool own_fault = i < g.run && !g.works[i]->good;
        if ((outcome == TURNED_BACK || (outcome == KEPT && i >= g.run)) && !own_fault) {
            run_alone(c, g.works[i]);
        }
        wake(c, g.works[i]);
    }
}

void *connections_writing(void *connections)
{
    struct connections *c = connections;
    for (;;) {
        pthread_mutex_lock(&c->lock);
        while (c->first == NULL && !c->closing) {
            pthread_cond_wait(&c->work_came, &c->lock);
        }
        bool over = c->first == NULL;
        pthread_mutex_unlock(&c->lock);
        if (over) {
            return NULL;
        }
        serve(c);
    }
}

// ---- whoever waits ----

static bool enqueue(struct connections *c, struct waiting *w)
{
    pthread_mutex_lock(&c->lock);
    bool may = !c->closing && c->waiting < CONNECTIONS_WAITING_MAX;
    if (may) {
        *c->last = w;
        c->last = &w->next;
        c->waiting++;
        pthread_cond_signal(&c->work_came);
        while (!w->done) {
            pthread_cond_wait(&w->wake, &c->lock);
        }
    } else {
        c->counts.refused++;
    }
    pthread_mutex_unlock(&c->lock);
    return may;
}

bool connections_write(struct connections *c, struct arena *a, connection_work work, void *context,
                       struct err *e)
{
    struct waiting w = {.work = work, .context = context, .arena = a, .err = {.arena = a}};
    pthread_cond_init(&w.wake, NULL);
    bool served = enqueue(c, &w);
    pthread_cond_destroy(&w.wake);
    if (!served) {
        return err_set(e, ERR_AWAY, "Too many changes wait to be written; try again in a moment.");
    }
    if (w.out_of_memory) {
        arena_give_up(a);
    }
    return w.good || connection_hand_over(&w.err, e);
}
