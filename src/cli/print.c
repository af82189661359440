#include "cli/print.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "render/page.h"
#include "render/table_csv.h"

void print_buf(struct buf *b)
{
    fwrite(buf_cstr(b), 1, b->length, stdout);
}

bool print_format(struct cli *cli, const struct tree *view, const char *table_id, bool *ret_printed)
{
    *ret_printed = cli->json || cli->csv;
    if (!*ret_printed) {
        return true;
    }
    struct buf b = buf_new(cli->arena, PRINT_MAX);
    if (cli->json) {
        if (!render_json(view, &b, cli->err)) {
            return false;
        }
    } else {
        const struct tree *table = tree_find_table(view, table_id);
        if (table == NULL || !table_csv(&b, table)) {
            return err_set(cli->err, ERR_USAGE, "There is no table here to print as CSV.");
        }
    }
    if (b.full) {
        return err_set(cli->err, ERR_SYSTEM, "The output is over its limit of %d MB.",
                       PRINT_MAX >> 20);
    }
    print_buf(&b);
    return true;
}

int print_width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
        return size.ws_col > 120 ? 120 : size.ws_col;
    }
    return 100;
}

static void indent_by(struct buf *b, int columns)
{
    for (int i = 0; i < columns; i++) {
        buf_char(b, ' ');
    }
}

void print_wrapped(struct buf *b, const char *text, int width, int indent, int begun)
{
    int column = begun;
    bool fresh = begun > 0;
    if (begun == 0) {
        indent_by(b, indent);
        column = indent;
        fresh = true;
    }
    for (const char *p = text; *p != '\0';) {
        p += strspn(p, " \n");
        size_t length = strcspn(p, " \n");
        if (length == 0) {
            break;
        }
        const char *word = arena_textn(b->arena, p, length);
        int columns = (int)utf8_length(word);
        if (!fresh && column + 1 + columns > width) {
            buf_char(b, '\n');
            indent_by(b, indent);
            column = indent;
            fresh = true;
        }
        if (!fresh) {
            buf_char(b, ' ');
            column++;
        }
        buf_text(b, word);
        column += columns;
        fresh = false;
        p += length;
    }
    buf_char(b, '\n');
}
