// The council of the tests with more going on: actions in every state, risks with and without a
// matrix, projects with gates, budget lines and savings of two years, an aim that leads nowhere.
//
// It stands as of 15 May 2014, like fixture_council, whose measures, people and plans it keeps.
#ifndef GT_TESTS_FIXTURE_DELIVERY_H
#define GT_TESTS_FIXTURE_DELIVERY_H

#include "domain/council.h"

const struct council *fixture_delivery(struct arena *a);

#endif
