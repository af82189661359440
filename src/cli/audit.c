// goldthread audit: the audit trail walked, written out, and its head.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/tree.h"
#include "cli/cli.h"
#include "cli/print.h"
#include "domain/audit.h"
#include "domain/audit_export.h"
#include "domain/record.h"

enum { ANCHORS_MAX = 100 };

// ---- verify ----

static bool is_hash(const char *text)
{
    return strlen(text) == DIGEST_HEX && strspn(text, "0123456789abcdefABCDEF") == DIGEST_HEX;
}

// "118:9f86d0...": as `audit head` and the foot of a report print it.
static bool take_anchor(struct cli *cli, const char *text, struct audit_anchor *out)
{
    char *end = NULL;
    unsigned long long seq = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != ':' || !is_hash(end + 1)) {
        return err_set(cli->err, ERR_USAGE,
                       "--head wants SEQUENCE:HASH as goldthread audit head prints it, not \"%s\".",
                       text);
    }
    *out = (struct audit_anchor){seq, end + 1};
    return true;
}

// --head may stand several times.
static bool take_anchors(struct cli *cli, struct audit_anchor *anchors, size_t *ret_count)
{
    size_t count = 0;
    for (int i = 0; i < cli->argc;) {
        bool joined = strncmp(cli->argv[i], "--head=", 7) == 0;
        if (!joined && strcmp(cli->argv[i], "--head") != 0) {
            i++;
            continue;
        }
        struct cli one = *cli;
        one.argc = joined ? 1 : cli->argc - i < 2 ? cli->argc - i : 2;
        one.argv = cli->argv + i;
        int taken = one.argc;
        const char *value = NULL;
        if (count == ANCHORS_MAX) {
            return err_set(cli->err, ERR_USAGE, "Give --head at most %d times.", ANCHORS_MAX);
        }
        if (!cli_option(&one, "--head", &value) || !take_anchor(cli, value, &anchors[count++])) {
            return false;
        }
        for (int j = i; j + taken < cli->argc; j++) {
            cli->argv[j] = cli->argv[j + taken];
        }
        cli->argc -= taken;
    }
    *ret_count = count;
    return true;
}

static struct tree *verdict_view(struct cli *cli, const struct audit_verdict *v)
{
    struct tree *view = tree_new_map(cli->arena);
    struct tree *table = tree_table(view, "verdict", "verdict", "Audit trail");
    static const char *const keys[] = {"whole", "events", "head", "rows", "before", "seq", "what"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        tree_column(table, keys[i], keys[i], i == 1 || (i >= 3 && i <= 5));
    }
    struct tree *row = tree_row(table);
    tree_text(row, "whole", v->whole ? "yes" : "no");
    tree_int(row, "events", (int64_t)v->events);
    tree_text(row, "head", v->head.hash);
    tree_int(row, "rows", (int64_t)v->rows);
    tree_int(row, "before", (int64_t)v->before);
    if (!v->whole) {
        tree_int(row, "seq", (int64_t)v->seq);
        tree_text(row, "what", v->what);
    }
    return view;
}

static void print_verdict(const struct audit_verdict *v)
{
    if (!v->whole) {
        printf("The audit trail is broken at event %llu: %s.\n", (unsigned long long)v->seq,
               v->what);
        return;
    }
    printf("The audit trail is whole: %llu event%s; %llu row%s of the record say%s what their "
           "events recorded.\n",
           (unsigned long long)v->events, v->events == 1 ? "" : "s", (unsigned long long)v->rows,
           v->rows == 1 ? "" : "s", v->rows == 1 ? "s" : "");
    if (v->before > 0) {
        printf("%llu row%s recorded before there was a trail.\n", (unsigned long long)v->before,
               v->before == 1 ? " was" : "s were");
    }
    printf("Head: %llu:%s\n", (unsigned long long)v->head.seq, v->head.hash);
}

static int verify(struct cli *cli)
{
    struct audit_anchor *anchors = ARENA_ARRAY(cli->arena, ANCHORS_MAX, struct audit_anchor);
    struct audit_verdict verdict = {0};
    size_t count = 0;
    bool printed = false;
    struct db *db = NULL;
    if (!take_anchors(cli, anchors, &count) || !cli_arguments(cli, 0, 0) ||
        !record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
        !audit_verify(db, cli->arena, anchors, count, &verdict, cli->err) ||
        !print_format(cli, verdict_view(cli, &verdict), "verdict", &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        print_verdict(&verdict);
    }
    return verdict.whole ? 0 : 1;
}

// ---- export ----

// A reader that goes away (`| head`) is no failure; a full disc is.
static bool put_out(void *context, const char *bytes, size_t length)
{
    bool *gone = context;
    errno = 0;
    bool good = fwrite(bytes, 1, length, stdout) == length;
    *gone = !good && errno == EPIPE;
    return good;
}

static int export(struct cli *cli)
{
    const char *from = NULL;
    unsigned long long seq = 1;
    bool gone = false;
    struct db *db = NULL;
    if (!cli_option(cli, "--from", &from) || !cli_arguments(cli, 0, 0)) {
        return cli_fail(cli);
    }
    if (from != NULL) {
        char *end = NULL;
        seq = strtoull(from, &end, 10);
        if (from[0] < '0' || from[0] > '9' || *end != '\0') {
            (void)err_set(cli->err, ERR_USAGE,
                          "--from wants the sequence of an event, like 118, not \"%s\".", from);
            return cli_fail(cli);
        }
    }
    if (!record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
        !audit_export(db, cli->arena, seq, cli->csv, put_out, &gone, cli->err)) {
        return gone ? 0 : cli_fail(cli);
    }
    return 0;
}

// ---- head ----

static int head(struct cli *cli)
{
    struct audit_head h = {0};
    struct db *db = NULL;
    bool printed = false;
    if (!cli_arguments(cli, 0, 0) || !record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
        !audit_head(db, &h, cli->err)) {
        return cli_fail(cli);
    }
    struct tree *view = tree_new_map(cli->arena);
    struct tree *table = tree_table(view, "head", "head", "Head of the audit trail");
    tree_column(table, "seq", "seq", true);
    tree_column(table, "hash", "hash", false);
    struct tree *row = tree_row(table);
    tree_int(row, "seq", (int64_t)h.seq);
    tree_text(row, "hash", h.hash);
    if (!print_format(cli, view, "head", &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        printf("%llu:%s\n", (unsigned long long)h.seq, h.hash);
    }
    return 0;
}

int cmd_audit(struct cli *cli)
{
    static const struct cli_part parts[] = {{"verify", verify}, {"export", export}, {"head", head}};
    return cli_run_part(cli, "audit", parts, COUNT_OF(parts));
}
