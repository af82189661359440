#include "domain/export.h"

#include <stdio.h>

#include "base/tree.h"
#include "cli/cli.h"
#include "cli/print.h"
#include "domain/record.h"

static struct tree *files_view(struct cli *cli, const char *organisation,
                               const struct export_file *files, size_t count)
{
    struct tree *view = tree_new_map(cli->arena);
    tree_text(view, "organisation", organisation);
    struct tree *table = tree_table(view, "files", "files", "Files");
    tree_column(table, "file", "file", false);
    tree_column(table, "rows", "rows", true);
    for (size_t i = 0; i < count; i++) {
        struct tree *row = tree_row(table);
        tree_text(row, "file", files[i].name);
        tree_int(row, "rows", (int64_t)files[i].rows);
    }
    return view;
}

int cmd_export(struct cli *cli)
{
    const char *organisation = NULL;
    struct db *db = NULL;
    const struct export_file *files = NULL;
    size_t count = 0;
    if (!cli_option(cli, "--organisation", &organisation) || !cli_arguments(cli, 1, 1) ||
        !record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
        !record_organisation(db, cli->arena, organisation, &organisation, cli->err) ||
        !export_folder(db, cli->arena, organisation, cli->argv[0], &files, &count, cli->err)) {
        return cli_fail(cli);
    }
    bool printed = false;
    if (!print_format(cli, files_view(cli, organisation, files, count), "files", &printed)) {
        return cli_fail(cli);
    }
    for (size_t i = 0; i < count && !printed; i++) {
        printf("%-22s %9zu row%s\n", files[i].name, files[i].rows, files[i].rows == 1 ? "" : "s");
    }
    if (!printed) {
        printf("Exported %s to %s.\n", organisation, cli->argv[0]);
    }
    return 0;
}
