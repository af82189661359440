#include "cli/council.h"

#include <string.h>

#include "domain/snapshot.h"

static bool pick_organisation(struct cli *cli, struct db *db, const char **code)
{
    if (*code != NULL) {
        return true;
    }
    const struct organisation_name *names = NULL;
    size_t count = 0;
    if (!snapshot_organisations(db, cli->arena, &names, &count, cli->err)) {
        return false;
    }
    if (count == 1) {
        *code = names[0].code;
        return true;
    }
    if (count == 0) {
        return err_set(cli->err, ERR_INPUT,
                       "The record %s is empty; load a council first: goldthread import FOLDER.",
                       cli->record);
    }
    enum { NAMED = 20 };
    struct buf b = buf_new(cli->arena, 4096);
    for (size_t i = 0; i < count && i < NAMED; i++) {
        buf_text(&b, i == 0 ? "" : ", ");
        buf_text(&b, names[i].code);
    }
    return err_set(cli->err, ERR_USAGE,
                   "The record holds %zu organisations; say which with --organisation (%s%s).",
                   count, buf_cstr(&b), count > NAMED ? ", ..." : "");
}

static bool take_period(struct cli *cli, const char *text, struct page_request *q)
{
    if (text == NULL) {
        q->period = page_default_period(q->council);
        return true;
    }
    if (!period_parse_id(text, strlen(text), q->council->year_start, &q->period) ||
        q->period.kind == PERIOD_SPAN || q->period.kind == PERIOD_YEARS) {
        return err_set(cli->err, ERR_USAGE,
                       "\"%s\" is not a reporting period: write a month (2025-04), a quarter "
                       "(2025-26-Q1), a half (2025-26-H1) or a year (2025-26-FY).",
                       text);
    }
    q->period_given = true;
    return true;
}

static void free_council(void *council)
{
    arena_free(((struct council *)council)->arena);
}

bool cli_read_council(struct cli *cli, int least, int most, struct reading_command *out)
{
    const char *organisation = NULL, *period = NULL;
    day at = DAY_NONE;
    if (!cli_option(cli, "--organisation", &organisation) ||
        !cli_option(cli, "--period", &period) || !cli_day(cli, "--at", &at) ||
        !cli_arguments(cli, least, most)) {
        return false; // before the record is opened: a slip of the keyboard is told first
    }
    struct db *db = NULL;
    if (!snapshot_open(cli->arena, cli->record, &db, cli->err) ||
        !pick_organisation(cli, db, &organisation)) {
        return false;
    }
    // What was known on a day is judged by that day's calendar, unless another is given.
    day today = at != DAY_NONE && !cli->today_given ? at : cli->today;
    if (!snapshot_build(db, organisation, today, at, &out->council, cli->err)) {
        return false;
    }
    arena_defer(cli->arena, free_council, (void *)(uintptr_t)out->council);
    out->request = (struct page_request){.council = out->council,
                                         .arena = cli->arena,
                                         .path = arena_printf(cli->arena, "/%s", organisation),
                                         .rest = "",
                                         .query_text = ""};
    return take_period(cli, period, &out->request);
}
