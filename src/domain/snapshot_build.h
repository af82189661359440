// Inside the snapshot: the steps of building a council, in the order they run.
//
// Each step reads rows of some kinds and fills its arrays of the council under construction;
// references are found among what earlier steps made.
#ifndef GT_DOMAIN_SNAPSHOT_BUILD_H
#define GT_DOMAIN_SNAPSHOT_BUILD_H

#include "domain/council.h"
#include "store/store.h"

enum { BUILD_HELPERS_MAX = 3 };

struct build {
    struct council *council; // still open to change
    struct arena *arena;
    struct db *db;
    struct db *helpers[BUILD_HELPERS_MAX]; // more connections to the same record
    size_t helper_count;
    const char *organisation;
    day at;                               // DAY_NONE: now
    struct store_rows rebases, forecasts; // as known then; of forecasts every version
    struct err *err;
};

// Rows of a kind as known on `at`.
bool build_rows(struct build *b, enum kind kind, struct store_rows *out) MUST_CHECK;

bool build_organisation(struct build *b) MUST_CHECK;
bool build_people(struct build *b) MUST_CHECK; // units, people, boards, meetings
bool build_thread(struct build *b) MUST_CHECK; // plans, aims, contributions
bool build_rules(struct build *b) MUST_CHECK;
bool build_decisions(struct build *b) MUST_CHECK;   // rules of referral; rebases, forecasts as rows
bool build_measures(struct build *b) MUST_CHECK;    // measures, their aims, overrides, commentary
bool build_comparisons(struct build *b) MUST_CHECK; // groups of comparators, and their figures
bool build_figures(struct build *b) MUST_CHECK;  // series: figures, targets, what the engine says
bool build_delivery(struct build *b) MUST_CHECK; // risks, controls, actions, projects, money
unsigned build_classes(const char *text);        // the words of a cell as measure_class bits
void build_quarters(struct build *b);            // the first and the last that has a figure

// Before the read begins: connections for helping threads, where the council is large enough.
void build_helpers_open(struct build *b);
void build_helpers_close(struct build *b);

// A post: the name of the person whose code the cell holds, else the words that stand there.
const char *build_post(const struct council *c, const char *text);

// Cells as values. Absent: NULL / DAY_NONE / DEC_NONE / -1.
const char *cell_text(const struct store_row *r, int column);
day cell_day(const struct store_row *r, int column);
struct dec cell_dec(const struct store_row *r, int column);
int cell_int(const struct store_row *r, int column, int absent);
bool cell_is(const struct store_row *r, int column, const char *word);
struct period cell_period(const struct build *b, const struct store_row *r, int column);

#endif
