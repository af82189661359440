// The page families: each file of web/ with pages defines its routes here declared.
#ifndef GT_WEB_FAMILIES_H
#define GT_WEB_FAMILIES_H

#include "web/site.h"
#include "web/visit.h"

extern const struct route overview_routes[];
extern const size_t overview_route_count;
extern const struct route quarterly_routes[];
extern const size_t quarterly_route_count;
extern const struct route scorecards_routes[];
extern const size_t scorecards_route_count;
extern const struct route measures_routes[];
extern const size_t measures_route_count;
extern const struct route plans_routes[];
extern const size_t plans_route_count;
extern const struct route delivery_routes[];
extern const size_t delivery_route_count;
extern const struct route reports_routes[];
extern const size_t reports_route_count;
extern const struct route search_routes[];
extern const size_t search_route_count;

// Pages that act.
extern const struct action_route sign_in_actions[];
extern const size_t sign_in_action_count;
extern const struct action_route sign_on_actions[];
extern const size_t sign_on_action_count;
extern const struct action_route edit_actions[];
extern const size_t edit_action_count;
extern const char *const edit_templates[]; // further ones of its pages, NULL-ended
extern const struct action_route collect_actions[];
extern const size_t collect_action_count;
extern const struct action_route import_actions[];
extern const size_t import_action_count;
extern const struct action_route api_actions[];
extern const size_t api_action_count;
extern const struct action_route account_actions[];
extern const size_t account_action_count;
extern const struct action_route people_actions[];
extern const size_t people_action_count;
extern const struct action_route security_txt_actions[];
extern const size_t security_txt_action_count;

#endif
