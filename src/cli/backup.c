// goldthread backup, goldthread restore: the record to a file while it is in use, and back.
#include "domain/backup.h"

#include <stdio.h>

#include "base/tree.h"
#include "cli/cli.h"
#include "cli/print.h"

// 12.3 MB, as people say sizes: tenths of a million bytes.
static const char *size_text(struct arena *a, uint64_t bytes)
{
    unsigned long long tenths = (bytes + 50000) / 100000;
    return arena_printf(a, "%llu.%llu MB", tenths / 10, tenths % 10);
}

static const char *time_text(struct arena *a, uint64_t milliseconds)
{
    unsigned long long tenths = (milliseconds + 50) / 100;
    return arena_printf(a, "%llu.%llu s", tenths / 10, tenths % 10);
}

static struct tree *report_view(struct cli *cli, const struct backup_report *r)
{
    struct tree *view = tree_new_map(cli->arena);
    tree_text(view, "record", r->record);
    tree_text(view, "file", r->file);
    tree_int(view, "bytes", (int64_t)r->bytes);
    tree_int(view, "milliseconds", (int64_t)r->milliseconds);
    tree_bool(view, "trail_whole", r->audit.whole);
    tree_int(view, "head_seq", (int64_t)r->audit.head.seq);
    tree_text(view, "head_hash", r->audit.head.hash);
    tree_bool(view, "rehearsed", r->rehearsed);
    tree_text(view, "kept", r->kept);
    struct tree *table = tree_table(view, "tables", "tables", "Tables");
    tree_column(table, "table", "table", false);
    tree_column(table, "rows", "rows", true);
    tree_column(table, "sha256", "SHA-256", false);
    for (size_t i = 0; i < r->table_count; i++) {
        struct tree *row = tree_row(table);
        tree_text(row, "table", r->tables[i].table);
        tree_int(row, "rows", (int64_t)r->tables[i].rows);
        tree_text(row, "sha256", r->tables[i].digest);
    }
    return view;
}

static void print_tables(const struct backup_report *r)
{
    for (size_t i = 0; i < r->table_count; i++) {
        if (r->tables[i].rows > 0) {
            printf("  %-20s %9zu row%s\n", r->tables[i].table, r->tables[i].rows,
                   r->tables[i].rows == 1 ? "" : "s");
        }
    }
}

// The checks that were passed, and where the trail ends: to be written down outside.
static void print_checks(const struct backup_report *r)
{
    printf("Checked: integrity ok, references ok, %llu rows in %zu tables",
           (unsigned long long)r->rows, r->table_count);
    if (r->audit.whole) {
        printf(", audit trail whole (%llu event%s)", (unsigned long long)r->audit.events,
               r->audit.events == 1 ? "" : "s");
    }
    printf(".\n%s",
           r->rehearsed ? "Rehearsed: restored into a fresh place, every table the same.\n" : "");
    printf("Head: %llu:%s\n", (unsigned long long)r->audit.head.seq, r->audit.head.hash);
}

// 1 where what was copied faithfully has a trail that is broken.
static int print_end(struct cli *cli, const struct backup_report *r)
{
    if (!r->audit.whole) {
        fprintf(stderr,
                "goldthread: the audit trail in it is broken at event %llu: %s. The copy is as the "
                "record was, and was kept.\n",
                (unsigned long long)r->audit.seq, r->audit.what);
    }
    (void)cli;
    return r->audit.whole ? 0 : 1;
}

int cmd_backup(struct cli *cli)
{
    const char *to = NULL;
    struct backup_report report = {0};
    bool printed = false;
    bool verify = cli_flag(cli, "--verify");
    if (!cli_option(cli, "--to", &to) || !cli_arguments(cli, 0, 0)) {
        return cli_fail(cli);
    }
    if (to == NULL) {
        (void)err_set(cli->err, ERR_USAGE, "Say which file to make with --to FILE.");
        return cli_fail(cli);
    }
    if (!backup_make(cli->arena, cli->record, to, verify, &report, cli->err) ||
        !print_format(cli, report_view(cli, &report), "tables", &printed)) {
        return cli_fail(cli);
    }
    backup_note(cli->arena, cli->record);
    if (!printed) {
        printf("Backed up %s to %s: %s in %s.\n", report.record, report.file,
               size_text(cli->arena, report.bytes), time_text(cli->arena, report.milliseconds));
        print_tables(&report);
        print_checks(&report);
    }
    return print_end(cli, &report);
}

int cmd_restore(struct cli *cli)
{
    const char *from = NULL, *to = NULL, *confirm = NULL;
    struct backup_report report = {0};
    bool printed = false;
    if (!cli_option(cli, "--from", &from) || !cli_option(cli, "--to", &to) ||
        !cli_option(cli, "--confirm", &confirm) || !cli_arguments(cli, 0, 0)) {
        return cli_fail(cli);
    }
    if (from == NULL) {
        (void)err_set(cli->err, ERR_USAGE, "Say which backup to restore with --from FILE.");
        return cli_fail(cli);
    }
    to = to == NULL ? cli->record : to;
    if (!backup_restore(cli->arena, from, to, confirm, &report, cli->err) ||
        !print_format(cli, report_view(cli, &report), "tables", &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        printf("Restored %s from %s: %s in %s.\n", report.record, report.file,
               size_text(cli->arena, report.bytes), time_text(cli->arena, report.milliseconds));
        print_tables(&report);
        print_checks(&report);
        if (report.kept != NULL) {
            printf("What stood there is kept as %s; remove it when it is no longer wanted.\n",
                   report.kept);
        }
    }
    return print_end(cli, &report);
}
