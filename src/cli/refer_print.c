#include "cli/refer_print.h"

#include <string.h>

#include "base/utf8.h"
#include "cli/print.h"

static const char *text_at(const struct tree *map, const char *key)
{
    const struct tree *node = map == NULL ? NULL : tree_get(map, key);
    return node == NULL || node->text == NULL ? "" : node->text;
}

static const char *number_at(struct arena *a, const struct tree *map, const char *key)
{
    return dec_text(a, tree_get(map, key)->number);
}

enum { INDENT = 2, HANGING = 6, QUARTER_COLUMN = 16, NUMBER_COLUMN = 18 };

static void pad(struct buf *b, const char *text, int columns, bool right)
{
    int blanks = columns - (int)utf8_length(text);
    for (int i = 0; right && i < blanks; i++) {
        buf_char(b, ' ');
    }
    buf_text(b, text);
    for (int i = 0; !right && i < blanks; i++) {
        buf_char(b, ' ');
    }
}

static bool is_of(const struct tree *row, const char *rule)
{
    return strcmp(text_at(row, "rule"), rule) == 0;
}

static void print_head(struct buf *b, const struct tree *view)
{
    bool back_test = tree_get(view, "back_test")->truth;
    buf_printf(b, "%s: %s", text_at(view, "organisation"),
               back_test ? "what would have been referred" : "referred now");
    const struct tree *from = tree_get(view, "from"), *to = tree_get(view, "to");
    if (from != NULL && back_test) {
        buf_printf(b, ", %s to %s", text_at(from, "id"), text_at(to, "id"));
    }
    buf_char(b, '\n');
    if (text_at(view, "notice")[0] != '\0') {
        print_wrapped(b, text_at(view, "notice"), print_width(), 0, 0);
    }
}

static void print_rule(struct cli *cli, struct buf *b, const struct tree *rule)
{
    const char *title = text_at(rule, "title"), *classes = text_at(rule, "classes");
    buf_printf(b, "\n%s%s%s", cli->colour ? "\033[1m" : "", text_at(rule, "rule"),
               cli->colour ? "\033[0m" : "");
    int begun = (int)utf8_length(text_at(rule, "rule"));
    const char *looked_at = number_at(cli->arena, rule, "looked_at");
    const char *words =
        arena_printf(cli->arena, "%s%s%s. Ends with: %s. %s measure%s%s%s looked at.", title,
                     title[0] == '\0' ? "" : ": ", text_at(rule, "words"), text_at(rule, "exit"),
                     looked_at, strcmp(looked_at, "1") == 0 ? "" : "s",
                     classes[0] == '\0' ? "" : " of the class ", classes);
    buf_text(b, ": ");
    print_wrapped(b, words, print_width(), INDENT, begun + 2);
}

static void print_quarters(struct cli *cli, struct buf *b, const struct tree *view,
                           const char *rule)
{
    const struct tree *table = tree_get(view, "quarters");
    if (table == NULL) {
        return;
    }
    buf_text(b, "\n  ");
    pad(b, "Quarter", QUARTER_COLUMN, false);
    pad(b, "Newly referred", NUMBER_COLUMN, true);
    pad(b, "Open at its end", NUMBER_COLUMN, true);
    pad(b, "Ended", NUMBER_COLUMN, true);
    buf_char(b, '\n');
    for (const struct tree *row = tree_get(table, "rows")->first; row != NULL; row = row->next) {
        if (!is_of(row, rule)) {
            continue;
        }
        buf_text(b, "  ");
        pad(b, text_at(row, "quarter_title"), QUARTER_COLUMN, false);
        pad(b, number_at(cli->arena, row, "newly"), NUMBER_COLUMN, true);
        pad(b, number_at(cli->arena, row, "open"), NUMBER_COLUMN, true);
        pad(b, number_at(cli->arena, row, "ended"), NUMBER_COLUMN, true);
        buf_char(b, '\n');
    }
}

static const char *outcome(struct arena *a, const struct tree *row)
{
    const char *end = text_at(row, "end"), *length = text_at(row, "length");
    if (strcmp(end, "recovered") == 0) {
        return arena_printf(a, "Ended in %s, after %s.", text_at(row, "until_title"), length);
    }
    if (strcmp(end, "retired") == 0) {
        return "The measure was retired first.";
    }
    bool is_newest = dec_sign(tree_get(row, "periods")->number) == 0;
    return is_newest ? "Still open: this is its newest figure due."
                     : arena_printf(a, "Still open after %s.", length);
}

static void print_referral(struct cli *cli, struct buf *b, const struct tree *row)
{
    struct arena *a = cli->arena;
    const char *code = text_at(row, "measure");
    buf_printf(b, "\n  %s%s%s  ", cli->colour ? "\033[1m" : "", code, cli->colour ? "\033[0m" : "");
    print_wrapped(b, text_at(row, "title"), print_width(), HANGING,
                  INDENT + (int)utf8_length(code) + 2);
    print_wrapped(b,
                  arena_printf(a, "Since %s. %s", text_at(row, "since_title"), text_at(row, "why")),
                  print_width(), HANGING, 0);
    print_wrapped(b,
                  arena_printf(a, "%s Noise: %s. %s", outcome(a, row), text_at(row, "noise_word"),
                               text_at(row, "noise_why")),
                  print_width(), HANGING, 0);
}

static void print_referrals(struct cli *cli, struct buf *b, const struct tree *view,
                            const char *rule)
{
    size_t printed = 0;
    const struct tree *rows = tree_get(tree_get(view, "referrals"), "rows");
    for (const struct tree *row = rows->first; row != NULL; row = row->next) {
        if (is_of(row, rule)) {
            print_referral(cli, b, row);
            printed++;
        }
    }
    if (printed == 0 && !tree_get(view, "back_test")->truth) {
        buf_text(b, "\n  It refers nothing.\n");
    }
}

static void print_summary(struct buf *b, const struct tree *view, const char *rule, bool apart)
{
    static const char *const keys[] = {"counted", "lasted", "noisy"};
    const struct tree *table = tree_get(view, "summary");
    if (table == NULL) {
        return;
    }
    buf_text(b, apart ? "\n" : "");
    for (const struct tree *row = tree_get(table, "rows")->first; row != NULL; row = row->next) {
        for (size_t i = 0; i < COUNT_OF(keys) && is_of(row, rule); i++) {
            if (text_at(row, keys[i])[0] != '\0') {
                print_wrapped(b, text_at(row, keys[i]), print_width(), INDENT, 0);
            }
        }
    }
}

static bool is_wanted(const char *only, const char *table)
{
    return only == NULL || strcmp(only, table) == 0;
}

void refer_print(struct cli *cli, const struct tree *view, const char *only)
{
    struct buf b = buf_new(cli->arena, PRINT_MAX);
    print_head(&b, view);
    for (const struct tree *r = tree_get(view, "rules")->first; r != NULL; r = r->next) {
        const char *rule = text_at(r, "rule");
        print_rule(cli, &b, r);
        if (is_wanted(only, "quarters")) {
            print_quarters(cli, &b, view, rule);
        }
        if (is_wanted(only, "referrals")) {
            print_referrals(cli, &b, view, rule);
        }
        if (is_wanted(only, "summary")) {
            print_summary(&b, view, rule, only == NULL);
        }
    }
    print_buf(&b);
}
