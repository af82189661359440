// goldthread status: the whole council on one terminal.

#include <string.h>

#include "base/utf8.h"
#include "cli/council.h"
#include "cli/print.h"
#include "view/statuses.h"

struct page_out {
    struct buf *b;
    bool colour;
    int width;
};

static const char *text_at(const struct tree *map, const char *key)
{
    const struct tree *node = tree_get(map, key);
    return node == NULL || node->text == NULL ? "" : node->text;
}

// Bold and colour repeat the word and the shape; without them nothing is lost.
static const char *paint_of(const char *status)
{
    static const struct {
        const char *status, *code;
    } paints[] = {
        {"off_target", "\033[1;31m"}, {"slightly_off", "\033[1;33m"}, {"on_target", "\033[1;32m"}};
    for (size_t i = 0; i < COUNT_OF(paints); i++) {
        if (strcmp(paints[i].status, status) == 0) {
            return paints[i].code;
        }
    }
    return "\033[1m";
}

static void painted(const struct page_out *o, const char *paint, const char *text)
{
    if (o->colour) {
        buf_text(o->b, paint);
    }
    buf_text(o->b, text);
    if (o->colour) {
        buf_text(o->b, "\033[0m");
    }
}

static void pad_to(const struct page_out *o, int printed, int column)
{
    for (int i = printed; i < column; i++) {
        buf_char(o->b, ' ');
    }
}

static void print_head(const struct page_out *o, const struct tree *view)
{
    const struct tree *rollup = tree_get(view, "rollup");
    const struct tree *statuses = rollup == NULL ? NULL : tree_get(rollup, "statuses");
    buf_char(o->b, '\n');
    painted(o, "\033[1m", text_at(view, "organisation"));
    buf_printf(o->b, ", %s\n", text_at(tree_get(view, "period"), "title"));
    if (text_at(view, "notice")[0] != '\0') {
        print_wrapped(o->b, text_at(view, "notice"), o->width, 0, 0);
    }
    if (statuses == NULL) {
        return; // of one measure
    }
    buf_printf(o->b, "\n%s\n", text_at(rollup, "sentence"));
    int column = 0;
    for (const struct tree *s = statuses->first; s != NULL; s = s->next) {
        const char *told =
            arena_printf(o->b->arena, " %s %s", text_at(s, "word"), text_at(s, "count"));
        int length = 1 + (int)utf8_length(told);
        if (column > 0 && column + 3 + length > o->width) {
            buf_char(o->b, '\n');
            column = 0;
        }
        buf_text(o->b, column > 0 ? "   " : "");
        painted(o, paint_of(text_at(s, "code")), text_at(s, "shape"));
        buf_text(o->b, told);
        column += (column > 0 ? 3 : 0) + length;
    }
    buf_char(o->b, '\n');
}

enum { CODE_COLUMN = 2, FIGURE_COLUMN = 14 };

// What parts one sentence from the next, where people may have ended theirs or not.
static const char *ends(const char *text)
{
    size_t length = strlen(text);
    return length == 0 ? "" : strchr(".!?", text[length - 1]) != NULL ? " " : ". ";
}

static void print_row(const struct page_out *o, const struct tree *row)
{
    const char *code = text_at(row, "measure");
    pad_to(o, 0, CODE_COLUMN);
    painted(o, "\033[1m", code);
    int at = CODE_COLUMN + (int)utf8_length(code);
    pad_to(o, at, at < FIGURE_COLUMN ? FIGURE_COLUMN : at + 1);
    const char *part = text_at(row, "part");
    const char *title = part[0] == '\0'
                            ? text_at(row, "title")
                            : arena_printf(o->b->arena, "%s: %s", text_at(row, "title"), part);
    print_wrapped(o->b, title, o->width, FIGURE_COLUMN,
                  at < FIGURE_COLUMN ? FIGURE_COLUMN : at + 1);
    const char *said = text_at(row, "said"), *note = text_at(row, "due_note");
    print_wrapped(o->b,
                  arena_printf(o->b->arena, "%s%s%s%s%s", said, ends(said), text_at(row, "reason"),
                               note[0] == '\0' ? "" : " ", note),
                  o->width, FIGURE_COLUMN, 0);
    if (text_at(row, "travel_short_words")[0] != '\0') {
        print_wrapped(o->b, text_at(row, "travel_short_words"), o->width, FIGURE_COLUMN, 0);
    }
}

// What is on target is told in a line each: the eye is for the rest.
static void print_short_row(const struct page_out *o, const struct tree *row)
{
    const char *code = text_at(row, "measure");
    pad_to(o, 0, CODE_COLUMN);
    buf_text(o->b, code);
    int at = CODE_COLUMN + (int)utf8_length(code);
    int next = at < FIGURE_COLUMN ? FIGURE_COLUMN : at + 1;
    pad_to(o, at, next);
    const char *part = text_at(row, "part");
    const char *name = arena_printf(o->b->arena, "%s%s%s", text_at(row, "title"),
                                    part[0] == '\0' ? "" : ", ", part);
    const char *between = strcmp(ends(name), " ") == 0 ? " " : ": ";
    print_wrapped(o->b,
                  arena_printf(o->b->arena, "%s%s%s", name, between, text_at(row, "value_shown")),
                  o->width, FIGURE_COLUMN, next);
}

// "13 measures and 3 parts": the measures are those of the counts at the head; parts of a measure
// and what is retired stand in the list, too.
static const char *count_status(struct arena *a, const struct tree *rows, const char *status)
{
    int counted = 0, parts = 0, retired = 0;
    for (const struct tree *row = rows->first; row != NULL; row = row->next) {
        if (strcmp(text_at(row, "status"), status) != 0) {
            continue;
        }
        const struct tree *counts = tree_get(row, "counted");
        counted += counts->truth ? 1 : 0;
        parts += text_at(row, "part")[0] != '\0' ? 1 : 0;
        retired += !counts->truth && text_at(row, "part")[0] == '\0' ? 1 : 0;
    }
    return arena_printf(a, "%d%s%s", counted,
                        parts == 0 ? "" : arena_printf(a, ", and %d in parts", parts),
                        retired == 0 ? "" : arena_printf(a, ", and %d retired", retired));
}

static void print_rows(const struct page_out *o, const struct tree *rows)
{
    const char *status = "";
    for (const struct tree *row = rows->first; row != NULL; row = row->next) {
        if (strcmp(status, text_at(row, "status")) != 0) {
            status = text_at(row, "status");
            buf_char(o->b, '\n');
            painted(o, paint_of(status),
                    arena_printf(o->b->arena, "%s %s (%s)", text_at(row, "shape"),
                                 text_at(row, "word"), count_status(o->b->arena, rows, status)));
            buf_char(o->b, '\n');
        }
        bool told = strcmp(status, "off_target") == 0 || strcmp(status, "slightly_off") == 0 ||
                    strcmp(status, "missing") == 0;
        if (told) {
            print_row(o, row);
        } else {
            print_short_row(o, row);
        }
    }
}

static void print_group(const struct page_out *o, const struct tree *view, const char *key,
                        const char *title)
{
    const struct tree *table = tree_get(view, key);
    const struct tree *rows = table == NULL ? NULL : tree_get(table, "rows");
    if (rows == NULL || rows->count == 0) {
        return;
    }
    bool by_plan = strcmp(key, "by_aim") == 0;
    buf_char(o->b, '\n');
    painted(o, "\033[1m", title);
    buf_text(o->b, "   ● on target  ◆ slightly off  ▲ off target  · not scored\n");
    const char *within = "";
    for (const struct tree *row = rows->first; row != NULL; row = row->next) {
        if (by_plan && strcmp(within, text_at(row, "within")) != 0) {
            within = text_at(row, "within");
            print_wrapped(o->b, within, o->width, 2, 0);
        }
        buf_printf(o->b, "  ● %3s  ◆ %3s  ▲ %3s  · %3s   ", text_at(row, "on_target"),
                   text_at(row, "slightly_off"), text_at(row, "off_target"),
                   text_at(row, "not_scored"));
        enum { TITLE_COLUMN = 34 };
        int column = TITLE_COLUMN + 2 * (int)tree_get(row, "depth")->number.units;
        pad_to(o, TITLE_COLUMN, column);
        print_wrapped(o->b,
                      tree_get(row, "worst_tells")->truth
                          ? arena_printf(o->b->arena, "%s (worst: %s)", text_at(row, "title"),
                                         text_at(row, "worst_code"))
                          : text_at(row, "title"),
                      o->width, column, column);
    }
}

int cmd_status(struct cli *cli)
{
    struct reading_command c;
    const char *code = NULL;
    if (!cli_option(cli, "--measure", &code) || !cli_read_council(cli, 0, 0, &c)) {
        return cli_fail(cli);
    }
    const struct measure *only = code == NULL ? NULL : council_measure(c.council, code);
    if (code != NULL && only == NULL) {
        (void)err_set(cli->err, ERR_INPUT,
                      "%s has no measure \"%s\"; goldthread status lists those there are.",
                      c.council->name, code);
        return cli_fail(cli);
    }
    struct tree *view = tree_new_map(cli->arena);
    view_statuses(&c.request, view, only, !cli->csv && !cli->json);
    bool printed = false;
    if (!print_format(cli, view, "statuses", &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        struct buf b = buf_new(cli->arena, PRINT_MAX);
        struct page_out o = {&b, cli->colour, print_width()};
        print_head(&o, view);
        print_rows(&o, tree_get(tree_get(view, "statuses"), "rows"));
        print_group(&o, view, "by_aim", "By aim");
        print_group(&o, view, "by_unit", "By unit");
        print_buf(&b);
    }
    return 0;
}
