// goldthread refer: what rules of referral refer, and what they would have referred.

#include <string.h>

#include "cli/council.h"
#include "cli/print.h"
#include "cli/refer_print.h"
#include "view/referrals.h"

enum { RULES_MAX = 20 };

struct asked {
    const char *rules[RULES_MAX]; // as written
    size_t rule_count;
    const char *from, *to, *measure, *classes, *table;
    bool back_test, period_given;
};

// ---- options ----

static bool add_rule(struct cli *cli, struct asked *asked, const char *rule)
{
    for (size_t i = 0; i < asked->rule_count; i++) {
        if (strcmp(asked->rules[i], rule) == 0) {
            return err_set(cli->err, ERR_USAGE, "--rule %s stands twice; give it once.", rule);
        }
    }
    if (asked->rule_count == RULES_MAX) {
        return err_set(cli->err, ERR_USAGE, "%d rules at a time, no more; ask in two goes.",
                       RULES_MAX);
    }
    asked->rules[asked->rule_count++] = rule;
    return true;
}

// --rule may stand several times: taken one by one.
static bool take_rules(struct cli *cli, struct asked *asked)
{
    static const char flag[] = "--rule";
    for (int i = 0; i < cli->argc && strcmp(cli->argv[i], "--") != 0;) {
        bool joined = strncmp(cli->argv[i], "--rule=", sizeof flag) == 0;
        if (!joined && strcmp(cli->argv[i], flag) != 0) {
            i++;
            continue;
        }
        struct cli one = *cli;
        one.argc = joined ? 1 : cli->argc - i < 2 ? cli->argc - i : 2;
        one.argv = cli->argv + i;
        int taken = one.argc;
        const char *rule = NULL;
        if (!cli_option(&one, flag, &rule) || !add_rule(cli, asked, rule)) {
            return false;
        }
        for (int j = i; j + taken < cli->argc; j++) {
            cli->argv[j] = cli->argv[j + taken];
        }
        cli->argc -= taken;
    }
    return true;
}

static bool has_option(const struct cli *cli, const char *name)
{
    size_t length = strlen(name);
    for (int i = 0; i < cli->argc && strcmp(cli->argv[i], "--") != 0; i++) {
        if (strncmp(cli->argv[i], name, length) == 0 &&
            (cli->argv[i][length] == '\0' || cli->argv[i][length] == '=')) {
            return true;
        }
    }
    return false;
}

static bool take_table(struct cli *cli, struct asked *asked)
{
    static const char *const tables[] = {"referrals", "quarters", "summary"};
    if (asked->table == NULL) {
        return true;
    }
    bool known = false;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        known = known || strcmp(asked->table, tables[i]) == 0;
    }
    if (!known) {
        return err_set(cli->err, ERR_USAGE,
                       "There is no table \"%s\"; --table takes referrals, quarters or summary.",
                       asked->table);
    }
    bool counts = strcmp(asked->table, tables[0]) != 0;
    return !counts || asked->back_test ||
           err_set(cli->err, ERR_USAGE, "The table %s is of the past: give --back-test as well.",
                   asked->table);
}

static bool take_options(struct cli *cli, struct asked *asked)
{
    asked->back_test = cli_flag(cli, "--back-test");
    asked->period_given = has_option(cli, "--period");
    if (!take_rules(cli, asked) || !cli_option(cli, "--from", &asked->from) ||
        !cli_option(cli, "--to", &asked->to) || !cli_option(cli, "--measure", &asked->measure) ||
        !cli_option(cli, "--class", &asked->classes) ||
        !cli_option(cli, "--table", &asked->table) || !take_table(cli, asked)) {
        return false;
    }
    if (!asked->back_test && (asked->from != NULL || asked->to != NULL)) {
        return err_set(cli->err, ERR_USAGE,
                       "--from and --to are of a back-test: give --back-test as well, or --period "
                       "for what was referred then.");
    }
    return !asked->back_test || !asked->period_given ||
           err_set(cli->err, ERR_USAGE,
                   "--period is of what is referred now; a back-test takes --from and --to.");
}

// ---- what is looked at ----

static bool take_day(struct cli *cli, const struct council *c, const char *option, const char *text,
                     bool end, day *out)
{
    struct period p;
    if (text == NULL) {
        return true;
    }
    if (!period_parse_id(text, strlen(text), c->year_start, &p)) {
        return err_set(cli->err, ERR_USAGE,
                       "%s wants a period like 2013-04, 2013-14-Q1 or 2013-14-FY, not \"%s\".",
                       option, text);
    }
    *out = end ? p.end : p.start;
    return true;
}

// "corporate,statutory", parted by commas or semicolons.
static bool take_classes(struct cli *cli, const char *text, unsigned *out)
{
    static const char *const words[] = {"corporate", "service", "statutory", "organisational"};
    static const unsigned bits[] = {CLASS_CORPORATE, CLASS_SERVICE, CLASS_STATUTORY,
                                    CLASS_ORGANISATIONAL};
    *out = 0;
    for (const char *at = text; at != NULL; at = *at == '\0' ? NULL : at + 1) {
        size_t length = strcspn(at, ",;");
        unsigned before = *out;
        for (size_t i = 0; i < COUNT_OF(words); i++) {
            bool same = strlen(words[i]) == length && strncmp(at, words[i], length) == 0;
            *out |= same ? bits[i] : 0U;
            before = same ? 0 : before;
        }
        if (before == *out) {
            return err_set(
                cli->err, ERR_USAGE,
                "There is no class \"%.*s\"; --class takes corporate, service, statutory "
                "and organisational, parted by commas.",
                (int)length, at);
        }
        at += length;
    }
    return true;
}

static bool take_scope(struct cli *cli, const struct reading_command *command,
                       const struct asked *asked, struct refer_scope *scope)
{
    const struct council *c = command->council;
    *scope = (struct refer_scope){.from = DAY_NONE, .to = DAY_NONE};
    if (!take_day(cli, c, "--from", asked->from, false, &scope->from) ||
        !take_day(cli, c, "--to", asked->to, true, &scope->to) ||
        !take_classes(cli, asked->classes, &scope->classes)) {
        return false;
    }
    if (scope->to != DAY_NONE && scope->from > scope->to) {
        return err_set(cli->err, ERR_USAGE, "--from %s is after --to %s: change them over.",
                       asked->from, asked->to);
    }
    if (asked->period_given) {
        scope->to = command->request.period.end;
    }
    scope->only = asked->measure == NULL ? NULL : council_measure(c, asked->measure);
    return asked->measure == NULL || scope->only != NULL ||
           err_set(cli->err, ERR_INPUT,
                   "%s has no measure \"%s\"; goldthread status lists those there are.", c->name,
                   asked->measure);
}

static bool take_all(struct cli *cli, const struct council *c, day on,
                     const struct refer_rule **ret, size_t *ret_count)
{
    if (!refer_rules_all(c, cli->arena, on, ret, ret_count, cli->err)) {
        return false;
    }
    return *ret_count > 0 ||
           err_set(cli->err, ERR_USAGE,
                   "%s has no rules of referral: name one with --rule, say --rule off_target:4, or "
                   "import referral_rules.csv.",
                   c->name);
}

static bool read_rules(struct cli *cli, const struct council *c, const struct asked *asked,
                       const struct refer_scope *scope, const struct refer_rule **ret,
                       size_t *ret_count)
{
    day on = scope->to != DAY_NONE ? scope->to : c->today;
    if (asked->rule_count == 0) {
        if (!take_all(cli, c, on, ret, ret_count)) {
            return false;
        }
    } else {
        struct refer_rule *rules = ARENA_ARRAY(cli->arena, asked->rule_count, struct refer_rule);
        for (size_t i = 0; i < asked->rule_count; i++) {
            if (!refer_rule_read(c, asked->rules[i], on, &rules[i], cli->err)) {
                return false;
            }
        }
        *ret = rules;
        *ret_count = asked->rule_count;
    }
    if (asked->back_test) {
        // What it would have done had it been in force all along.
        struct refer_rule *always = ARENA_ARRAY(cli->arena, *ret_count, struct refer_rule);
        for (size_t i = 0; i < *ret_count; i++) {
            always[i] = (*ret)[i];
            always[i].from = DAY_NONE;
        }
        *ret = always;
    }
    return true;
}

int cmd_refer(struct cli *cli)
{
    struct asked asked = {0};
    struct reading_command command = {0};
    struct refer_scope scope;
    const struct refer_rule *rules = NULL;
    size_t count = 0;
    if (!take_options(cli, &asked) || !cli_read_council(cli, 0, 0, &command) ||
        !take_scope(cli, &command, &asked, &scope) ||
        !read_rules(cli, command.council, &asked, &scope, &rules, &count)) {
        return cli_fail(cli);
    }
    struct refer_play *plays = ARENA_ARRAY(cli->arena, count, struct refer_play);
    refer_play(command.council, cli->arena, rules, count, &scope, plays);
    struct tree *view = tree_new_map(cli->arena);
    view_referrals(&command.request, view, plays, count, asked.back_test);
    bool printed = false;
    const char *table = asked.table == NULL ? "referrals" : asked.table;
    if (!print_format(cli, view, table, &printed)) {
        return cli_fail(cli);
    }
    if (!printed) {
        refer_print(cli, view, asked.table);
    }
    return 0;
}
