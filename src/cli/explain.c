// goldthread explain MEASURE: one status, fact by fact.

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/council.h"
#include "cli/print.h"
#include "view/statuses.h"

static const struct series *part_of(const struct measure *m, const char *part)
{
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part == NULL ? "" : part) == 0) {
            return &m->series[i];
        }
    }
    return NULL;
}

static void print_facts(struct cli *cli, const struct tree *view)
{
    struct buf b = buf_new(cli->arena, PRINT_MAX);
    enum { VALUE_COLUMN = 20 };
    const struct tree *status = tree_get(view, "status");
    buf_printf(&b, "%s %s\n", tree_get(status, "shape")->text, tree_get(status, "word")->text);
    print_wrapped(&b, tree_get(view, "sentence")->text, print_width(), 0, 0);
    buf_char(&b, '\n');
    const struct tree *facts = tree_get(view, "facts");
    for (const struct tree *f = facts->first; f != NULL; f = f->next) {
        const char *key = tree_get(f, "key")->text;
        buf_text(&b, key);
        for (int i = (int)utf8_length(key); i < VALUE_COLUMN; i++) {
            buf_char(&b, ' ');
        }
        print_wrapped(&b, tree_get(f, "value")->text, print_width(), VALUE_COLUMN, VALUE_COLUMN);
        const struct tree *note = tree_get(f, "note");
        if (note != NULL && note->text != NULL) {
            print_wrapped(&b, note->text, print_width(), VALUE_COLUMN, 0);
        }
    }
    print_buf(&b);
}

int cmd_explain(struct cli *cli)
{
    struct reading_command c;
    const char *part = NULL;
    if (!cli_option(cli, "--part", &part) || !cli_read_council(cli, 1, 1, &c)) {
        return cli_fail(cli);
    }
    const struct measure *m = council_measure(c.council, cli->argv[0]);
    if (m == NULL) {
        (void)err_set(cli->err, ERR_INPUT,
                      "%s has no measure \"%s\"; goldthread status lists those there are.",
                      c.council->name, cli->argv[0]);
        return cli_fail(cli);
    }
    const struct series *s = part_of(m, part);
    if (s == NULL) {
        (void)err_set(cli->err, ERR_INPUT, "Measure %s has no part \"%s\".", m->code, part);
        return cli_fail(cli);
    }
    struct reading r = reading_of(c.council, m, s, c.request.period);
    struct tree *view = tree_new_map(cli->arena);
    view_explain(&c.request, view, &r);
    bool printed = false;
    if (!print_format(cli, view, "explanation", &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        print_facts(cli, view);
    }
    return 0;
}
