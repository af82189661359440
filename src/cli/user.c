// goldthread user: accounts, at the machine.
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/people.h"
#include "db/db.h"
#include "domain/account.h"
#include "domain/password.h"
#include "domain/second_factor.h"
#include "domain/session.h"

// ---- add ----

struct adding {
    struct account_new account;
    struct grant grant;
    const char *role;
    bool first;
};

static bool add_account(const struct people_act *act, void *context, struct err *e)
{
    struct adding *adding = context;
    bool any = false;
    if (!account_any(act->db, &any, e) || !account_add(act, &adding->account, e)) {
        return false;
    }
    adding->first = !any;
    return adding->role == NULL || account_grant(act, adding->account.code, &adding->grant, e);
}

// Refused or hashed; never inside a transaction.
static bool hash_password(struct cli *cli, const struct secret_line *line, const char *const *known,
                          const char **out)
{
    return password_will_do(cli->arena, line->text, line->length, known, cli->err) &&
           password_hash(cli->arena, line->text, line->length, out, cli->err);
}

static bool new_password(struct cli *cli, struct db *db, const char *path, struct account_new *a)
{
    struct secret_line line;
    const char *const *known = NULL;
    return people_password(cli, path, &line) &&
           password_known_new(db, cli->arena, a->code, a->name, a->email, &known, cli->err) &&
           hash_password(cli, &line, known, &a->password_hash);
}

// Hashes of passwords are nobody else's to read.
static void say_first(const struct cli *cli)
{
    struct stat about = {0};
    fputs("goldthread: this record has an account now, so pages ask people to sign in.\n", stderr);
    if (stat(cli->record, &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        fprintf(stderr,
                "goldthread: others on this machine can read %s, where password hashes stand from "
                "now on: chmod 600 %s\n",
                cli->record, cli->record);
    }
}

static int user_add(struct cli *cli)
{
    struct adding adding = {0};
    struct people_scope scope;
    struct people_act act;
    const char *path = NULL;
    adding.account.must_change = cli_flag(cli, "--must-change");
    bool without = cli_flag(cli, "--no-password");
    if (!cli_option(cli, "--name", &adding.account.name) ||
        !cli_option(cli, "--email", &adding.account.email) ||
        !cli_option(cli, "--role", &adding.role) || !cli_option(cli, "--password-file", &path) ||
        !people_take_scope(cli, &scope) || !cli_arguments(cli, 1, 1)) {
        return cli_fail(cli);
    }
    adding.account.code = cli->argv[0];
    if (adding.account.name == NULL) {
        (void)err_set(cli->err, ERR_USAGE, "Give the name (a post will do) with --name.");
        return cli_fail(cli);
    }
    if (!people_open(cli, &act) ||
        (adding.role != NULL && !people_grant(cli, act.db, adding.role, &scope, &adding.grant)) ||
        (!without && !new_password(cli, act.db, path, &adding.account)) ||
        !people_commit(cli, &act, add_account, &adding)) {
        return cli_fail(cli);
    }
    printf("Added the account %s%s%s.\n", adding.account.code, adding.role == NULL ? "" : ", ",
           adding.role == NULL ? "" : grant_text(cli->arena, &adding.grant));
    if (adding.first) {
        say_first(cli);
    }
    return 0;
}

// ---- changes of one account ----

struct changing {
    const char *code, *name, *email, *hash;
    bool must_change;
    size_t count;
};

static bool rename_account(const struct people_act *act, void *context, struct err *e)
{
    const struct changing *c = context;
    return account_rename(act, c->code, c->name, c->email, e);
}

static int user_rename(struct cli *cli)
{
    struct changing c = {0};
    struct people_act act;
    if (!cli_option(cli, "--name", &c.name) || !cli_option(cli, "--email", &c.email) ||
        !cli_arguments(cli, 1, 1)) {
        return cli_fail(cli);
    }
    c.code = cli->argv[0];
    if (c.name == NULL && c.email == NULL) {
        (void)err_set(cli->err, ERR_USAGE, "Give --name, --email or both.");
        return cli_fail(cli);
    }
    if (!people_open(cli, &act) || !people_commit(cli, &act, rename_account, &c)) {
        return cli_fail(cli);
    }
    printf("Changed the account %s.\n", c.code);
    return 0;
}

static bool disable(const struct people_act *act, void *context, struct err *e)
{
    return account_disable(act, ((const struct changing *)context)->code, e);
}

static bool enable(const struct people_act *act, void *context, struct err *e)
{
    return account_enable(act, ((const struct changing *)context)->code, e);
}

static bool end_sessions(const struct people_act *act, void *context, struct err *e)
{
    struct changing *c = context;
    return session_end_all(act, c->code, NULL, &c->count, e);
}

// Those that name an account and nothing else.
static bool change_one(struct cli *cli, people_change change, struct changing *c)
{
    struct people_act act;
    if (!cli_arguments(cli, 1, 1)) {
        return false;
    }
    c->code = cli->argv[0];
    return people_open(cli, &act) && people_commit(cli, &act, change, c);
}

static int user_disable(struct cli *cli)
{
    struct changing c = {0};
    if (!change_one(cli, disable, &c)) {
        return cli_fail(cli);
    }
    printf("Disabled the account %s; its sessions have ended and its tokens are revoked.\n",
           c.code);
    return 0;
}

static int user_enable(struct cli *cli)
{
    struct changing c = {0};
    if (!change_one(cli, enable, &c)) {
        return cli_fail(cli);
    }
    printf("Enabled the account %s; tokens it had stay revoked.\n", c.code);
    return 0;
}

static int user_end_sessions(struct cli *cli)
{
    struct changing c = {0};
    if (!change_one(cli, end_sessions, &c)) {
        return cli_fail(cli);
    }
    printf("Ended %zu session%s of %s.\n", c.count, c.count == 1 ? "" : "s", c.code);
    return 0;
}

// ---- password ----

static bool set_password(const struct people_act *act, void *context, struct err *e)
{
    const struct changing *c = context;
    return account_set_password(act, c->code, c->hash, c->must_change, NULL, e);
}

static int user_password(struct cli *cli)
{
    struct changing c = {.must_change = cli_flag(cli, "--must-change")};
    struct people_act act;
    struct account account;
    struct secret_line line;
    const char *path = NULL, *const *known = NULL;
    if (!cli_option(cli, "--password-file", &path) || !cli_arguments(cli, 1, 1) ||
        !people_open(cli, &act) ||
        !account_read(act.db, cli->arena, cli->argv[0], &account, cli->err) ||
        !people_password(cli, path, &line) ||
        !password_known(act.db, cli->arena, account.code, &known, cli->err) ||
        !hash_password(cli, &line, known, &c.hash)) {
        return cli_fail(cli);
    }
    c.code = account.code;
    if (!people_commit(cli, &act, set_password, &c)) {
        return cli_fail(cli);
    }
    printf("Set the password of %s; its sessions have ended%s.\n", c.code,
           c.must_change ? ", and it must be changed at the next sign-in" : "");
    return 0;
}

// ---- second factor ----

static bool remove_factor(const struct people_act *act, void *context, struct err *e)
{
    return second_factor_remove(act, ((const struct changing *)context)->code, e);
}

static bool forget_key(const struct people_act *act, void *context, struct err *e)
{
    return secret_forget(act, &((struct changing *)context)->count, e);
}

static int user_second_factor(struct cli *cli)
{
    struct changing c = {0};
    struct people_act act;
    bool away = cli_flag(cli, "--remove"), all = cli_flag(cli, "--forget-key");
    if (away == all) {
        (void)err_set(cli->err, ERR_USAGE,
                      "Say CODE --remove, to take the second factor of one account away, or "
                      "--forget-key, of all when the key file is lost.");
        return cli_fail(cli);
    }
    if (away) {
        if (!change_one(cli, remove_factor, &c)) {
            return cli_fail(cli);
        }
        printf("Removed the second factor of %s; where one is required it is enrolled anew at the "
               "next sign-in.\n",
               c.code);
        return 0;
    }
    if (!cli_arguments(cli, 0, 0) || !people_open(cli, &act) ||
        !people_commit(cli, &act, forget_key, &c)) {
        return cli_fail(cli);
    }
    printf("Forgot the key; %zu account%s must enrol a second factor anew.\n", c.count,
           c.count == 1 ? "" : "s");
    return 0;
}

int cmd_user(struct cli *cli)
{
    static const struct cli_part parts[] = {{"add", user_add},
                                            {"list", user_list},
                                            {"rename", user_rename},
                                            {"grant", user_grant},
                                            {"revoke", user_revoke},
                                            {"link", user_link},
                                            {"unlink", user_unlink},
                                            {"disable", user_disable},
                                            {"enable", user_enable},
                                            {"password", user_password},
                                            {"second-factor", user_second_factor},
                                            {"sessions", user_sessions},
                                            {"end-sessions", user_end_sessions},
                                            {"setting", user_setting}};
    return cli_run_part(cli, "user", parts, COUNT_OF(parts));
}
