#include "domain/formula_order.h"

enum colour { UNSEEN, ON_PATH, DONE };

struct step {
    uint32_t node;
    size_t next; // which of its needs comes next
};

struct walk {
    struct arena *arena;
    const struct formula_needs *all;
    unsigned char *colour;
    bool *stuck; // stands in a loop, or needs what does
    struct step *path;
    size_t depth;
    uint32_t *order;
    size_t ordered;
    struct grow *loops;
};

static void report_loop(struct walk *w, uint32_t back)
{
    size_t from = w->depth;
    while (w->path[from - 1].node != back) {
        from--;
    }
    from--;
    uint32_t *nodes = ARENA_ARRAY(w->arena, w->depth - from, uint32_t);
    for (size_t i = from; i < w->depth; i++) {
        nodes[i - from] = w->path[i].node;
        w->stuck[w->path[i].node] = true;
    }
    *(struct formula_loop *)grow_add(w->loops) = (struct formula_loop){nodes, w->depth - from};
}

static void finish_node(struct walk *w)
{
    uint32_t node = w->path[--w->depth].node;
    w->colour[node] = DONE;
    if (!w->stuck[node]) {
        w->order[w->ordered++] = node;
    } else if (w->depth > 0) {
        w->stuck[w->path[w->depth - 1].node] = true;
    }
}

static void enter(struct walk *w, uint32_t node)
{
    w->colour[node] = ON_PATH;
    w->path[w->depth++] = (struct step){node, 0};
}

// Depth first, without recursion: formulas may need one another in a row as long as they like.
static void walk_from(struct walk *w, uint32_t start)
{
    enter(w, start);
    while (w->depth > 0) {
        struct step *top = &w->path[w->depth - 1];
        const struct formula_needs *of = &w->all[top->node];
        if (top->next == of->count) {
            finish_node(w);
            continue;
        }
        uint32_t needed = of->needs[top->next++];
        if (w->colour[needed] == ON_PATH) {
            report_loop(w, needed);
        } else if (w->colour[needed] == UNSEEN) {
            enter(w, needed);
        } else if (w->stuck[needed]) {
            w->stuck[top->node] = true;
        }
    }
}

size_t formula_order(struct arena *a, const struct formula_needs *all, size_t count,
                     uint32_t *order, struct grow *loops)
{
    struct walk w = {.arena = a,
                     .all = all,
                     .colour = ARENA_ARRAY(a, count, unsigned char),
                     .stuck = ARENA_ARRAY(a, count, bool),
                     .path = ARENA_ARRAY(a, count, struct step),
                     .order = order,
                     .loops = loops};
    for (size_t i = 0; i < count; i++) {
        if (w.colour[i] == UNSEEN) {
            walk_from(&w, (uint32_t)i);
        }
    }
    return w.ordered;
}
