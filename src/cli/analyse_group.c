// Rows answered a group at a time.
//
// Rows are held until their group is whole. As long as the rows of each group stand together, what
// is whole is answered and let go, and memory does not grow with the input. Where a group comes
// back after another, all rows are held from there on and answered at the end, each in its place;
// only when the first of it has been let go already (the input is large) is it refused.

#include <string.h>

#include "cli/analyse_gone.h"
#include "cli/analyse_run.h"

enum {
    GATHER_ENOUGH = 24 << 20,   // so much is held before anything is let go
    GATHER_SINGLES = 512 << 20, // as long as every group has one row: they may all come back
    ROWS_FIRST = 4,
    SLOTS_FIRST = 64,
};
#define HOLD_LIMIT ((size_t)4 << 30)

struct text {
    const char *at;
    size_t length;
};

// A row that waits for its answer.
struct analyse_held {
    size_t line;
    struct text carried; // its cells in front of the results
    struct text answer;  // the results, to the end of the row
    const char *fault;
};

struct group {
    struct group *next; // in order of first appearance
    const char *name;
    size_t length;
    uint64_t hash;
    char *rows; // count x row_size
    size_t *lines;
    struct analyse_held **held; // one-to-one methods
    size_t count, room;
};

// The rows at hand.
struct pack {
    struct arena *arena;
    struct group *first, *last;
    struct group **slots; // open addressing; the number is a power of two
    size_t slot_count, group_count, row_count;
    struct analyse_held **held; // every row of a one-to-one method, in the order of the file
    size_t held_count, held_room;
    bool mixed; // a group came back
    struct buf scratch;
};

struct grouping {
    struct run *run;
    struct pack pack;
    struct gone_names gone;
    size_t enough;
};

// --- Groups at hand

static struct group **group_slot(struct group **slots, size_t slot_count, struct slice name,
                                 uint64_t hash)
{
    for (size_t i = (size_t)hash & (slot_count - 1);; i = (i + 1) & (slot_count - 1)) {
        const struct group *g = slots[i];
        if (g == NULL || (g->hash == hash && g->length == name.length &&
                          memcmp(g->name, name.text, name.length) == 0)) {
            return &slots[i];
        }
    }
}

static void grow_slots(struct pack *p)
{
    size_t room = p->slot_count == 0 ? SLOTS_FIRST : p->slot_count * 2;
    struct group **slots = ARENA_ARRAY(p->arena, room, struct group *);
    for (struct group *g = p->first; g != NULL; g = g->next) {
        *group_slot(slots, room, (struct slice){g->name, g->length}, g->hash) = g;
    }
    p->slots = slots;
    p->slot_count = room;
}

static bool is_name(const struct group *g, struct slice name)
{
    return g != NULL && g->length == name.length && memcmp(g->name, name.text, name.length) == 0;
}

static struct group *group_of(struct pack *p, struct slice name)
{
    if (is_name(p->last, name)) {
        return p->last; // nearly always
    }
    if (p->group_count * 2 >= p->slot_count) {
        grow_slots(p);
    }
    uint64_t hash = gone_hash(name);
    struct group **slot = group_slot(p->slots, p->slot_count, name, hash);
    if (*slot != NULL) {
        p->mixed = true;
        return *slot;
    }
    struct group *g = ARENA_NEW(p->arena, struct group);
    g->name = arena_textn(p->arena, name.text, name.length);
    g->length = name.length;
    g->hash = hash;
    *(p->last == NULL ? &p->first : &p->last->next) = g;
    p->last = g;
    p->group_count++;
    *slot = g;
    return g;
}

static void add_row(struct grouping *w, struct group *g, struct analyse_held *held)
{
    const struct analyse *j = &w->run->job;
    size_t size = j->options->method->row_size;
    struct arena *a = w->pack.arena;
    if (g->count == g->room) {
        size_t room = g->room == 0 ? ROWS_FIRST : g->room * 2;
        g->rows = arena_grow(a, g->rows, g->count, room, size);
        g->lines = arena_grow(a, g->lines, g->count, room, sizeof *g->lines);
        g->held = arena_grow(a, g->held, g->count, room, sizeof(struct analyse_held *));
        g->room = room;
    }
    memcpy(g->rows + g->count * size, j->parsed, size);
    w->pack.row_count++;
    g->lines[g->count] = j->line;
    g->held[g->count++] = held;
}

// --- Answers

static struct text kept_text(struct grouping *w, size_t from)
{
    struct buf *b = &w->pack.scratch;
    size_t length = b->length - from;
    struct text t = {arena_textn(w->pack.arena, length == 0 ? "" : b->text + from, length), length};
    b->length = from;
    return t;
}

static struct analyse_held *hold(struct grouping *w)
{
    struct run *r = w->run;
    struct pack *p = &w->pack;
    if (p->held_count == p->held_room) {
        size_t room = p->held_room == 0 ? ROWS_FIRST : p->held_room * 2;
        p->held = arena_grow(p->arena, p->held, p->held_count, room, sizeof(struct analyse_held *));
        p->held_room = room;
    }
    struct analyse_held *h = ARENA_NEW(p->arena, struct analyse_held);
    p->held[p->held_count++] = h;
    h->line = r->job.line;
    struct analyse_output *o = &r->output;
    struct csv_writer kept = o->writer;
    o->writer = csv_writer(&p->scratch, "\n", false);
    analyse_put_carried(o, &r->reader.csv);
    h->carried = kept_text(w, 0);
    o->writer = kept;
    return h;
}

void analyse_group_put(struct analyse *j, const struct analyse_group *g, size_t i)
{
    struct analyse_held *h = g->held[i];
    struct grouping *w = j->output->grouping;
    struct csv_writer kept = j->output->writer;
    j->output->writer = csv_writer(&w->pack.scratch, "\n", false);
    j->output->writer.started = j->output->carries; // the results come after a comma
    analyse_put_results(j, h->fault);
    h->answer = kept_text(w, 0);
    j->output->writer = kept;
}

bool analyse_group_refuse(struct analyse *j, const struct analyse_group *g, size_t i,
                          const char *fault, struct err *e)
{
    if (!j->one_to_one) {
        return analyse_refuse(j, g->lines[i], fault, e);
    }
    j->output->faults++;
    if (!j->options->keep_going) {
        return err_set(e, ERR_INPUT, "line %zu: %s", g->lines[i], fault);
    }
    g->held[i]->fault = fault;
    analyse_group_put(j, g, i);
    return true;
}

static void clear_results(struct analyse *j)
{
    for (size_t i = 0; i < j->output->result_columns; i++) {
        j->results[i] = NULL;
    }
}

static bool flush_some(struct run *r)
{
    return r->output.buf.length <= OUTPUT_ENOUGH || analyse_flush(&r->output, r->e);
}

static bool answer_group(struct grouping *w, const struct group *g)
{
    struct run *r = w->run;
    struct analyse_group seen = {g->name, g->rows, g->count, g->lines, g->held};
    clear_results(&r->job);
    return r->job.options->method->group(&r->job, &seen, r->e) && flush_some(r);
}

static bool write_rows(struct grouping *w)
{
    struct run *r = w->run;
    struct buf *out = &r->output.buf;
    for (size_t i = 0; i < w->pack.held_count && !r->output.gone; i++) {
        struct analyse_held *h = w->pack.held[i];
        if (h->answer.length == 0) {
            struct analyse_group lone = {.held = &h};
            clear_results(&r->job);
            analyse_group_put(&r->job, &lone, 0);
        }
        buf_put(out, h->carried.at, h->carried.length);
        buf_put(out, h->answer.at, h->answer.length);
        if (!flush_some(r)) {
            return false;
        }
    }
    return true;
}

// Answers all rows at hand and lets them go.
static bool let_go(struct grouping *w)
{
    struct run *r = w->run;
    for (struct group *g = w->pack.first; g != NULL && !r->output.gone; g = g->next) {
        if (!answer_group(w, g)) {
            return false;
        }
        gone_note(&w->gone, g->hash);
    }
    return write_rows(w);
}

// --- Rows

static bool refuse(struct grouping *w)
{
    struct run *r = w->run;
    struct analyse *j = &r->job;
    if (!j->one_to_one) {
        return analyse_refuse(j, j->line, j->fault, r->e);
    }
    r->output.faults++;
    if (!j->options->keep_going) {
        return err_set(r->e, ERR_INPUT, "line %zu: %s", j->line, j->fault);
    }
    hold(w)->fault = j->fault;
    return true;
}

static bool take(struct grouping *w)
{
    struct analyse *j = &w->run->job;
    memset(j->parsed, 0, j->options->method->row_size);
    if (!run_take(w->run)) {
        return refuse(w);
    }
    struct slice name = j->cells[0];
    if (!is_name(w->pack.last, name) && gone_has(&w->gone, gone_hash(name))) {
        const char *column = j->options->method->columns[0];
        analyse_fault(j,
                      "%s comes back after other rows; sort the input by %s (so large an input "
                      "is read a %s at a time).",
                      analyse_shown(j, 0), column, column);
        return refuse(w);
    }
    struct group *g = group_of(&w->pack, name);
    add_row(w, g, j->one_to_one ? hold(w) : NULL);
    return true;
}

// Whether the row just read begins a group, and enough is held to let it go.
static bool is_enough(const struct grouping *w)
{
    const struct pack *p = &w->pack;
    bool singles = p->row_count == p->group_count && w->gone.count == 0;
    size_t enough = singles ? GATHER_SINGLES : w->enough;
    return !p->mixed && p->group_count > 0 && arena_used(p->arena) > enough &&
           !is_name(p->last, w->run->job.cells[0]);
}

// The rows from the one at hand on, until enough are held or the input ends.
static bool some_groups(struct grouping *w)
{
    struct run *r = w->run;
    do {
        if (!take(w)) {
            return false;
        }
        if (!run_next(r)) {
            return !r->more && let_go(w);
        }
    } while (!is_enough(w));
    return let_go(w);
}

static bool one_pack(struct grouping *w)
{
    struct run *r = w->run;
    struct arena *a = arena_new(HOLD_LIMIT);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return err_set(r->e, ERR_SYSTEM,
                       "line %zu: not enough memory to hold the rows of so large a group; give "
                       "them in parts.",
                       r->job.line);
    }
    w->pack = (struct pack){.arena = a, .scratch = buf_new(a, ANALYSE_OUTPUT_MAX)};
    r->job.arena = a;
    r->output.buf = buf_new(a, ANALYSE_OUTPUT_MAX);
    r->output.writer = csv_writer(&r->output.buf, "\n", false);
    bool done = some_groups(w);
    // What was found before a fault is given all the same.
    bool flushed = analyse_flush(&r->output, r->e);
    arena_free(a);
    return done && flushed;
}

bool run_groups(struct run *r)
{
    struct grouping *w = ARENA_NEW(r->job.kept, struct grouping);
    *w = (struct grouping){.run = r, .gone = {.arena = r->job.kept}, .enough = GATHER_ENOUGH};
    r->output.grouping = w;
    r->job.parsed = arena_alloc(r->job.kept, r->job.options->method->row_size);
    if (!run_next(r)) {
        return !r->more;
    }
    while (r->more && !r->output.gone) {
        if (!one_pack(w)) {
            return false;
        }
        w->enough = BATCH_ENOUGH;
    }
    return true;
}
