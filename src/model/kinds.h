// The tables of columns, one constant per kind, grouped in families by file. Use descriptor_of.
#ifndef GT_MODEL_KINDS_H
#define GT_MODEL_KINDS_H

#include "model/descriptor.h"

// kinds_people.c: who and where
extern const struct descriptor kind_organisation, kind_unit, kind_person, kind_board, kind_meeting;
// kinds_plans.c: the thread
extern const struct descriptor kind_plan, kind_aim, kind_contribution;
// kinds_measures.c: what is counted, and how it is judged
extern const struct descriptor kind_rule, kind_measure, kind_measure_aim, kind_target;
// kinds_figures.c: what was counted, and what people say of it
extern const struct descriptor kind_observation, kind_commentary, kind_override;
extern const struct descriptor kind_comparator, kind_comparator_value;
// kinds_decisions.c: what people decided about a series, and what is to be looked at
extern const struct descriptor kind_rebase, kind_forecast, kind_referral_rule;
// kinds_delivery.c: what is being done
extern const struct descriptor kind_action, kind_project, kind_gate, kind_benefit;
extern const struct descriptor kind_risk, kind_control, kind_budget, kind_saving;

#endif
