#include "view/measures.h"
#include "view/measure.h"
#include "web/families.h"

const struct route measures_routes[] = {
    {"measures", false, "Measures", "measures.html", view_measures,
     "All measures: find, filter and sort by link, with every choice in the address."},
    {"measures", true, "Measures", "measure.html", view_measure,
     "One measure: its status and why, its figures, history, targets and definition."},
};
const size_t measures_route_count = sizeof measures_routes / sizeof measures_routes[0];
