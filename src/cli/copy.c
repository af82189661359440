#include "domain/copy.h"

#include <stdio.h>

#include "base/tree.h"
#include "cli/cli.h"
#include "cli/print.h"

static struct tree *tables_view(struct cli *cli, const struct store_copied *tables, size_t count)
{
    struct tree *view = tree_new_map(cli->arena);
    struct tree *table = tree_table(view, "tables", "tables", "Tables");
    tree_column(table, "table", "table", false);
    tree_column(table, "rows", "rows", true);
    tree_column(table, "sha256", "SHA-256", false);
    for (size_t i = 0; i < count; i++) {
        struct tree *row = tree_row(table);
        tree_text(row, "table", tables[i].table);
        tree_int(row, "rows", (int64_t)tables[i].rows);
        tree_text(row, "sha256", tables[i].digest);
    }
    return view;
}

int cmd_copy(struct cli *cli)
{
    const char *from = NULL, *to = NULL;
    const struct store_copied *tables = NULL;
    size_t count = 0;
    if (!cli_option(cli, "--from", &from) || !cli_option(cli, "--to", &to) ||
        !cli_arguments(cli, 0, 0)) {
        return cli_fail(cli);
    }
    if (to == NULL) {
        (void)err_set(cli->err, ERR_USAGE,
                      "Say where to copy the record with --to: a new file, or postgresql://...");
        return cli_fail(cli);
    }
    from = from == NULL ? cli->record : from;
    if (!copy_record(cli->arena, from, to, &tables, &count, cli->err)) {
        return cli_fail(cli);
    }
    bool printed = false;
    if (!print_format(cli, tables_view(cli, tables, count), "tables", &printed)) {
        return cli_fail(cli);
    }
    for (size_t i = 0; i < count && !printed; i++) {
        printf("%-18s %9zu row%s  %s\n", tables[i].table, tables[i].rows,
               tables[i].rows == 1 ? " " : "s", tables[i].digest);
    }
    if (!printed) {
        printf("Copied; every row was read back and is the same. Point --record or "
               "GOLDTHREAD_RECORD at the new record from now on.\n");
    }
    return 0;
}
