#include "view/quarterly.h"
#include "web/families.h"

const struct route quarterly_routes[] = {
    {"reports/quarterly", false, "Reports", "report.html", view_quarterly,
     "The quarterly report for the period chosen, as `goldthread report quarterly` writes it."},
};
const size_t quarterly_route_count = sizeof quarterly_routes / sizeof quarterly_routes[0];
