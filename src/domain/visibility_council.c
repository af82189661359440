#include "domain/code_index.h"
#include "domain/snapshot_build.h"
#include "domain/visibility_copy.h"

// ---- references ----

#define COPIED(k, map, list, number, element)                                                      \
    size_t at = SEEN_AT((k)->whole, list, number, element);                                        \
    return at == SIZE_MAX || (k)->map[at] == SIZE_MAX ? NULL : &(k)->list[(k)->map[at]]

const struct unit *copy_unit(const struct copy *k, const struct unit *u)
{
    COPIED(k, unit_at, units, unit_count, u);
}

const struct person *copy_person(const struct copy *k, const struct person *p)
{
    if (p != NULL && SEEN_AT(k->whole, people, person_count, p) == SIZE_MAX) {
        return p;
    }
    COPIED(k, person_at, people, person_count, p);
}

const struct board *copy_board(const struct copy *k, const struct board *b)
{
    COPIED(k, board_at, boards, board_count, b);
}

const struct plan *copy_plan(const struct copy *k, const struct plan *p)
{
    COPIED(k, plan_at, plans, plan_count, p);
}

const struct aim *copy_aim(const struct copy *k, const struct aim *a)
{
    COPIED(k, aim_at, aims, aim_count, a);
}

const struct measure *copy_measure(const struct copy *k, const struct measure *m)
{
    COPIED(k, measure_at, measures, measure_count, m);
}

const struct risk *copy_risk(const struct copy *k, const struct risk *r)
{
    COPIED(k, risk_at, risks, risk_count, r);
}

const struct project *copy_project(const struct copy *k, const struct project *p)
{
    COPIED(k, project_at, projects, project_count, p);
}

const struct action *copy_action(const struct copy *k, const struct action *x)
{
    COPIED(k, action_at, actions, action_count, x);
}

// ---- room for what is seen ----

static size_t *map_of(struct copy *k, size_t count, bool (*sees)(const struct copy *, size_t),
                      size_t *ret_kept)
{
    size_t *map = ARENA_ARRAY(k->arena, count, size_t);
    *ret_kept = 0;
    for (size_t i = 0; i < count; i++) {
        map[i] = sees(k, i) ? (*ret_kept)++ : SIZE_MAX;
    }
    return map;
}

static bool sees_unit(const struct copy *k, size_t i)
{
    return k->seen->units[i];
}

static bool sees_person(const struct copy *k, size_t i)
{
    return k->seen->people[i];
}

static bool sees_board(const struct copy *k, size_t i)
{
    return k->seen->boards[i];
}

static bool sees_plan(const struct copy *k, size_t i)
{
    return k->seen->plans[i] != SIGHT_NONE;
}

static bool sees_aim(const struct copy *k, size_t i)
{
    return seen_aim(k->seen, &k->whole->aims[i]) != SIGHT_NONE;
}

static bool sees_contribution(const struct copy *k, size_t i)
{
    const struct contribution *x = &k->whole->contributions[i];
    return seen_aim(k->seen, x->aim) != SIGHT_NONE && seen_aim(k->seen, x->to_aim) != SIGHT_NONE;
}

static bool sees_measure(const struct copy *k, size_t i)
{
    return k->seen->measures[i] != SIGHT_NONE;
}

static bool sees_action(const struct copy *k, size_t i)
{
    return k->seen->actions[i];
}

static bool sees_risk(const struct copy *k, size_t i)
{
    return k->seen->risks[i];
}

static bool sees_project(const struct copy *k, size_t i)
{
    return k->seen->projects[i];
}

#define MAKE_ROOM(k, one, list, number, type)                                                      \
    (k)->one##_at = map_of((k), (k)->whole->number, sees_##one, &(k)->council->number);            \
    (k)->council->list = (k)->list = ARENA_ARRAY((k)->arena, (k)->council->number, type)

static void make_room(struct copy *k)
{
    MAKE_ROOM(k, unit, units, unit_count, struct unit);
    MAKE_ROOM(k, person, people, person_count, struct person);
    MAKE_ROOM(k, board, boards, board_count, struct board);
    MAKE_ROOM(k, plan, plans, plan_count, struct plan);
    MAKE_ROOM(k, aim, aims, aim_count, struct aim);
    MAKE_ROOM(k, contribution, contributions, contribution_count, struct contribution);
    MAKE_ROOM(k, measure, measures, measure_count, struct measure);
    MAKE_ROOM(k, action, actions, action_count, struct action);
    MAKE_ROOM(k, risk, risks, risk_count, struct risk);
    MAKE_ROOM(k, project, projects, project_count, struct project);
}

// ---- finding by code ----

#define INDEX_CODES(k, index, list, number)                                                        \
    do {                                                                                           \
        struct code_index *x = code_index_new((k)->arena, (k)->council->number);                   \
        for (size_t i = 0; i < (k)->council->number; i++) {                                        \
            code_index_put(x, (k)->list[i].code, i);                                               \
        }                                                                                          \
        (k)->council->by_code[index] = x;                                                          \
    } while (0)

static void index_codes(struct copy *k)
{
    INDEX_CODES(k, INDEX_UNITS, units, unit_count);
    INDEX_CODES(k, INDEX_PEOPLE, people, person_count);
    INDEX_CODES(k, INDEX_BOARDS, boards, board_count);
    INDEX_CODES(k, INDEX_PLANS, plans, plan_count);
    INDEX_CODES(k, INDEX_AIMS, aims, aim_count);
    INDEX_CODES(k, INDEX_MEASURES, measures, measure_count);
    INDEX_CODES(k, INDEX_RISKS, risks, risk_count);
    INDEX_CODES(k, INDEX_PROJECTS, projects, project_count);
}

// Every field is named: what a later hand adds to a council is not seen until it is added here.
static struct council *empty_of(struct arena *a, const struct council *whole,
                                const struct visibility *v)
{
    struct council *c = ARENA_NEW(a, struct council);
    *c = (struct council){.arena = a,
                          .revision = whole->revision,
                          .audit_head = whole->audit_head,
                          .today = whole->today,
                          .at = whole->at,
                          .code = whole->code,
                          .name = whole->name,
                          .kind = whole->kind,
                          .gss_code = whole->gss_code,
                          .notice = whole->notice,
                          .default_rule = whole->default_rule,
                          .year_start = whole->year_start,
                          .rules = whole->rules,
                          .rule_count = whole->rule_count,
                          .referral_rules = whole->referral_rules,
                          .referral_rule_count = whole->referral_rule_count,
                          .in_part = true,
                          .seen_key = arena_text(a, v->key)};
    return c;
}

bool visibility_council(const struct council *whole, const struct visibility *v,
                        const struct council **ret, struct err *e)
{
    enum { IN_PART_MAX_MB = 2048 }; // as a snapshot
    struct arena *a = arena_new((size_t)IN_PART_MAX_MB << 20);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return err_set(e, ERR_SYSTEM, "There is not enough memory to read the council's record.");
    }
    struct copy *k = ARENA_NEW(a, struct copy);
    k->whole = whole;
    k->arena = a;
    k->seen = visibility_seen(whole, a, v);
    k->council = empty_of(a, whole, v);
    make_room(k);
    copy_frame(k);
    copy_thread(k);
    copy_measures(k);
    copy_delivery(k);
    index_codes(k);
    build_quarters(&(struct build){.council = k->council});
    *ret = k->council;
    return true;
}
