// Loops: a unit that is part of itself, a person who manages their own manager, an aim that
// contributes to what contributes to it.
#include <string.h>

#include "domain/framework.h"
#include "domain/text_table.h"

struct edge {
    uint32_t to;
    enum kind kind; // the row that says so
    uint32_t next;  // another edge from the same node; 0: none (edges are numbered from 1)
};

struct graph {
    struct framework *f;
    struct text_table nodes;
    struct grow edges;
    struct grow first; // uint32_t, by node
};

static uint32_t node(struct graph *g, const char *code)
{
    uint32_t number = text_table_add(&g->nodes, (struct slice){code, strlen(code)});
    if (number == g->first.count) {
        grow_add(&g->first);
    }
    return number;
}

static void add_edge(struct graph *g, const char *from, const char *to, enum kind kind)
{
    if (from == NULL || to == NULL) {
        return;
    }
    uint32_t a = node(g, from);
    uint32_t b = node(g, to);
    uint32_t *first = &((uint32_t *)g->first.items)[a];
    *(struct edge *)grow_add(&g->edges) = (struct edge){b, kind, *first};
    *first = (uint32_t)g->edges.count;
}

static struct graph graph_new(struct framework *f)
{
    return (struct graph){f, text_table_new(f->arena), grow_new(f->arena, sizeof(struct edge)),
                          grow_new(f->arena, sizeof(uint32_t))};
}

static bool add_rows(struct graph *g, enum kind kind, int from, int to)
{
    const struct store_rows *rows = framework_rows(g->f, kind);
    for (size_t i = 0; rows != NULL && i < rows->count; i++) {
        add_edge(g, rows->rows[i].cells[from], rows->rows[i].cells[to], kind);
    }
    return rows != NULL;
}

static const char *code_of(const struct graph *g, uint32_t n)
{
    struct slice s = text_table_text(&g->nodes, n);
    return s.text; // a cell of the record: ends with NUL
}

enum colour { UNSEEN, ON_PATH, DONE };

struct step {
    uint32_t node;
    uint32_t edge; // to be followed next; 0: all were
};

// "A > B > A", from where the path first meets `back`.
static const char *path_text(const struct graph *g, const struct step *path, size_t depth,
                             uint32_t back)
{
    struct buf b = buf_new(g->f->arena, 1 << 16);
    bool on = false;
    for (size_t i = 0; i < depth; i++) {
        on = on || path[i].node == back;
        if (on) {
            buf_text(&b, code_of(g, path[i].node));
            buf_text(&b, " > ");
        }
    }
    buf_text(&b, code_of(g, back));
    return buf_cstr(&b);
}

static void report(struct graph *g, const struct step *path, size_t depth, const struct edge *e)
{
    uint32_t from = path[depth - 1].node;
    bool link = e->kind == KIND_CONTRIBUTION;
    int column = link                     ? CONTRIBUTION_TO_AIM
                 : e->kind == KIND_UNIT   ? UNIT_PARENT
                 : e->kind == KIND_PERSON ? PERSON_MANAGER
                                          : AIM_PARENT;
    const char *to = code_of(g, e->to);
    framework_fault(g->f, (struct framework_fault){
                              "loop", e->kind, code_of(g, from), link ? to : NULL, column, to,
                              arena_printf(g->f->arena,
                                           "closes a loop (%s): take one of these "
                                           "links out",
                                           path_text(g, path, depth, e->to))});
}

// Depth first, without recursion: a thread may be as long as the council likes.
static void walk_from(struct graph *g, uint32_t start, unsigned char *colour, struct step *path)
{
    const struct edge *edges = g->edges.items;
    const uint32_t *first = g->first.items;
    size_t depth = 0;
    path[depth++] = (struct step){start, first[start]};
    colour[start] = ON_PATH;
    while (depth > 0) {
        struct step *top = &path[depth - 1];
        if (top->edge == 0) {
            colour[top->node] = DONE;
            depth--;
            continue;
        }
        const struct edge *e = &edges[top->edge - 1];
        top->edge = e->next;
        if (colour[e->to] == ON_PATH) {
            report(g, path, depth, e);
        } else if (colour[e->to] == UNSEEN) {
            colour[e->to] = ON_PATH;
            path[depth++] = (struct step){e->to, first[e->to]};
        }
    }
}

static void find_loops(struct graph *g)
{
    size_t count = text_table_count(&g->nodes);
    unsigned char *colour = ARENA_ARRAY(g->f->arena, count, unsigned char);
    struct step *path = ARENA_ARRAY(g->f->arena, count, struct step);
    for (size_t i = 0; i < count; i++) {
        if (colour[i] == UNSEEN) {
            walk_from(g, (uint32_t)i, colour, path);
        }
    }
}

bool framework_loops(struct framework *f, const bool touched[KIND_COUNT])
{
    struct graph units = graph_new(f);
    struct graph people = graph_new(f);
    struct graph aims = graph_new(f);
    if ((touched[KIND_UNIT] && !add_rows(&units, KIND_UNIT, UNIT_CODE, UNIT_PARENT)) ||
        (touched[KIND_PERSON] && !add_rows(&people, KIND_PERSON, PERSON_CODE, PERSON_MANAGER))) {
        return false;
    }
    if ((touched[KIND_AIM] || touched[KIND_CONTRIBUTION]) &&
        (!add_rows(&aims, KIND_AIM, AIM_CODE, AIM_PARENT) ||
         !add_rows(&aims, KIND_CONTRIBUTION, CONTRIBUTION_AIM, CONTRIBUTION_TO_AIM))) {
        return false;
    }
    find_loops(&units);
    find_loops(&people);
    find_loops(&aims);
    return true;
}
