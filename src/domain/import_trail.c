#include <string.h>

#include "domain/import_run.h"

static const struct slice NOTHING = {NULL, 0};

static enum who_action action_of(const struct import_row *r, const struct slice *before)
{
    if (r->source->told != NULL && r->source->told->action == WHO_RETIRES) {
        return WHO_RETIRES;
    }
    return before == NULL ? WHO_CREATES : WHO_CHANGES;
}

static const struct slice *keep_cells(struct import_run *run, const struct descriptor *d,
                                      const struct slice *cells)
{
    struct slice *kept = cells == NULL ? NULL : ARENA_ARRAY(run->arena, d->count, struct slice);
    for (size_t c = 0; kept != NULL && c < d->count; c++) {
        kept[c] = cells[c];
    }
    return kept;
}

// Is what stands there still what was seen?
static bool is_as_seen(struct import_run *run, const struct import_row *r,
                       const struct slice *before, int version)
{
    const char *seen = r->source->told->seen;
    if (before == NULL || seen == NULL) {
        return before == NULL && seen == NULL;
    }
    return strcmp(trail_seen(run->arena, run->trail.salt, r->source->kind, before, version),
                  seen) == 0;
}

bool import_may(struct import_run *run, const struct import_row *r, const struct slice *before,
                int version, const struct slice *after)
{
    const char *why = "may not be changed by you: ask your administrator";
    struct who_request request = {.action = action_of(r, before),
                                  .organisation = run->organisation,
                                  .kind = r->source->kind,
                                  .before = before,
                                  .after = after};
    if (!run->who->may(run->who, &request, &why)) {
        run->denied = why;
        return import_refuse(run, r->source, r->row, NULL, NOTHING, why);
    }
    if (r->source->told != NULL && !is_as_seen(run, r, before, version)) {
        if (run->conflict == NULL) {
            run->conflict = r->source;
            run->conflict_before = keep_cells(run, request.kind, before);
            run->conflict_after = keep_cells(run, request.kind, after);
        }
        return import_refuse(run, r->source, r->row, NULL, NOTHING,
                             "was changed by somebody else meanwhile");
    }
    return true;
}

uint64_t import_note(struct import_run *run, const struct import_row *r, const struct slice *before,
                     const struct slice *after, int version)
{
    const struct import_told *told = r->source->told;
    struct trail_row row = {
        .action = action_of(r, before),
        .kind = r->source->kind,
        .before = before,
        .after = after,
        .version = version,
        .reason = told != NULL
                      ? told->reason
                      : arena_printf(run->arena, "import of %s, row %u", r->source->name, r->row)};
    return trail_row(&run->trail, &row);
}
