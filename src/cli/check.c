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

// Whether all faults of the rule that starts at `from` say the same, so that it is said once.
static bool says_one_thing(const struct check_fault *faults, size_t from, size_t count)
{
    for (size_t i = from; i < count && faults[i].rule == faults[from].rule; i++) {
        if (strcmp(faults[i].fault, faults[from].fault) != 0) {
            return false;
        }
    }
    return true;
}

static void print_rule(struct cli *cli, struct buf *b, const struct check_fault *f, bool once)
{
    enum { INDENT = 2 };
    buf_printf(b, "%s%s%s  %s\n", cli->colour ? "\033[1m" : "", f->rule->code,
               cli->colour ? "\033[0m" : "", f->rule->about);
    const char *words =
        once ? arena_printf(cli->arena, "%s %s", f->fault, f->rule->remedy) : f->rule->remedy;
    print_wrapped(b, words, print_width(), INDENT, 0);
}

// Rule by rule: what is wrong, what would do, and each object.
static void print_faults(struct cli *cli, const struct council *c, const struct checking *found)
{
    enum { HANGING = 6, MAX = 64 << 20 };
    struct buf b = buf_new(cli->arena, MAX);
    const struct check_fault *faults = found->faults.items;
    bool once = false;
    for (size_t i = 0; i < found->faults.count; i++) {
        if (i == 0 || faults[i].rule != faults[i - 1].rule) {
            once = says_one_thing(faults, i, found->faults.count);
            buf_text(&b, i == 0 ? "" : "\n");
            print_rule(cli, &b, &faults[i], once);
        }
        const char *line = arena_printf(cli->arena, "%s  %s%s%s", faults[i].object, faults[i].title,
                                        once ? "" : ". ", once ? "" : faults[i].fault);
        buf_text(&b, "    ");
        print_wrapped(&b, line, print_width(), HANGING, 4);
    }
    buf_printf(&b, "%s%zu fault%s in %s.\n", found->faults.count > 0 ? "\n" : "",
               found->faults.count, found->faults.count == 1 ? "" : "s", c->name);
    print_buf(&b);
}

int cmd_check(struct cli *cli)
{
    struct reading_command command = {0};
    if (!cli_read_council(cli, 0, 0, &command)) {
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
