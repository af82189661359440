// Inside visibility: copying what is seen of a council, every reference turned to the copy.
#ifndef GT_DOMAIN_VISIBILITY_COPY_H
#define GT_DOMAIN_VISIBILITY_COPY_H

#include "domain/visibility_seen.h"

// The arrays of the copy all stand, empty, before the first is filled; a map gives the place in
// the copy by the place in the whole, SIZE_MAX for what is left out.
struct copy {
    const struct seen *seen;
    const struct council *whole;
    struct council *council;
    struct arena *arena;
    struct unit *units;
    struct person *people;
    struct board *boards;
    struct plan *plans;
    struct aim *aims;
    struct contribution *contributions;
    struct measure *measures;
    struct action *actions;
    struct risk *risks;
    struct project *projects;
    size_t *unit_at, *person_at, *board_at, *plan_at, *aim_at, *contribution_at, *measure_at,
        *action_at, *risk_at, *project_at;
};

void copy_frame(struct copy *k);    // units, people, boards, meetings
void copy_thread(struct copy *k);   // plans, aims, contributions
void copy_measures(struct copy *k); // measures, and groups of comparators
void copy_delivery(struct copy *k); // risks, actions, projects, money

// References in the copy; NULL for what is left out.
const struct unit *copy_unit(const struct copy *k, const struct unit *u);
// A post told in words, which is of no array, stays.
const struct person *copy_person(const struct copy *k, const struct person *p);
const struct board *copy_board(const struct copy *k, const struct board *b);
const struct plan *copy_plan(const struct copy *k, const struct plan *p);
const struct aim *copy_aim(const struct copy *k, const struct aim *a);
const struct measure *copy_measure(const struct copy *k, const struct measure *m);
const struct risk *copy_risk(const struct copy *k, const struct risk *r);
const struct project *copy_project(const struct copy *k, const struct project *p);
const struct action *copy_action(const struct copy *k, const struct action *x);

#endif
