#include "view/search.h"
#include "web/families.h"

const struct route search_routes[] = {
    {"search", false, "Search", "search.html", view_search,
     "Everything that has a code, by words: measures, plans, units, boards, actions, risks."},
};
const size_t search_route_count = sizeof search_routes / sizeof search_routes[0];
