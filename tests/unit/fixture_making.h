// Inside the council of the tests: what its two files share.
#ifndef GT_TESTS_FIXTURE_MAKING_H
#define GT_TESTS_FIXTURE_MAKING_H

#include <string.h>

#include "domain/code_index.h"
#include "domain/council.h"

struct making {
    struct arena *arena;
    struct council *council;
    struct unit *units;
    struct person *people;
    struct plan *plans;
    struct aim *aims;
    struct measure *measures;
};

#define INDEX(m, what, array, count)                                                               \
    do {                                                                                           \
        struct code_index *x = code_index_new((m)->arena, count);                                  \
        for (size_t at = 0; at < (count); at++) {                                                  \
            code_index_put(x, (array)[at].code, at);                                               \
        }                                                                                          \
        (m)->council->by_code[what] = x;                                                           \
    } while (0)

// Absent for NULL.
static inline struct dec number(const char *text)
{
    struct dec d = DEC_NONE;
    return text != NULL && dec_parse(text, strlen(text), &d) ? d : DEC_NONE;
}

static inline day date(const char *text)
{
    day d = DAY_NONE;
    return text != NULL && day_parse(text, strlen(text), &d) ? d : DAY_NONE;
}

static inline struct period period(const char *id)
{
    struct period p = PERIOD_ABSENT;
    return period_parse_id(id, strlen(id), 4, &p) ? p : PERIOD_ABSENT;
}

void make_people(struct making *m);   // units, people, boards, a meeting
void make_thread(struct making *m);   // plans, aims, contributions; room for `measures` links each
void make_delivery(struct making *m); // risks, actions, a project, money

#endif
