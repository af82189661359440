// Links from one thing to another, and the list of facts at the head of a page.
//
// Every link is a map {code, title, href} and, but for link_put's, {what} ("Measure", "Risk" ...),
// or null where there is nothing to link to; in a list (key NULL) nothing is added then.
#ifndef GT_VIEW_LINKS_H
#define GT_VIEW_LINKS_H

#include "view/page.h"

struct tree *link_put(struct tree *parent, const char *key, const char *code, const char *title,
                      const char *href);
void link_measure(const struct page_request *q, struct tree *parent, const char *key,
                  const struct measure *m);
// With "plan": the title of the aim's plan.
void link_aim(const struct page_request *q, struct tree *parent, const char *key,
              const struct aim *aim);
void link_plan(const struct page_request *q, struct tree *parent, const char *key,
               const struct plan *plan);
void link_unit(const struct page_request *q, struct tree *parent, const char *key,
               const struct unit *unit);
void link_board(const struct page_request *q, struct tree *parent, const char *key,
                const struct board *board);
void link_risk(const struct page_request *q, struct tree *parent, const char *key,
               const struct risk *risk);
void link_project(const struct page_request *q, struct tree *parent, const char *key,
                  const struct project *project);

// The address of another page with one parameter: "/luton/actions?state=late".
const char *link_with(const struct page_request *q, const char *folder, const char *name,
                      const char *value);

// A line of the partial about.html: {key, value, href}; nothing where the value is empty.
void fact_put(struct tree *list, const char *key, const char *value, const char *href);

const char *name_of(const struct person *p); // NULL for nobody

#endif
