// goldthread user list, sessions, setting.
#include <stdio.h>
#include <string.h>

#include "cli/people.h"
#include "cli/print.h"
#include "domain/account.h"
#include "domain/record.h"
#include "domain/session.h"
#include "domain/settings.h"

struct user_column {
    const char *key;
    bool numeric;
};

static struct tree *new_table(struct cli *cli, const char *name, const struct user_column *columns,
                              size_t count, struct tree **ret_view)
{
    *ret_view = tree_new_map(cli->arena);
    struct tree *table = tree_table(*ret_view, name, name, name);
    for (size_t i = 0; i < count; i++) {
        tree_column(table, columns[i].key, columns[i].key, columns[i].numeric);
    }
    return table;
}

// ---- accounts ----

static const char *grants_text(struct cli *cli, const struct grant *grants, size_t count)
{
    struct buf b = buf_new(cli->arena, 1 << 20);
    for (size_t i = 0; i < count; i++) {
        buf_text(&b, i == 0 ? "" : "; ");
        buf_text(&b, grant_text(cli->arena, &grants[i]));
    }
    return buf_cstr(&b);
}

static const char *people_text_of(struct cli *cli, const struct account *a)
{
    struct buf b = buf_new(cli->arena, 1 << 16);
    for (size_t i = 0; a->people[i] != NULL; i += 2) {
        buf_printf(&b, "%s%s/%s", i == 0 ? "" : "; ", a->people[i], a->people[i + 1]);
    }
    return buf_cstr(&b);
}

static const char *state_of(const struct account *a)
{
    return a->disabled ? "disabled" : a->must_change ? "must change password" : "active";
}

static struct tree *accounts_view(struct cli *cli, const struct account *list, size_t count,
                                  const char *open)
{
    static const struct user_column columns[] = {
        {"code", false},     {"name", false},          {"email", false},         {"state", false},
        {"password", false}, {"second_factor", false}, {"recovery_codes", true}, {"grants", false},
        {"people", false},   {"created_at", false},    {"signed_in_at", false}};
    struct tree *view = NULL;
    struct tree *table = new_table(cli, "accounts", columns, COUNT_OF(columns), &view);
    for (size_t i = 0; i < count; i++) {
        const struct account *a = &list[i];
        struct tree *row = tree_row(table);
        tree_text(row, "code", a->code);
        tree_text(row, "name", a->name);
        tree_text(row, "email", a->email);
        tree_text(row, "state", state_of(a));
        tree_text(row, "password", a->has_password ? "yes" : "no");
        tree_text(row, "second_factor", a->has_second_factor ? "yes" : "no");
        tree_int(row, "recovery_codes", (int64_t)a->recovery_left);
        tree_text(row, "grants", grants_text(cli, a->grants, a->grant_count));
        tree_text(row, "people", people_text_of(cli, a));
        tree_text(row, "created_at", people_time(cli->arena, a->created_at));
        tree_text(row, "signed_in_at", people_time(cli->arena, a->signed_in_at));
    }
    tree_text(view, "public", open);
    return view;
}

int user_list(struct cli *cli)
{
    const struct account *list = NULL;
    const struct grant *open = NULL;
    size_t count = 0, open_count = 0;
    struct db *db = NULL;
    bool printed = false;
    if (!cli_arguments(cli, 0, 0) || !record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
        !account_list(db, cli->arena, &list, &count, cli->err) ||
        !account_public_grants(db, cli->arena, &open, &open_count, cli->err)) {
        return cli_fail(cli);
    }
    const char *to_all = grants_text(cli, open, open_count);
    if (!print_format(cli, accounts_view(cli, list, count, to_all), "accounts", &printed)) {
        return cli_fail(cli);
    }
    for (size_t i = 0; i < count && !printed; i++) {
        const struct account *a = &list[i];
        printf("%s  %s%s%s%s\n    %s; second factor: %s\n", a->code, a->name,
               a->email == NULL ? "" : " <", a->email == NULL ? "" : a->email,
               a->email == NULL ? "" : ">", state_of(a), a->has_second_factor ? "yes" : "no");
        for (size_t g = 0; g < a->grant_count; g++) {
            printf("    %s\n", grant_text(cli->arena, &a->grants[g]));
        }
        for (size_t p = 0; a->people[p] != NULL; p += 2) {
            printf("    is %s of %s\n", a->people[p + 1], a->people[p]);
        }
    }
    if (!printed && count == 0) {
        puts("This record has no account: everyone who reaches its pages reads them.");
    }
    if (!printed && open_count > 0) {
        printf("public  %s\n", to_all);
    }
    return 0;
}

// ---- sessions ----

static const char *need_text(enum session_need need)
{
    return need == SESSION_WHOLE        ? "whole"
           : need == SESSION_NEEDS_CODE ? "waits for a code"
                                        : "must enrol a second factor";
}

int user_sessions(struct cli *cli)
{
    static const struct user_column columns[] = {{"session", false},   {"label", false},
                                                 {"state", false},     {"created_at", false},
                                                 {"last_seen", false}, {"ends_at", false}};
    const struct session_line *list = NULL;
    size_t count = 0;
    struct account account;
    struct tree *view = NULL;
    struct db *db = NULL;
    bool printed = false;
    if (!cli_arguments(cli, 1, 1) || !record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
        !account_read(db, cli->arena, cli->argv[0], &account, cli->err) ||
        !session_list(db, cli->arena, account.code, people_now(cli), &list, &count, cli->err)) {
        return cli_fail(cli);
    }
    struct tree *table = new_table(cli, "sessions", columns, COUNT_OF(columns), &view);
    for (size_t i = 0; i < count; i++) {
        struct tree *row = tree_row(table);
        tree_text(row, "session", arena_textn(cli->arena, list[i].digest, 16));
        tree_text(row, "label", list[i].label);
        tree_text(row, "state", need_text(list[i].need));
        tree_text(row, "created_at", people_time(cli->arena, list[i].created_at));
        tree_text(row, "last_seen", people_time(cli->arena, list[i].last_seen));
        tree_text(row, "ends_at", people_time(cli->arena, list[i].ends_at));
    }
    if (!print_format(cli, view, "sessions", &printed)) {
        return cli_fail(cli);
    }
    for (size_t i = 0; i < count && !printed; i++) {
        printf("%.16s  %s  since %s, last seen %s, %s\n", list[i].digest, list[i].label,
               people_time(cli->arena, list[i].created_at),
               people_time(cli->arena, list[i].last_seen), need_text(list[i].need));
    }
    if (!printed && count == 0) {
        printf("%s is not signed in.\n", account.code);
    }
    return 0;
}

// ---- settings ----

static int list_settings(struct cli *cli)
{
    static const struct user_column columns[] = {
        {"name", false}, {"value", false}, {"about", false}};
    const struct setting *list = NULL;
    size_t count = 0;
    struct tree *view = NULL;
    struct db *db = NULL;
    bool printed = false;
    if (!record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
        !setting_list(db, cli->arena, &list, &count, cli->err)) {
        return cli_fail(cli);
    }
    struct tree *table = new_table(cli, "settings", columns, COUNT_OF(columns), &view);
    for (size_t i = 0; i < count; i++) {
        struct tree *row = tree_row(table);
        tree_text(row, "name", list[i].name);
        tree_text(row, "value", list[i].value);
        tree_text(row, "about", list[i].about);
    }
    if (!print_format(cli, view, "settings", &printed)) {
        return cli_fail(cli);
    }
    for (size_t i = 0; i < count && !printed; i++) {
        printf("%-24s %-10s %s\n", list[i].name, list[i].value == NULL ? "-" : list[i].value,
               list[i].about);
    }
    return 0;
}

static bool put_setting(const struct people_act *act, void *context, struct err *e)
{
    const char *const *pair = context;
    return setting_put(act, pair[0], pair[1], e);
}

int user_setting(struct cli *cli)
{
    bool clear = cli_flag(cli, "--clear"), printed = false;
    struct people_act act;
    if (!cli_arguments(cli, clear ? 1 : 0, clear ? 1 : 2)) {
        return cli_fail(cli);
    }
    if (cli->argc == 0) {
        return list_settings(cli);
    }
    const char *name = cli->argv[0], *value = NULL;
    if (!clear && cli->argc == 1) {
        struct db *db = NULL;
        struct tree *view = tree_new_map(cli->arena);
        if (!record_open_to_read(cli->arena, cli->record, &db, cli->err) ||
            !setting_text(db, cli->arena, name, &value, cli->err)) {
            return cli_fail(cli);
        }
        tree_text(view, name, value);
        if (cli->json && !print_format(cli, view, "", &printed)) {
            return cli_fail(cli);
        }
        if (!printed) {
            puts(value == NULL ? "" : value);
        }
        return 0;
    }
    const char *pair[] = {name, clear ? NULL : cli->argv[1]};
    if (!people_open(cli, &act) || !people_commit(cli, &act, put_setting, pair) ||
        !setting_text(act.db, cli->arena, name, &value, cli->err)) {
        return cli_fail(cli);
    }
    printf("%s is %s.\n", name, value == NULL ? "not set" : value);
    return 0;
}
