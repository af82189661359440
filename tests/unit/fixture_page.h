// A page of the council of the tests, as the site would make it, without a server.
#ifndef GT_TESTS_FIXTURE_PAGE_H
#define GT_TESTS_FIXTURE_PAGE_H

#include "render/mustache.h"
#include "web/site.h"

// The view behind an address ("/town/measures?status=look"); NULL with `e` filled when there is
// none. `ret_route` (may be NULL) gets the route that made it.
struct tree *fixture_page(struct arena *a, const struct council *c, const char *address,
                          const struct route **ret_route, struct err *e);

// The templates built in; fails the test when one does not parse.
const struct templates *fixture_templates(struct arena *a);

// The view through its route's template.
const char *fixture_html(struct arena *a, const struct route *route, const struct tree *page);

// A value by its path: "reading.status.code", "groups.1.title" (lists from 0). NULL: not there.
const struct tree *fixture_at(const struct tree *page, const char *path);
// Its text (a number as people read it); "" for null, "(absent)" when the path leads nowhere.
const char *fixture_text(const struct tree *page, const char *path);

#endif
