#include "view/plans.h"
#include "web/families.h"

const struct route plans_routes[] = {
    {"plans", false, "Plans", "plans.html", view_plans,
     "All plans from the vision down, each with its counts by status and its aims."},
    {"plans", true, "Plans", "plan.html", view_plan,
     "A plan on a page: its aims, what they contribute to, and those that lead nowhere."},
};
const size_t plans_route_count = sizeof plans_routes / sizeof plans_routes[0];
