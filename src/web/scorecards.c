#include "view/scorecard.h"
#include "web/families.h"

const struct route scorecards_routes[] = {
    {"scorecards", false, "Scorecards", "scorecards.html", view_scorecards,
     "Every scorecard with its counts: by kind of measure, priority, directorate and board."},
    {"scorecards", true, "Scorecards", "scorecard.html", view_scorecard_class,
     "The corporate, statutory, service or organisational measures, one table a group."},
    {"scorecards/priority", true, "Scorecards", "scorecard.html", view_scorecard_priority,
     "The measures of a priority or any other aim, by outcome."},
    {"scorecards/unit", true, "Scorecards", "scorecard.html", view_scorecard_unit,
     "The measures of a directorate, service or team."},
    {"scorecards/board", true, "Scorecards", "scorecard.html", view_scorecard_board,
     "The measures a board sees, by priority."},
};
const size_t scorecards_route_count = sizeof scorecards_routes / sizeof scorecards_routes[0];
