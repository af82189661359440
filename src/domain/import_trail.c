#include "domain/import_run.h"

static const struct slice NOTHING = {NULL, 0};

bool import_may(struct import_run *run, const struct import_row *r, const struct slice *before,
                const struct slice *after)
{
    const char *why = "may not be changed by you: ask your administrator";
    struct who_request request = {.action = before == NULL ? WHO_CREATES : WHO_CHANGES,
                                  .organisation = run->organisation,
                                  .kind = r->source->kind,
                                  .before = before,
                                  .after = after};
    return run->who->may(run->who, &request, &why) ||
           import_refuse(run, r->source, r->row, NULL, NOTHING, why);
}

uint64_t import_note(struct import_run *run, const struct import_row *r, const struct slice *before,
                     const struct slice *after, int version)
{
    struct trail_row row = {
        .action = before == NULL ? WHO_CREATES : WHO_CHANGES,
        .kind = r->source->kind,
        .before = before,
        .after = after,
        .version = version,
        .reason = arena_printf(run->arena, "import of %s, row %u", r->source->name, r->row)};
    return trail_row(&run->trail, &row);
}
