#include "view/delivery.h"
#include "view/actions.h"
#include "view/money.h"
#include "view/projects.h"
#include "view/risks.h"
#include "web/families.h"

const struct route delivery_routes[] = {
    {"delivery", false, "Delivery", "delivery.html", view_delivery,
     "What is being done: late actions, the highest risks, projects held up, money."},
    {"actions", false, "Delivery", "actions.html", view_actions,
     "Actions, late first, by state, owner and what they are for."},
    {"projects", false, "Delivery", "projects.html", view_projects,
     "Projects with their last gate and the measures they should move."},
    {"projects", true, "Delivery", "project.html", view_project,
     "A project: its gates in order, each with its decision, and its benefits."},
    {"risks", false, "Delivery", "risks.html", view_risks,
     "The risk register, the matrix, and the scores that stand beside it."},
    {"risks", true, "Delivery", "risk.html", view_risk,
     "A risk: its three scores, controls, actions and what it endangers."},
    {"money", false, "Delivery", "money.html", view_money,
     "Revenue, income, capital and savings of a year, with totals and shares that are checked."},
};
const size_t delivery_route_count = sizeof delivery_routes / sizeof delivery_routes[0];
