// Units, people, boards, meetings, plans and aims as they are seen.

#include "domain/visibility_copy.h"

void copy_frame(struct copy *k)
{
    const struct council *whole = k->whole;
    for (size_t i = 0; i < whole->unit_count; i++) {
        if (k->unit_at[i] != SIZE_MAX) {
            struct unit *u = &k->units[k->unit_at[i]];
            *u = whole->units[i];
            u->parent = copy_unit(k, u->parent);
            u->head = copy_person(k, u->head);
            u->index = k->unit_at[i];
        }
    }
    for (size_t i = 0; i < whole->person_count; i++) {
        if (k->person_at[i] != SIZE_MAX) {
            struct person *p = &k->people[k->person_at[i]];
            *p = whole->people[i];
            p->unit = copy_unit(k, p->unit);
            p->manager = copy_person(k, p->manager);
        }
    }
    for (size_t i = 0; i < whole->board_count; i++) {
        if (k->board_at[i] != SIZE_MAX) {
            struct board *b = &k->boards[k->board_at[i]];
            *b = whole->boards[i];
            b->chair = k->seen->own_boards[i] ? b->chair : NULL;
            b->index = k->board_at[i];
        }
    }
    struct meeting *meetings = ARENA_ARRAY(k->arena, whole->meeting_count, struct meeting);
    size_t count = 0;
    for (size_t i = 0; i < whole->meeting_count; i++) {
        const struct board *b = whole->meetings[i].board;
        if (b != NULL && k->seen->own_boards[b->index]) {
            meetings[count] = whole->meetings[i];
            meetings[count++].board = copy_board(k, b);
        }
    }
    k->council->meetings = meetings;
    k->council->meeting_count = count;
}

static void copy_plans(struct copy *k)
{
    for (size_t i = 0; i < k->whole->plan_count; i++) {
        if (k->plan_at[i] != SIZE_MAX) {
            struct plan *p = &k->plans[k->plan_at[i]];
            *p = k->whole->plans[i];
            p->owner = k->seen->plans[i] == SIGHT_WHOLE ? copy_person(k, p->owner) : NULL;
            p->unit = copy_unit(k, p->unit);
            p->board = copy_board(k, p->board);
            p->index = k->plan_at[i];
        }
    }
}

static const struct contribution **copy_links(struct copy *k, const struct contribution **from,
                                              size_t *count)
{
    const struct contribution **links = ARENA_ARRAY(k->arena, *count, const struct contribution *);
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        size_t at = SEEN_AT(k->whole, contributions, contribution_count, from[i]);
        if (at != SIZE_MAX && k->contribution_at[at] != SIZE_MAX) {
            links[kept++] = &k->contributions[k->contribution_at[at]];
        }
    }
    *count = kept;
    return links;
}

static void copy_one_aim(struct copy *k, struct aim *a, const struct aim *from)
{
    *a = *from;
    a->plan = copy_plan(k, from->plan);
    a->parent = copy_aim(k, from->parent);
    a->owner = seen_aim(k->seen, from) == SIGHT_WHOLE ? copy_person(k, from->owner) : NULL;
    a->children = ARENA_ARRAY(k->arena, from->child_count, const struct aim *);
    a->child_count = 0;
    for (size_t i = 0; i < from->child_count; i++) {
        const struct aim *child = copy_aim(k, from->children[i]);
        if (child != NULL) {
            a->children[a->child_count++] = child;
        }
    }
    a->measures = ARENA_ARRAY(k->arena, from->measure_count, const struct measure *);
    a->measure_count = 0;
    for (size_t i = 0; i < from->measure_count; i++) {
        const struct measure *m = copy_measure(k, from->measures[i]);
        if (m != NULL) {
            a->measures[a->measure_count++] = m;
        }
    }
    a->to = copy_links(k, from->to, &a->to_count);
    a->from = copy_links(k, from->from, &a->from_count);
    a->index = (size_t)(a - k->aims);
}

void copy_thread(struct copy *k)
{
    copy_plans(k);
    for (size_t i = 0; i < k->whole->contribution_count; i++) {
        if (k->contribution_at[i] != SIZE_MAX) {
            struct contribution *x = &k->contributions[k->contribution_at[i]];
            *x = k->whole->contributions[i];
            x->aim = copy_aim(k, x->aim);
            x->to_aim = copy_aim(k, x->to_aim);
        }
    }
    for (size_t i = 0; i < k->whole->aim_count; i++) {
        if (k->aim_at[i] != SIZE_MAX) {
            copy_one_aim(k, &k->aims[k->aim_at[i]], &k->whole->aims[i]);
        }
    }
}
