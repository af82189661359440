#include "view/reports.h"
#include "view/accessibility.h"
#include "web/families.h"

const struct route reports_routes[] = {
    {"reports", false, "Reports", "reports.html", view_reports,
     "The quarterly report of each quarter with figures, and the meetings that receive it."},
    {"accessibility", false, "About", "accessibility.html", view_accessibility,
     "The accessibility statement: what was tested and what is not known."},
};
const size_t reports_route_count = sizeof reports_routes / sizeof reports_routes[0];
