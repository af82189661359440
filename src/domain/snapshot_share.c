#include "domain/snapshot_share.h"

#include <pthread.h>
#include <unistd.h>

#include "domain/formula_figures.h"
#include "domain/judging.h"
#include "domain/protect.h"

enum {
    MEASURES_A_SHARE = 200, // below that a thread and its connection cost more than they bring
    SHARE_MAX_MB = 1024,
};

struct job {
    struct share share;
    struct db *db;
    struct err err; // its text in the share's arena
    bool runs;      // in a thread of its own
    bool good;
    pthread_t thread;
};

static void release(void *arena)
{
    arena_free(arena);
}

static bool read_share(struct job *j)
{
    struct share *s = &j->share;
    struct store_scope scope = {.organisation = s->build->organisation,
                                .year_start = s->build->council->year_start,
                                .from = s->measures[0].code,
                                .to = s->measures[s->count - 1].code};
    if (!store_figures(j->db, s->arena, &scope, share_take_figures, s, &j->err) ||
        !store_targets(j->db, s->arena, &scope, share_take_targets, s, &j->err)) {
        return false;
    }
    share_take_decisions(s);
    struct judging *judging = judging_new(s->build->council, s->arena);
    for (size_t i = 0; i < s->count; i++) {
        struct measure *m = (struct measure *)(uintptr_t)&s->measures[i];
        share_sort_parts(m);
        if (m->formula == NULL) {
            protect_measure(s->arena, s->build->council, m);
        }
        // What is worked out of others is judged when it was: formula_figures.
        for (size_t k = 0; k < m->series_count && m->formula == NULL; k++) {
            judge_series(judging, m, (struct series *)(uintptr_t)&m->series[k]);
        }
    }
    return true;
}

static bool do_share(struct job *j)
{
    if (ARENA_TRAP(j->share.arena)) {
        return false; // and no message: there is no room for one
    }
    return read_share(j);
}

// ---- connections of their own ----

void build_helpers_open(struct build *b)
{
    uint64_t measures = 0;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    struct err ignored = {.arena = b->arena};
    if (!store_measure_count(b->db, b->organisation, &measures, &ignored)) {
        return;
    }
    uint64_t wanted = measures / MEASURES_A_SHARE;
    while (b->helper_count < BUILD_HELPERS_MAX && b->helper_count + 1 < wanted &&
           (long)b->helper_count + 1 < processors &&
           store_open(b->arena, db_url(b->db), DB_READ, &b->helpers[b->helper_count], &ignored)) {
        b->helper_count++;
    }
}

void build_helpers_close(struct build *b)
{
    while (b->helper_count > 0) {
        db_close(b->helpers[--b->helper_count]);
    }
}

static void *run_helper(void *job)
{
    struct job *j = job;
    j->good = do_share(j);
    return NULL;
}

// A helper sees what the build sees when it begins while the build reads, for nothing can be
// written then, and finds the record at the same change.
static bool sees_the_same(struct build *b, struct job *j)
{
    struct err ignored = {.arena = b->arena};
    return db_begin_read_now(j->db, &ignored) &&
           db_change_counter(j->db) == db_change_counter(b->db);
}

// ---- all shares ----

static bool give_arena(struct build *b, struct job *j)
{
    bool is_large = j->share.count >= MEASURES_A_SHARE;
    size_t limit = (size_t)SHARE_MAX_MB << 20;
    struct arena *a = is_large ? arena_new_large(limit) : arena_new(limit);
    if (a == NULL) {
        return err_set(b->err, ERR_SYSTEM, "There is not enough memory to read the record.");
    }
    arena_defer(b->arena, release, a);
    j->share.arena = a;
    j->err = (struct err){.arena = a};
    return true;
}

static bool prepare(struct build *b, struct job *jobs, size_t count)
{
    const struct council *c = b->council;
    for (size_t i = 0; i < count; i++) {
        size_t first = c->measure_count * i / count, next = c->measure_count * (i + 1) / count;
        jobs[i] = (struct job){
            .share = {.build = b, .measures = c->measures + first, .count = next - first},
            .db = i == 0 ? b->db : b->helpers[i - 1]};
        if (!give_arena(b, &jobs[i])) {
            return false;
        }
        jobs[i].runs = i > 0 && sees_the_same(b, &jobs[i]);
    }
    return true;
}

// In threads of their own, but for the first. Nothing of the build's own arena is touched here: it
// may not jump away while threads run.
static void run_all(struct job *jobs, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        jobs[i].runs =
            jobs[i].runs && pthread_create(&jobs[i].thread, NULL, run_helper, &jobs[i]) == 0;
    }
    jobs[0].good = do_share(&jobs[0]);
    for (size_t i = 1; i < count; i++) {
        if (jobs[i].runs) {
            pthread_join(jobs[i].thread, NULL);
        }
    }
}

static bool explain(struct build *b, const struct job *j)
{
    if (j->err.message == NULL) {
        return err_set(b->err, ERR_SYSTEM,
                       "There is not enough memory to read the council's record.");
    }
    if (j->err.cause != NULL) {
        err_cause(b->err, "%s", j->err.cause);
    }
    return err_set(b->err, j->err.kind, "%s", j->err.message);
}

// What no thread did, or did on another file than ours (a restore put one in its place).
static bool finish(struct build *b, struct job *jobs, size_t count)
{
    bool replaced = count > 1 && db_was_replaced(b->db);
    for (size_t i = 0; i < count; i++) {
        struct job *j = &jobs[i];
        if (i > 0 && (!j->good || replaced)) {
            if (!give_arena(b, j)) {
                return false;
            }
            j->db = b->db;
            j->good = do_share(j);
        }
        if (!j->good) {
            return explain(b, j);
        }
    }
    return true;
}

static void make_series(struct build *b)
{
    struct council *c = b->council;
    struct series *wholes = ARENA_ARRAY(b->arena, c->measure_count, struct series);
    for (size_t i = 0; i < c->measure_count; i++) {
        struct measure *m = (struct measure *)(uintptr_t)&c->measures[i];
        wholes[i].part = "";
        m->series = &wholes[i];
        m->series_count = 1;
    }
}

bool build_figures(struct build *b)
{
    size_t measures = b->council->measure_count;
    size_t count = measures == 0 ? 0 : measures > b->helper_count ? b->helper_count + 1 : 1;
    struct job jobs[BUILD_HELPERS_MAX + 1];
    make_series(b);
    if (count > 0) {
        if (!prepare(b, jobs, count)) {
            return false;
        }
        run_all(jobs, count);
    }
    if (!finish(b, jobs, count)) {
        return false;
    }
    formula_figures(b);
    build_quarters(b);
    return true;
}
