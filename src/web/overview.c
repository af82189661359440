#include "view/overview.h"
#include "web/families.h"

const struct route overview_routes[] = {
    {"", false, "Overview", "home.html", view_home,
     "The organisation at a glance: counts by status, exceptions first, what changed."},
    {"units", true, "Scorecards", "overview.html", view_unit,
     "A directorate, service or team at a glance."},
    {"boards", true, "Scorecards", "overview.html", view_board,
     "What a board sees, and when it meets."},
    {"aims", true, "Plans", "aim.html", view_aim,
     "A priority, theme, outcome or objective: what it contributes to and what contributes to it."},
};
const size_t overview_route_count = sizeof overview_routes / sizeof overview_routes[0];
