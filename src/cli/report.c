// goldthread report NAME: a report written into a folder.

#include <stdio.h>
#include <string.h>

#include "cli/council.h"
#include "cli/print.h"
#include "jobs/write_report.h"

static bool take_formats(struct cli *cli, const char *text, unsigned *out)
{
    static const struct {
        const char *name;
        unsigned bit;
    } formats[] = {{"html", REPORT_HTML}, {"json", REPORT_JSON}, {"csv", REPORT_CSV}};
    *out = 0;
    for (const char *p = text; *p != '\0';) {
        size_t length = strcspn(p, ",");
        unsigned found = 0;
        for (size_t i = 0; i < COUNT_OF(formats); i++) {
            if (strlen(formats[i].name) == length && strncmp(p, formats[i].name, length) == 0) {
                found = formats[i].bit;
            }
        }
        if (found == 0) {
            return err_set(cli->err, ERR_USAGE, "--format knows html, json and csv, not \"%.*s\".",
                           (int)length, p);
        }
        *out |= found;
        p += length + (p[length] == ',' ? 1 : 0);
    }
    return true;
}

int cmd_report(struct cli *cli)
{
    struct reading_command c;
    const char *format = NULL, *folder = NULL;
    unsigned formats = 0;
    if (!cli_option(cli, "--format", &format) || !cli_option(cli, "--out", &folder) ||
        !take_formats(cli, format == NULL ? "html,json,csv" : format, &formats) ||
        !cli_read_council(cli, 1, 1, &c)) {
        return cli_fail(cli);
    }
    const struct report_kind *kind = report_kind_of(cli->argv[0]);
    if (kind == NULL) {
        (void)err_set(cli->err, ERR_USAGE, "There is no report \"%s\"; there is: quarterly.",
                      cli->argv[0]);
        return cli_fail(cli);
    }
    struct tree *paths = tree_new_list(cli->arena);
    if (!write_report(&c.request, kind, formats, folder == NULL ? "." : folder, paths, cli->err)) {
        return cli_fail(cli);
    }
    for (const struct tree *path = paths->first; path != NULL; path = path->next) {
        puts(path->text);
    }
    return 0;
}
