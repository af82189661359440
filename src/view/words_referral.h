// Referral in words: what a rule asks for, why a measure was referred, whether that was noise (see
// view/words.h for the rest). What is returned is a literal or lives in the arena given.
#ifndef GT_VIEW_WORDS_REFERRAL_H
#define GT_VIEW_WORDS_REFERRAL_H

#include "domain/refer.h"

// "Off target 4 periods running", "Off target in 3 of the last 5 periods", "Special-cause
// worsening" ...; and how it ends: "on target".
const char *words_referral_rule(struct arena *a, const struct referral_how *how);
const char *words_referral_exit(const struct referral_how *how);

// One sentence with its figures: "Off target 4 quarters running: 9.8% against a target of 7.5% or
// less in 2013/14 Q4."
const char *words_referral_why(struct arena *a, const struct council *c, const struct referred *r,
                               const struct referral_how *how);

// "yes", "no", "cannot tell"; and why: "The target lay outside its usual variation, 4.1% to 6.9%."
const char *words_referral_noise(enum referral_noise noise);
const char *words_referral_noise_why(struct arena *a, const struct council *c,
                                     const struct referred *r);

// "2013/14 Q2", "still open", "retired".
const char *words_referral_until(struct arena *a, const struct council *c,
                                 const struct referred *r);
// "2 quarters".
const char *words_referral_length(struct arena *a, const struct referred *r);

#endif
