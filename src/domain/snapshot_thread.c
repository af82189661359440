// Units, people, boards, plans, aims: the council's frame.

#include <stdlib.h>
#include <string.h>

#include "domain/code_index.h"
#include "domain/snapshot_build.h"

static struct code_index *index_rows(struct build *b, enum council_index index,
                                     const struct store_rows *rows, int code_column)
{
    struct code_index *x = code_index_new(b->arena, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        code_index_put(x, cell_text(&rows->rows[i], code_column), i);
    }
    b->council->by_code[index] = x;
    return x;
}

static void fill_units(struct build *b, const struct store_rows *rows)
{
    struct council *c = b->council;
    struct unit *units = ARENA_ARRAY(b->arena, rows->count, struct unit);
    index_rows(b, INDEX_UNITS, rows, UNIT_CODE);
    c->units = units;
    c->unit_count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        units[i] = (struct unit){.code = cell_text(r, UNIT_CODE),
                                 .name = cell_text(r, UNIT_NAME),
                                 .kind = cell_text(r, UNIT_KIND),
                                 .parent = council_unit(c, cell_text(r, UNIT_PARENT)),
                                 .head = council_person(c, cell_text(r, UNIT_HEAD)),
                                 .index = i};
    }
}

static void fill_people(struct build *b, const struct store_rows *rows)
{
    struct council *c = b->council;
    struct person *people = ARENA_ARRAY(b->arena, rows->count, struct person);
    index_rows(b, INDEX_PEOPLE, rows, PERSON_CODE);
    c->people = people;
    c->person_count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        people[i] = (struct person){.code = cell_text(r, PERSON_CODE),
                                    .name = cell_text(r, PERSON_NAME),
                                    .job = cell_text(r, PERSON_JOB),
                                    .manager = council_person(c, cell_text(r, PERSON_MANAGER)),
                                    .left_on = cell_day(r, PERSON_LEFT_ON)};
    }
}

static void fill_boards(struct build *b, const struct store_rows *rows)
{
    struct board *boards = ARENA_ARRAY(b->arena, rows->count, struct board);
    index_rows(b, INDEX_BOARDS, rows, BOARD_CODE);
    b->council->boards = boards;
    b->council->board_count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        boards[i] = (struct board){.code = cell_text(r, BOARD_CODE),
                                   .name = cell_text(r, BOARD_NAME),
                                   .kind = cell_text(r, BOARD_KIND),
                                   .chair = build_post(b->council, cell_text(r, BOARD_CHAIR)),
                                   .purpose = cell_text(r, BOARD_PURPOSE),
                                   .index = i};
    }
}

static int by_date(const void *left, const void *right)
{
    const struct meeting *x = left, *y = right;
    return x->date < y->date ? -1 : x->date > y->date ? 1 : 0;
}

static void fill_meetings(struct build *b, const struct store_rows *rows)
{
    struct meeting *meetings = ARENA_ARRAY(b->arena, rows->count, struct meeting);
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        meetings[i] =
            (struct meeting){.board = council_board(b->council, cell_text(r, MEETING_BOARD)),
                             .date = cell_day(r, MEETING_DATE),
                             .reports_period = cell_period(b, r, MEETING_REPORTS_PERIOD),
                             .despatch_days = cell_int(r, MEETING_DESPATCH_DAYS, -1),
                             .note = cell_text(r, MEETING_NOTE)};
    }
    qsort(meetings, rows->count, sizeof *meetings, by_date);
    b->council->meetings = meetings;
    b->council->meeting_count = rows->count;
}

bool build_people(struct build *b)
{
    struct store_rows units, people, boards, meetings;
    if (!build_rows(b, KIND_UNIT, &units) || !build_rows(b, KIND_PERSON, &people) ||
        !build_rows(b, KIND_BOARD, &boards) || !build_rows(b, KIND_MEETING, &meetings)) {
        return false;
    }
    // People and units point at each other: people stand first, then get their unit.
    fill_people(b, &people);
    fill_units(b, &units);
    struct person *open = (struct person *)(uintptr_t)b->council->people;
    for (size_t i = 0; i < people.count; i++) {
        open[i].unit = council_unit(b->council, cell_text(&people.rows[i], PERSON_UNIT));
    }
    fill_boards(b, &boards);
    fill_meetings(b, &meetings);
    return true;
}

static void fill_plans(struct build *b, const struct store_rows *rows)
{
    struct council *c = b->council;
    struct plan *plans = ARENA_ARRAY(b->arena, rows->count, struct plan);
    index_rows(b, INDEX_PLANS, rows, PLAN_CODE);
    c->plans = plans;
    c->plan_count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        plans[i] = (struct plan){.code = cell_text(r, PLAN_CODE),
                                 .title = cell_text(r, PLAN_TITLE),
                                 .kind = cell_text(r, PLAN_KIND),
                                 .purpose = cell_text(r, PLAN_PURPOSE),
                                 .start = cell_day(r, PLAN_START),
                                 .end = cell_day(r, PLAN_END),
                                 .owner = council_person(c, cell_text(r, PLAN_OWNER)),
                                 .unit = council_unit(c, cell_text(r, PLAN_UNIT)),
                                 .board = council_board(c, cell_text(r, PLAN_BOARD)),
                                 .index = i};
    }
}

static struct aim *fill_aims(struct build *b, const struct store_rows *rows)
{
    struct council *c = b->council;
    struct aim *aims = ARENA_ARRAY(b->arena, rows->count, struct aim);
    index_rows(b, INDEX_AIMS, rows, AIM_CODE);
    c->aims = aims;
    c->aim_count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        aims[i] = (struct aim){.code = cell_text(r, AIM_CODE),
                               .kind = cell_text(r, AIM_KIND),
                               .title = cell_text(r, AIM_TITLE),
                               .plan = council_plan(c, cell_text(r, AIM_PLAN)),
                               .parent = council_aim(c, cell_text(r, AIM_PARENT)),
                               .owner = council_person(c, cell_text(r, AIM_OWNER)),
                               .index = i};
    }
    for (size_t i = 0; i < rows->count; i++) {
        if (aims[i].parent != NULL) {
            aims[aims[i].parent->index].child_count++;
        }
    }
    for (size_t i = 0; i < rows->count; i++) {
        aims[i].children = ARENA_ARRAY(b->arena, aims[i].child_count, const struct aim *);
        aims[i].child_count = 0;
    }
    for (size_t i = 0; i < rows->count; i++) {
        if (aims[i].parent != NULL) {
            struct aim *parent = &aims[aims[i].parent->index];
            parent->children[parent->child_count++] = &aims[i];
        }
    }
    return aims;
}

static void fill_contributions(struct build *b, struct aim *aims, const struct store_rows *rows)
{
    struct council *c = b->council;
    struct contribution *links = ARENA_ARRAY(b->arena, rows->count, struct contribution);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        const struct aim *from = council_aim(c, cell_text(r, CONTRIBUTION_AIM));
        const struct aim *to = council_aim(c, cell_text(r, CONTRIBUTION_TO_AIM));
        if (from != NULL && to != NULL) {
            links[count++] = (struct contribution){from, to, cell_text(r, CONTRIBUTION_NOTE)};
            aims[from->index].to_count++;
            aims[to->index].from_count++;
        }
    }
    for (size_t i = 0; i < c->aim_count; i++) {
        aims[i].to = ARENA_ARRAY(b->arena, aims[i].to_count, const struct contribution *);
        aims[i].from = ARENA_ARRAY(b->arena, aims[i].from_count, const struct contribution *);
        aims[i].to_count = aims[i].from_count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        struct aim *from = &aims[links[i].aim->index];
        struct aim *to = &aims[links[i].to_aim->index];
        from->to[from->to_count++] = &links[i];
        to->from[to->from_count++] = &links[i];
    }
    c->contributions = links;
    c->contribution_count = count;
}

bool build_thread(struct build *b)
{
    struct store_rows plans, aims, links;
    if (!build_rows(b, KIND_PLAN, &plans) || !build_rows(b, KIND_AIM, &aims) ||
        !build_rows(b, KIND_CONTRIBUTION, &links)) {
        return false;
    }
    fill_plans(b, &plans);
    struct aim *open = fill_aims(b, &aims);
    fill_contributions(b, open, &links);
    return true;
}
