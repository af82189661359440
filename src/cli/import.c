#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/tree.h"
#include "cli/cli.h"
#include "cli/print.h"
#include "db/db.h"
#include "domain/import.h"
#include "domain/record.h"

enum { BAR_WIDTH = 40, SILENT_SECONDS = 1 };

// ---- progress: only on a terminal, and only once it has taken a second ----

struct progress {
    time_t started;
    int shown; // per cent; -1: nothing yet
};

static void show_progress(void *context, const char *doing, int per_mille)
{
    struct progress *p = context;
    int percent = per_mille / 10;
    if (percent == p->shown || time(NULL) - p->started < SILENT_SECONDS) {
        return;
    }
    p->shown = percent;
    char bar[BAR_WIDTH + 1];
    for (int i = 0; i < BAR_WIDTH; i++) {
        bar[i] = i * 100 < percent * BAR_WIDTH ? '#' : '.';
    }
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r%-8s %s %3d%%", doing, bar, percent);
}

static void end_progress(const struct progress *p)
{
    if (p->shown >= 0) {
        fprintf(stderr, "\r%*s\r", BAR_WIDTH + 16, "");
    }
}

// ---- options ----

static bool add_instruction(struct cli *cli, struct import_mapping *m, const char *flag,
                            bool *ret_any)
{
    const char *value = NULL;
    const char *option = flag + 2;
    // --map and its like may stand several times: take them one by one.
    for (int i = 0; i < cli->argc && strcmp(cli->argv[i], "--") != 0;) {
        size_t length = strlen(flag);
        bool joined = strncmp(cli->argv[i], flag, length) == 0 && cli->argv[i][length] == '=';
        if (!joined && strcmp(cli->argv[i], flag) != 0) {
            i++;
            continue;
        }
        struct cli one = *cli;
        one.argc = joined ? 1 : cli->argc - i < 2 ? cli->argc - i : 2;
        one.argv = cli->argv + i;
        int taken = one.argc;
        if (!cli_option(&one, flag, &value) ||
            !mapping_add(m, cli->arena, option, value, cli->err)) {
            return false;
        }
        for (int j = i; j + taken < cli->argc; j++) {
            cli->argv[j] = cli->argv[j + taken];
        }
        cli->argc -= taken;
        *ret_any = true;
    }
    return true;
}

static bool take_mapping(struct cli *cli, struct import_mapping *m, bool *ret_any)
{
    static const char *const flags[] = {"--as",    "--map",    "--set",    "--number",
                                        "--where", "--ignore", "--periods"};
    const char *file = NULL;
    if (!cli_option(cli, "--mapping", &file)) {
        return false;
    }
    *ret_any = file != NULL;
    if (file != NULL && !mapping_read(m, cli->arena, file, cli->err)) {
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(flags); i++) {
        if (!add_instruction(cli, m, flags[i], ret_any)) {
            return false;
        }
    }
    if (cli_flag(cli, "--make-measures")) {
        m->make_measures = true;
        *ret_any = true;
    }
    return !*ret_any || mapping_check(m, cli->err);
}

// When versions are recorded: the machine's clock, or the start of the day --today says.
static const char *now_text(const struct cli *cli)
{
    if (cli->today_given) {
        return arena_printf(cli->arena, "%sT00:00:00Z", day_text(cli->arena, cli->today));
    }
    time_t seconds = time(NULL);
    int of_day = (int)(seconds % 86400);
    return arena_printf(cli->arena, "%sT%02d:%02d:%02dZ",
                        day_text(cli->arena, (day)(seconds / 86400)), of_day / 3600,
                        of_day / 60 % 60, of_day % 60);
}

// Who sits at the machine, as it calls them.
static struct who at_machine(const struct cli *cli)
{
    const struct passwd *p = getpwuid(getuid());
    return who_at_machine(cli->arena, p == NULL ? NULL : p->pw_name);
}

// ---- what it says ----

static struct tree *report_view(struct cli *cli, const struct import_report *r, bool dry_run)
{
    struct tree *view = tree_new_map(cli->arena);
    tree_text(view, "organisation", r->organisation);
    tree_bool(view, "dry_run", dry_run);
    tree_bool(view, "imported", r->refused == 0 && !dry_run);
    struct tree *files = tree_table(view, "files", "files", "Files");
    static const char *const keys[] = {"file", "created", "updated", "unchanged", "refused"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        tree_column(files, keys[i], keys[i], i > 0);
    }
    for (size_t i = 0; i < r->file_count; i++) {
        const struct import_file *f = &r->files[i];
        struct tree *row = tree_row(files);
        tree_text(row, "file", f->name);
        tree_int(row, "created", (int64_t)f->created);
        tree_int(row, "updated", (int64_t)f->updated);
        tree_int(row, "unchanged", (int64_t)f->unchanged);
        tree_int(row, "refused", (int64_t)f->refused);
    }
    struct tree *refusals = tree_table(view, "refusals", "refusals", "Refusals");
    static const char *const parts[] = {"file", "row", "column", "found", "why"};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        tree_column(refusals, parts[i], parts[i], i == 1);
    }
    for (size_t i = 0; i < r->listed; i++) {
        struct tree *row = tree_row(refusals);
        tree_text(row, "file", r->refusals[i].file);
        tree_int(row, "row", (int64_t)r->refusals[i].row);
        tree_text(row, "column", r->refusals[i].column);
        tree_text(row, "found", r->refusals[i].found);
        tree_text(row, "why", r->refusals[i].why);
    }
    tree_int(view, "refused", (int64_t)r->refused);
    return view;
}

static void print_files(const struct import_report *r)
{
    int width = 4;
    for (size_t i = 0; i < r->file_count; i++) {
        int length = (int)strlen(r->files[i].name);
        width = length > width ? length : width;
    }
    printf("%-*s  %9s  %9s  %9s  %9s\n", width, "file", "created", "updated", "unchanged",
           "refused");
    for (size_t i = 0; i < r->file_count; i++) {
        const struct import_file *f = &r->files[i];
        printf("%-*s  %9zu  %9zu  %9zu  %9zu\n", width, f->name, f->created, f->updated,
               f->unchanged, f->refused);
    }
}

static void print_end(const struct cli *cli, const struct import_report *r, bool dry_run)
{
    if (r->refused > 0) {
        printf("Nothing was imported.\n");
    } else if (dry_run) {
        printf("Dry run: all of it can be imported; nothing was changed.\n");
    } else if (!r->changed) {
        printf("The record has all of it already; nothing was changed.\n");
    } else {
        printf("Imported %s into %s.\n", r->organisation, db_url_shown(cli->arena, cli->record));
    }
}

static void print_refusals(const struct cli *cli, const struct import_report *r)
{
    for (size_t i = 0; i < r->listed; i++) {
        fprintf(stderr, "%s\n", import_refusal_text(cli->arena, &r->refusals[i]));
    }
    if (r->refused > r->listed) {
        fprintf(stderr, "... and %zu more%s.\n", r->refused - r->listed,
                r->refused >= IMPORT_REFUSALS_MAX ? "; reading stopped there" : "");
    }
}

int cmd_import(struct cli *cli)
{
    struct import_mapping *mapping = ARENA_NEW(cli->arena, struct import_mapping);
    struct who who = at_machine(cli);
    struct import_options options = {.now = now_text(cli), .who = &who};
    struct progress progress = {.started = time(NULL), .shown = -1};
    struct import_report report = {0};
    struct db *db = NULL;
    bool mapped = false;
    if (!cli_option(cli, "--organisation", &options.organisation) ||
        !take_mapping(cli, mapping, &mapped)) {
        return cli_fail(cli);
    }
    options.dry_run = cli_flag(cli, "--dry-run");
    options.mapping = mapped ? mapping : NULL;
    options.progress = cli->progress ? show_progress : NULL;
    options.progress_context = &progress;
    if (!cli_arguments(cli, 1, 1000)) {
        return cli_fail(cli);
    }
    const char **paths = ARENA_ARRAY(cli->arena, (size_t)cli->argc, const char *);
    for (int i = 0; i < cli->argc; i++) {
        paths[i] = cli->argv[i];
    }
    bool opened = options.dry_run ? record_open_to_try(cli->arena, cli->record, &db, cli->err)
                                  : record_open(cli->arena, cli->record, &db, cli->err);
    bool good = opened &&
                import_paths(db, cli->arena, paths, (size_t)cli->argc, &options, &report, cli->err);
    end_progress(&progress);
    if (!good) {
        return cli_fail(cli);
    }
    bool printed = false;
    const char *table = report.refused > 0 ? "refusals" : "files";
    if (!print_format(cli, report_view(cli, &report, options.dry_run), table, &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        print_files(&report);
        print_end(cli, &report, options.dry_run);
    }
    fflush(stdout);
    print_refusals(cli, &report);
    return report.refused > 0 ? 1 : 0;
}
