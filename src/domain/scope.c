#include "domain/scope.h"

#include <string.h>
#include <strings.h>

// A set of measures by their index, and which aims were walked already: a thread may be reached by
// several ways, and the import refuses loops, but the walk does not rely on that.
struct gather {
    const struct council *council;
    bool *measures;
    bool *aims;
};

static struct gather gather_new(const struct council *c, struct arena *a)
{
    return (struct gather){c, ARENA_ARRAY(a, c->measure_count + 1, bool),
                           ARENA_ARRAY(a, c->aim_count + 1, bool)};
}

static void gather_aim(struct gather *g, struct arena *a, const struct aim *start)
{
    const struct aim **stack = ARENA_ARRAY(a, g->council->aim_count + 1, const struct aim *);
    size_t depth = 0;
    if (!g->aims[start->index]) {
        g->aims[start->index] = true;
        stack[depth++] = start;
    }
    while (depth > 0) {
        const struct aim *aim = stack[--depth];
        for (size_t i = 0; i < aim->measure_count; i++) {
            g->measures[aim->measures[i]->index] = true;
        }
        for (size_t i = 0; i < aim->child_count; i++) {
            if (!g->aims[aim->children[i]->index]) {
                g->aims[aim->children[i]->index] = true;
                stack[depth++] = aim->children[i];
            }
        }
        for (size_t i = 0; i < aim->from_count; i++) {
            const struct aim *below = aim->from[i]->aim;
            if (!g->aims[below->index]) {
                g->aims[below->index] = true;
                stack[depth++] = below;
            }
        }
    }
}

static struct scope gathered(const struct gather *g, struct arena *a)
{
    struct scope s = {ARENA_ARRAY(a, g->council->measure_count + 1, const struct measure *), 0};
    for (size_t i = 0; i < g->council->measure_count; i++) {
        const struct measure *m = &g->council->measures[i];
        if (g->measures[i] && m->state != MEASURE_RETIRED) {
            s.measures[s.count++] = m;
        }
    }
    return s;
}

struct scope scope_organisation(const struct council *c, struct arena *a)
{
    struct gather g = gather_new(c, a);
    memset(g.measures, true, c->measure_count);
    return gathered(&g, a);
}

struct scope scope_aim(const struct council *c, struct arena *a, const struct aim *aim)
{
    struct gather g = gather_new(c, a);
    gather_aim(&g, a, aim);
    return gathered(&g, a);
}

struct scope scope_plan(const struct council *c, struct arena *a, const struct plan *plan)
{
    struct gather g = gather_new(c, a);
    for (size_t i = 0; i < c->aim_count; i++) {
        if (c->aims[i].plan == plan) {
            gather_aim(&g, a, &c->aims[i]);
        }
    }
    return gathered(&g, a);
}

static bool unit_within(const struct council *c, const struct unit *unit, const struct unit *top)
{
    for (size_t steps = 0; unit != NULL && steps <= c->unit_count; steps++, unit = unit->parent) {
        if (unit == top) {
            return true;
        }
    }
    return false;
}

struct scope scope_unit(const struct council *c, struct arena *a, const struct unit *unit)
{
    struct gather g = gather_new(c, a);
    for (size_t i = 0; i < c->measure_count; i++) {
        g.measures[i] = unit_within(c, c->measures[i].unit, unit);
    }
    return gathered(&g, a);
}

struct scope scope_classes(const struct council *c, struct arena *a, unsigned classes)
{
    struct gather g = gather_new(c, a);
    for (size_t i = 0; i < c->measure_count; i++) {
        g.measures[i] = (c->measures[i].classes & classes) != 0;
    }
    return gathered(&g, a);
}

// A directorate's management team is coded after it: DMT-CL, dmt_cl, "DMT CL" for the unit CL.
static const struct unit *unit_of_board(const struct council *c, const struct board *board)
{
    size_t length = strlen(board->code);
    for (size_t i = 0; i < c->unit_count; i++) {
        size_t own = strlen(c->units[i].code);
        if (own < length && strcasecmp(board->code + length - own, c->units[i].code) == 0 &&
            strchr("-_ .", board->code[length - own - 1]) != NULL) {
            return &c->units[i];
        }
    }
    return NULL;
}

struct scope scope_board(const struct council *c, struct arena *a, const struct board *board)
{
    struct gather g = gather_new(c, a);
    bool has_plan = false;
    for (size_t i = 0; i < c->aim_count; i++) {
        if (c->aims[i].plan != NULL && c->aims[i].plan->board == board) {
            gather_aim(&g, a, &c->aims[i]);
            has_plan = true;
        }
    }
    if (has_plan) {
        return gathered(&g, a);
    }
    const struct unit *unit = unit_of_board(c, board);
    if (strcmp(board->kind, "management") == 0 && unit != NULL) {
        return scope_unit(c, a, unit);
    }
    if (strcmp(board->kind, "executive") == 0) {
        return scope_classes(c, a, CLASS_CORPORATE);
    }
    if (strcmp(board->kind, "scrutiny") == 0) {
        return scope_classes(c, a, CLASS_CORPORATE | CLASS_STATUTORY);
    }
    if (strcmp(board->kind, "management") == 0) {
        return scope_classes(c, a, CLASS_CORPORATE | CLASS_ORGANISATIONAL);
    }
    return gathered(&g, a);
}

struct rollup scope_rollup(const struct scope *s, const struct reading *all, struct arena *a,
                           const struct reading **ret_worst)
{
    struct rollup_child *children = ARENA_ARRAY(a, s->count + 1, struct rollup_child);
    for (size_t i = 0; i < s->count; i++) {
        const struct reading *r = &all[s->measures[i]->index];
        struct dec shortfall = r->why.difference_percent;
        if (shortfall.present && !r->why.worse) {
            shortfall = dec_neg(shortfall);
        }
        children[i] = (struct rollup_child){r->status, reading_has_figure(r), shortfall};
    }
    struct rollup counted = rollup_count(children, s->count);
    if (ret_worst != NULL) {
        *ret_worst = counted.worst < 0 ? NULL : &all[s->measures[counted.worst]->index];
    }
    return counted;
}

size_t thread_up(const struct council *c, struct arena *a, const struct aim *aim,
                 const struct aim *const **ret_line)
{
    const struct aim **line = ARENA_ARRAY(a, c->aim_count + 1, const struct aim *);
    bool *seen = ARENA_ARRAY(a, c->aim_count + 1, bool);
    size_t count = 0;
    while (aim != NULL && !seen[aim->index]) {
        seen[aim->index] = true;
        line[count++] = aim;
        if (aim->parent != NULL) {
            aim = aim->parent;
        } else {
            aim = aim->to_count > 0 ? aim->to[0]->to_aim : NULL;
        }
    }
    *ret_line = line;
    return count;
}
