// The risk register: scores, movement, controls, actions and reviews; and the matrix.
//
// Three scores (conventions.md RSK-2): initial, before any control; residual, now, with the
// controls in place; target, once the planned actions are done. A score may stand without
// likelihood and impact; such a risk stands beside the matrix and never in it. The band of a score
// (its shade and its word) depends on the score alone, so the same score looks the same everywhere
// (RSK-3): the record holds no bands of a council's own, so they are fifths of the highest score
// there can be: severe from three fifths, high from two, medium from one.
//
// view_risks, beside page_frame's keys: lead, as_at, empty, bands [ {band, word, range} ],
//   definitions [ {key, value, href} ] (about.html), table "risks": risk_row; matrix {shown, side,
//   caption, impacts [ {words} ], table "risk-matrix": rows {likelihood, impact_1 .. impact_N
//   (codes), words, cells [ {score, band, word, risks [ {code, title, href} ] } ]} }, unplaced [
//   {code, title, href, score, band, band_word} ], has_unplaced, unplaced_words.
// view_risk: about [..], scores [ {name, score_words, band, meaning, factors} ], movement,
// mismatch,
//   line (the thread as a sentence, or null), chain [ {key, value, href} ], has_chain, controls
//   (table "controls": title, owner, effectiveness), has_controls, actions (table "actions"),
//   has_actions, savings [ {code, title, href, year} ], has_savings, review_words, overdue.
#ifndef GT_VIEW_RISKS_H
#define GT_VIEW_RISKS_H

#include "view/page.h"

bool view_risks(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_risk(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

enum risk_band { RISK_UNSCORED, RISK_LOW, RISK_MEDIUM, RISK_HIGH, RISK_SEVERE, RISK_BANDS };

enum {
    RISK_REVIEW_DAYS = 92, // a review is overdue when the last is longer ago: once a quarter
    RISK_SIDE_MIN = 3,     // the smallest matrix councils use
    RISK_SIDE_MAX = 10,
};

struct risk_scale {
    int side; // the matrix has side x side cells; the greatest likelihood or impact recorded
    int top;  // the highest score there can be, or that is recorded
};
struct risk_scale risk_scale_of(const struct council *c);
enum risk_band risk_band_of(struct risk_scale scale, int score);  // score -1: RISK_UNSCORED
int risk_band_from(struct risk_scale scale, enum risk_band band); // its lowest score
const char *risk_band_code(enum risk_band band);                  // "severe"; "none" for no score
const char *risk_band_word(enum risk_band band);                  // "Severe"

// The score as recorded, else likelihood x impact; -1 when neither is there.
int risk_initial(const struct risk *r);
int risk_residual(const struct risk *r);
// A recorded score that is not likelihood x impact, where all three are there.
bool risk_mismatch(const struct risk *r);
bool risk_above_target(const struct risk *r);              // both known, and residual above target
bool risk_review_overdue(const struct risk *r, day today); // also when never reviewed

struct risk_counts {
    int total, with_target, above_target, overdue, severe;
};
struct risk_counts risks_count(const struct council *c);

// By residual score, the highest first; then by initial score, then by code (R2 before R10).
const struct risk **risks_sorted(const struct council *c, struct arena *a);

// An empty register {.., has_target: any risk of the council has a target score}, and a row: code,
// title, href, category, owner, initial, residual, target (numbers), band, band_word, movement
// (words), above_target, target_words, mismatch (words or null), controls, actions, actions_late,
// actions_words, reviewed_on, reviewed_shown, overdue, aim, aim_link.
struct tree *risk_table(const struct council *c, struct tree *parent, const char *key,
                        const char *caption);
void risk_row(const struct page_request *q, struct tree *table, struct risk_scale scale,
              const struct risk *r);

// "Down from 9 to 6", "Unchanged at 6", "6; no initial score": how a risk moved.
const char *risk_movement(struct arena *a, const struct risk *r);

#endif
