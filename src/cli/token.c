// goldthread token: what programs sign in with.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/people.h"
#include "cli/print.h"
#include "domain/record.h"
#include "domain/token.h"

enum { DAY_SECONDS = 86400 };

// ---- add ----

struct adding {
    struct token_new token;
    const char *made;
};

static bool add(const struct people_act *act, void *context, struct err *e)
{
    struct adding *adding = context;
    return token_add(act, &adding->token, &adding->made, e);
}

// To the end of that day; of the last day there may be, to the very hour a year from now.
static int64_t end_of(day d, int64_t now)
{
    int64_t end = ((int64_t)d + 1) * DAY_SECONDS,
            most = now + TOKEN_DAYS_MAX * (int64_t)DAY_SECONDS;
    return end > most && (int64_t)d * DAY_SECONDS <= most ? most : end;
}

static bool take_end(struct cli *cli, int64_t *out)
{
    day until = DAY_NONE;
    const char *days = NULL;
    if (!cli_day(cli, "--expires", &until) || !cli_option(cli, "--days", &days)) {
        return false;
    }
    if ((until == DAY_NONE) == (days == NULL)) {
        return err_set(cli->err, ERR_USAGE,
                       "Say until when: --expires DATE or --days N, %d at most.",
                       (int)TOKEN_DAYS_MAX);
    }
    if (days == NULL) {
        *out = end_of(until, people_now(cli));
        return true;
    }
    size_t length = strlen(days);
    long count = length > 0 && length < 4 && strspn(days, "0123456789") == length
                     ? strtol(days, NULL, 10)
                     : 0;
    *out = people_now(cli) + count * DAY_SECONDS;
    return (count > 0 && count <= TOKEN_DAYS_MAX) ||
           err_set(cli->err, ERR_USAGE, "--days wants a whole number from 1 to %d, not \"%s\".",
                   (int)TOKEN_DAYS_MAX, days);
}

static int token_add_one(struct cli *cli)
{
    struct adding adding = {.token = {.scope = "read"}};
    struct people_act act;
    const char *scope = NULL;
    bool printed = false;
    if (!cli_option(cli, "--purpose", &adding.token.purpose) ||
        !cli_option(cli, "--scope", &scope) || !take_end(cli, &adding.token.expires_at) ||
        !cli_arguments(cli, 1, 1)) {
        return cli_fail(cli);
    }
    adding.token.account = cli->argv[0];
    adding.token.scope = scope == NULL ? adding.token.scope : scope;
    if (adding.token.purpose == NULL) {
        (void)err_set(cli->err, ERR_USAGE, "Say what the token is for with --purpose.");
        return cli_fail(cli);
    }
    if (!people_open(cli, &act) || !people_commit(cli, &act, add, &adding)) {
        return cli_fail(cli);
    }
    struct tree *view = tree_new_map(cli->arena);
    tree_text(view, "token", adding.made);
    tree_text(view, "account", adding.token.account);
    tree_text(view, "scope", adding.token.scope);
    tree_text(view, "expires_at", people_time(cli->arena, adding.token.expires_at));
    if (cli->json && !print_format(cli, view, "", &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        puts(adding.made);
    }
    fputs("goldthread: this is the only time the token is shown; keep it as you keep a password.\n",
          stderr);
    return 0;
}

// ---- list ----

static const char *state_of(const struct token_line *t, int64_t now)
{
    return t->revoked_at != 0 ? "revoked" : now >= t->expires_at ? "expired" : "valid";
}

static int token_list_all(struct cli *cli)
{
    static const char *const keys[] = {"token",      "account",   "purpose",
                                       "scope",      "state",     "created_at",
                                       "expires_at", "last_used", "revoked_at"};
    const struct token_line *list = NULL;
    size_t count = 0;
    struct db *db = NULL;
    bool printed = false;
    if (!cli_arguments(cli, 0, 1) || !record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
        !token_list(db, cli->arena, cli->argc == 1 ? cli->argv[0] : NULL, &list, &count,
                    cli->err)) {
        return cli_fail(cli);
    }
    struct tree *view = tree_new_map(cli->arena);
    struct tree *table = tree_table(view, "tokens", "tokens", "Tokens");
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        tree_column(table, keys[i], keys[i], false);
    }
    for (size_t i = 0; i < count; i++) {
        const struct token_line *t = &list[i];
        const char *const cells[COUNT_OF(keys)] = {t->prefix,
                                                   t->account,
                                                   t->purpose,
                                                   t->scope,
                                                   state_of(t, people_now(cli)),
                                                   people_time(cli->arena, t->created_at),
                                                   people_time(cli->arena, t->expires_at),
                                                   people_time(cli->arena, t->last_used),
                                                   people_time(cli->arena, t->revoked_at)};
        struct tree *row = tree_row(table);
        for (size_t c = 0; c < COUNT_OF(keys); c++) {
            tree_text(row, keys[c], cells[c]);
        }
    }
    if (!print_format(cli, view, "tokens", &printed)) {
        return cli_fail(cli);
    }
    for (size_t i = 0; i < count && !printed; i++) {
        const struct token_line *t = &list[i];
        const char *used = people_time(cli->arena, t->last_used);
        printf("%s...  %s  %s, %s until %s, %s%s: %s\n", t->prefix, t->account, t->scope,
               state_of(t, people_now(cli)), people_time(cli->arena, t->expires_at),
               used == NULL ? "never used" : "last used ", used == NULL ? "" : used, t->purpose);
    }
    if (!printed && count == 0) {
        puts("There are no tokens.");
    }
    return 0;
}

// ---- revoke ----

static bool revoke(const struct people_act *act, void *context, struct err *e)
{
    return token_revoke(act, NULL, *(const char *const *)context, e);
}

static int token_revoke_one(struct cli *cli)
{
    struct people_act act;
    if (!cli_arguments(cli, 1, 1)) {
        return cli_fail(cli);
    }
    const char *prefix = cli->argv[0];
    if (!people_open(cli, &act) || !people_commit(cli, &act, revoke, &prefix)) {
        return cli_fail(cli);
    }
    printf("Revoked the token %s; it opens nothing from now on.\n", prefix);
    return 0;
}

int cmd_token(struct cli *cli)
{
    static const struct cli_part parts[] = {
        {"add", token_add_one}, {"list", token_list_all}, {"revoke", token_revoke_one}};
    return cli_run_part(cli, "token", parts, COUNT_OF(parts));
}
