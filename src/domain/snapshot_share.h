// Inside the snapshot: reading and judging the figures, which is nearly all of a rebuild.
//
// A large council's measures are shared out among threads. Each reads its share on a connection of
// its own that sees the very state the build's own connection sees, into an arena of its own that
// the council's arena then owns. A share that finds no such connection is done by the build itself,
// after its own: the picture is the same, it only takes longer.
#ifndef GT_DOMAIN_SNAPSHOT_SHARE_H
#define GT_DOMAIN_SNAPSHOT_SHARE_H

#include "domain/snapshot_build.h"

struct share {
    const struct build *build;
    struct arena *arena;
    const struct measure *measures; // the share
    size_t count;
};

// For store_figures and store_targets; the context is the share.
void share_take_figures(void *context, const char *measure, const char *part,
                        const struct store_figure *rows, size_t count);
void share_take_targets(void *context, const char *measure, const char *part,
                        const struct store_target *rows, size_t count);
// Rebases and forecasts of the share's measures, from the rows of the build.
void share_take_decisions(struct share *s);
// The series of a measure's part, added when it is new; NULL when the measure is not known.
struct series *share_series(struct share *s, const char *code, const char *part);
// The measure as a whole stays first; figures and targets may have brought different parts.
void share_sort_parts(struct measure *m);

#endif
