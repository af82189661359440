#include "domain/check.h"

#include <stdio.h>
#include <string.h>

#include "base/tree.h"
#include "cli/cli.h"
#include "cli/council.h"
#include "cli/print.h"

static struct tree *faults_view(struct cli *cli, const struct council *c,
                                const struct checking *found)
{
    static const char *const keys[] = {"code", "kind", "object", "title", "fault", "remedy"};
    struct tree *view = tree_new_map(cli->arena);
    tree_text(view, "organisation", c->code);
    struct tree *table = tree_table(view, "faults", "faults", "Faults of the framework");
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        tree_column(table, keys[i], keys[i], false);
    }
    const struct check_fault *faults = found->faults.items;
    for (size_t i = 0; i < found->faults.count; i++) {
        struct tree *row = tree_row(table);
        tree_text(row, "code", faults[i].rule->code);
        tree_text(row, "kind", faults[i].kind);
        tree_text(row, "object", faults[i].object);
        tree_text(row, "title", faults[i].title);
        tree_text(row, "fault", faults[i].fault);
        tree_text(row, "remedy", faults[i].rule->remedy);
    }
    return view;
}

// Rule by rule: what is wrong, what would do, and each object.
static void print_faults(struct cli *cli, const struct council *c, const struct checking *found)
{
    enum { INDENT = 2, HANGING = 6, MAX = 64 << 20 };
    struct buf b = buf_new(cli->arena, MAX);
    const struct check_fault *faults = found->faults.items;
    const struct check_rule *rule = NULL;
    int width = print_width();
    for (size_t i = 0; i < found->faults.count; i++) {
        if (faults[i].rule != rule) {
            rule = faults[i].rule;
            buf_text(&b, i == 0 ? "" : "\n");
            buf_printf(&b, "%s%s%s  %s\n", cli->colour ? "\033[1m" : "", rule->code,
                       cli->colour ? "\033[0m" : "", rule->about);
            print_wrapped(&b, rule->remedy, width, INDENT, 0);
        }
        const char *line = arena_printf(cli->arena, "- %s %s: %s %s", faults[i].kind,
                                        faults[i].object, faults[i].title, faults[i].fault);
        buf_text(&b, "    ");
        print_wrapped(&b, line, width, HANGING, 4);
    }
    buf_printf(&b, "%s%zu fault%s in %s.\n", found->faults.count > 0 ? "\n" : "",
               found->faults.count, found->faults.count == 1 ? "" : "s", c->name);
    print_buf(&b);
}

int cmd_check(struct cli *cli)
{
    struct reading_command command = {0};
    if (!cli_read_council(cli, &command) || !cli_arguments(cli, 0, 0)) {
        return cli_fail(cli);
    }
    const struct council *c = command.council;
    struct checking found = check_council(c, cli->arena);
    bool printed = false;
    if (!print_format(cli, faults_view(cli, c, &found), "faults", &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        print_faults(cli, c, &found);
    }
    return found.faults.count > 0 ? 1 : 0;
}
