// Accounts, what is granted to them, tokens and settings: in the record, in the audit trail, and
// between two administrators.
#include "town.h"

#include <string.h>

#include "domain/audit.h"
#include "domain/copy.h"
#include "domain/settings.h"
#include "domain/token.h"

// ---- accounts ----

static void added_and_recorded(void **state)
{
    struct town *t = town(state);
    struct account ann = account_of(t, "ann");
    assert_string_equal(ann.name, "Performance manager");
    assert_string_equal(ann.email, "Ann@town.example");
    assert_true(ann.has_password && !ann.must_change && !ann.has_second_factor && !ann.disabled);
    assert_int_equal(ann.grant_count, 1);
    assert_string_equal(grant_text(t->here->arena, ann.grants),
                        "administrator in every organisation");
    struct audit_reader r;
    assert_true(store_audit_start_of(&r, t->db, "", "account", "[\"bob\"]", ERR(t)));
    assert_int_equal(store_audit_next(&r, ERR(t)), DB_ROW);
    assert_string_equal(r.event.action, "create");
    assert_string_equal(r.event.actor, "command line: officer");
    assert_string_equal(r.event.at, "2015-07-01T09:00:00Z");
    assert_non_null(strstr(r.event.changes, "\"password\":[null,\"set\"]"));
    assert_non_null(strstr(r.event.changes, "\"email\":[null,{\"sha256\":\""));
    store_audit_end(&r);
    assert_true(store_audit_start_of(&r, t->db, "", "grant",
                                     "[\"bob\",\"contributor\",\"town\",\"organisation\",\"\"]",
                                     ERR(t)));
    assert_int_equal(store_audit_next(&r, ERR(t)), DB_ROW);
    store_audit_end(&r);
    check_trail(t);
}

static void what_an_account_may_not_be(void **state)
{
    struct town *t = town(state);
    static const struct {
        struct account_new account;
        const char *words;
    } cases[] = {
        {{"bob", "Somebody", NULL, NULL, false}, "an account \"bob\" already"},
        {{"public", "Everybody", NULL, NULL, false}, "no code for an account"},
        {{"", "Nobody", NULL, NULL, false}, "no code for an account"},
        {{"-x", "Nobody", NULL, NULL, false}, "no code for an account"},
        {{"two words", "Nobody", NULL, NULL, false}, "no code for an account"},
        {{"car\nriage", "Nobody", NULL, NULL, false}, "no code for an account"},
        {{"new", "", NULL, NULL, false}, "A name is one line"},
        {{"new", "  ", NULL, NULL, false}, "A name is one line"},
        {{"new", "two\nlines", NULL, NULL, false}, "A name is one line"},
        {{"new", "New officer", "nobody", NULL, false}, "no e-mail address"},
        {{"new", "New officer", "@town.example", NULL, false}, "no e-mail address"},
        {{"new", "New officer", "a@b@c", NULL, false}, "no e-mail address"},
        {{"new", "New officer", "BOB@town.EXAMPLE", NULL, false}, "\"bob\" has this e-mail"},
        {{"bob@town.example", "New officer", NULL, NULL, false}, "\"bob\" has this e-mail"},
    };
    uint64_t events = check_trail(t);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        REFUSED(t, account_add(&t->act, &cases[i].account, ERR(t)), ERR_INPUT, cases[i].words);
    }
    assert_int_equal(check_trail(t), events);
}

static void what_is_granted(void **state)
{
    struct town *t = town(state);
    static const struct {
        const char *what, *holder;
        struct grant grant;
        const char *words; // of the refusal; NULL: it is granted
    } cases[] = {
        {"head of a unit", "bob", {ROLE_HEAD, "town", SCOPE_UNIT, "fin"}, NULL},
        {"once is enough", "bob", {ROLE_HEAD, "town", SCOPE_UNIT, "fin"}, "already"},
        {"no such unit", "bob", {ROLE_HEAD, "town", SCOPE_UNIT, "hr"}, "no unit \"hr\" in town"},
        {"no such organisation",
         "bob",
         {ROLE_VIEWER, "city", SCOPE_ORGANISATION, NULL},
         "no organisation \"city\""},
        {"a unit of every organisation",
         "bob",
         {ROLE_HEAD, "*", SCOPE_UNIT, "fin"},
         "in which one the unit"},
        {"no such account",
         "eve",
         {ROLE_VIEWER, "town", SCOPE_ORGANISATION, NULL},
         "no account \"eve\""},
        {"published figures for everybody",
         "public",
         {ROLE_PUBLIC, "town", SCOPE_ORGANISATION, NULL},
         NULL},
        {"more for everybody",
         "public",
         {ROLE_VIEWER, "town", SCOPE_ORGANISATION, NULL},
         "role public"},
        {"the public's role for somebody",
         "bob",
         {ROLE_PUBLIC, "town", SCOPE_ORGANISATION, NULL},
         "role public"},
        {"an administrator of a measure",
         "bob",
         {ROLE_ADMINISTRATOR, "town", SCOPE_UNIT, "fin"},
         "is not granted over a unit"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct grant *g = &cases[i].grant;
        if (cases[i].words == NULL) {
            MADE(t, account_grant(&t->act, cases[i].holder, g, ERR(t)));
        } else {
            assert_true(db_begin(t->db, ERR(t)));
            assert_false(account_grant(&t->act, cases[i].holder, g, ERR(t)));
            db_rollback(t->db);
            if (strstr(t->here->err.message, cases[i].words) == NULL) {
                fail_msg("%s: %s", cases[i].what, t->here->err.message);
            }
            here_forget(t->here);
        }
    }
    assert_int_equal(account_of(t, "bob").grant_count, 2);
    MADE(t, account_revoke(&t->act, "bob", &cases[0].grant, ERR(t)));
    REFUSED(t, account_revoke(&t->act, "bob", &cases[0].grant, ERR(t)), ERR_INPUT, "is not head");
    assert_int_equal(account_of(t, "bob").grant_count, 1);
    MADE(t, account_link(&t->act, "bob", "town", "p1", ERR(t)));
    REFUSED(t, account_link(&t->act, "bob", "town", "p9", ERR(t)), ERR_INPUT, "no person \"p9\"");
    REFUSED(t, account_link(&t->act, "bob", "town", "p1", ERR(t)), ERR_INPUT, "already the person");
    assert_string_equal(account_of(t, "bob").people[1], "p1");
    MADE(t, account_unlink(&t->act, "bob", "town", "p1", ERR(t)));
    assert_null(account_of(t, "bob").people[0]);
    check_trail(t);
}

// Two administrators look at bob; the second to save is told.
static void nobody_overwrites_what_they_have_not_seen(void **state)
{
    struct town *t = town(state);
    struct people_act first = t->act, second = t->act;
    struct grant viewer = {ROLE_VIEWER, "town", SCOPE_ORGANISATION, NULL};
    first.seen = second.seen = account_of(t, "bob").version;
    first.actor = "ann";
    MADE(t, account_rename(&first, "bob", "Recycling officer", NULL, ERR(t)));
    REFUSED(t, account_rename(&second, "bob", "Refuse officer", NULL, ERR(t)), ERR_CONFLICT,
            "meanwhile");
    REFUSED(t, account_grant(&second, "bob", &viewer, ERR(t)), ERR_CONFLICT, "meanwhile");
    REFUSED(t, account_disable(&second, "bob", ERR(t)), ERR_CONFLICT, "meanwhile");
    REFUSED(t, account_set_password(&second, "bob", t->hash, true, NULL, ERR(t)), ERR_CONFLICT,
            "meanwhile");
    assert_string_equal(account_of(t, "bob").name, "Recycling officer");
    second.seen = account_of(t, "bob").version;
    MADE(t, account_grant(&second, "bob", &viewer, ERR(t)));
    check_trail(t);
}

static void the_last_administrator_stays(void **state)
{
    struct town *t = town(state);
    struct grant everything = {ROLE_ADMINISTRATOR, "*", SCOPE_ORGANISATION, NULL};
    struct grant of_town = {ROLE_ADMINISTRATOR, "town", SCOPE_ORGANISATION, NULL};
    REFUSED(t, account_disable(&t->act, "ann", ERR(t)), ERR_DENIED,
            "\"ann\" is the last administrator;");
    REFUSED(t, account_revoke(&t->act, "ann", &everything, ERR(t)), ERR_DENIED, "make another one");
    MADE(t, account_grant(&t->act, "bob", &of_town, ERR(t)));
    REFUSED(t, account_disable(&t->act, "ann", ERR(t)), ERR_DENIED,
            "last administrator of every organisation;");
    MADE(t, account_grant(&t->act, "bob", &everything, ERR(t)));
    MADE(t, account_disable(&t->act, "ann", ERR(t)));
    REFUSED(t, account_disable(&t->act, "bob", ERR(t)), ERR_DENIED, "last administrator");
    REFUSED(t, account_revoke(&t->act, "bob", &everything, ERR(t)), ERR_DENIED,
            "last administrator");
    MADE(t, account_enable(&t->act, "ann", ERR(t)));
    MADE(t, account_revoke(&t->act, "bob", &everything, ERR(t)));
    check_trail(t);
}

// ---- tokens ----

static struct token_found token_of(struct town *t, const char *token, int64_t now)
{
    struct token_found found;
    here_forget(t->here);
    if (!token_find(t->db, t->here->arena, token, now, &found, ERR(t))) {
        fail_msg("%s", t->here->err.message);
    }
    return found;
}

static void tokens(void **state)
{
    struct town *t = town(state);
    const char *reads = NULL, *writes = NULL;
    const struct token_line *list = NULL;
    size_t count = 0;
    MADE(t, token_add(&t->act, &(struct token_new){"bob", "Power BI", "read", NOW + 90 * DAY},
                      &reads, ERR(t)));
    MADE(t, token_add(&t->act, &(struct token_new){"bob", "Figures", "write", NOW + 366 * DAY},
                      &writes, ERR(t)));
    assert_int_equal(strlen(reads), 46);
    assert_int_equal(strncmp(reads, "gt_", 3), 0);
    struct token_found found = token_of(t, reads, NOW);
    assert_string_equal(found.caller.account, "bob");
    assert_int_equal(found.caller.duties_limit & DUTY_BIT(DUTY_ENTER), 0);
    assert_int_not_equal(found.caller.duties_limit & DUTY_BIT(DUTY_READ), 0);
    assert_int_equal(strncmp(found.caller.session, "token:gt_", 9), 0);
    found = token_of(t, writes, NOW);
    assert_int_not_equal(found.caller.duties_limit & DUTY_BIT(DUTY_ENTER), 0);
    assert_int_equal(found.caller.duties_limit & DUTY_BIT(DUTY_ACCOUNTS), 0);
    // When it was last used is noted once an hour.
    assert_true(found.used_due);
    MADE(t, token_used(t->db, found.digest, NOW, ERR(t)));
    assert_false(token_of(t, writes, NOW + HOUR - 1).used_due);
    assert_true(token_of(t, writes, NOW + HOUR).used_due);
    assert_null(token_of(t, reads, NOW + 90 * DAY).caller.account);
    assert_true(token_list(t->db, t->here->arena, "bob", &list, &count, ERR(t)));
    assert_int_equal(count, 2);
    assert_true(token_list(t->db, t->here->arena, "ann", &list, &count, ERR(t)));
    assert_int_equal(count, 0);
    assert_true(token_list(t->db, t->here->arena, NULL, &list, &count, ERR(t)));
    const char *prefix = arena_textn(t->here->arena, reads, 11);
    REFUSED(t, token_revoke(&t->act, "ann", prefix, ERR(t)), ERR_ABSENT, "no token");
    REFUSED(t, token_revoke(&t->act, NULL, "gt_nothing0", ERR(t)), ERR_ABSENT, "no token");
    MADE(t, token_revoke(&t->act, "bob", prefix, ERR(t)));
    assert_null(token_of(t, reads, NOW).caller.account);
    REFUSED(t, token_revoke(&t->act, "bob", prefix, ERR(t)), ERR_INPUT, "revoked already");
    static const char *const no_tokens[] = {"", "gt_", "gt_AAAA", "Bearer", "gt_\xff"};
    for (size_t i = 0; i < COUNT_OF(no_tokens); i++) {
        assert_null(token_of(t, no_tokens[i], NOW).caller.account);
    }
    assert_null(token_of(t, NULL, NOW).caller.account);
    assert_null(token_of(t, token_of(t, writes, NOW).digest, NOW).caller.account);
    check_trail(t);
}

static void tokens_that_will_not_do(void **state)
{
    struct town *t = town(state);
    static const struct {
        struct token_new token;
        const char *words;
    } cases[] = {
        {{"bob", "Figures", "read", 1435741200}, "a day after today"},
        {{"bob", "Figures", "read", 1435741200 + 367 * 86400}, "2016-07-01 at the latest"},
        {{"bob", "Figures", "read", 0}, "a day after today"},
        {{"bob", "Figures", "everything", 1435741200 + 86400}, "read or write"},
        {{"bob", "", "read", 1435741200 + 86400}, "what the token is for"},
        {{"bob", "two\nlines", "read", 1435741200 + 86400}, "what the token is for"},
    };
    const char *token = NULL;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        REFUSED(t, token_add(&t->act, &cases[i].token, &token, ERR(t)), ERR_INPUT, cases[i].words);
    }
    REFUSED(t,
            token_add(&t->act, &(struct token_new){"eve", "Figures", "read", NOW + DAY}, &token,
                      ERR(t)),
            ERR_ABSENT, "no account");
}

// ---- settings, the public, other records ----

static void settings(void **state)
{
    struct town *t = town(state);
    static const struct {
        const char *name, *value, *words; // NULL: taken
    } cases[] = {
        {"idle_minutes", "15", NULL},
        {"idle_minutes", "1", "from 2 to 120"},
        {"idle_minutes", "121", "from 2 to 120"},
        {"idle_minutes", "15x", "from 2 to 120"},
        {"idle_minutes", "-15", "from 2 to 120"},
        {"absolute_hours", "0", "from 1 to 24"},
        {"absolute_hours", "24", NULL},
        {"require_second_factor", "true", "yes or no"},
        {"require_second_factor", "yes", NULL},
        {"oidc_issuer", "http://login.example", "begins with https://"},
        {"oidc_issuer", "https://login.example/tenant", NULL},
        {"oidc_issuer", "https://login.example/?x", "begins with https://"},
        {"oidc_name", "two\nlines", "one line"},
        {"idle_minute", "15", "did you mean idle_minutes?"},
        {"secret_key", "0", "no setting"},
        {"idle_minutes", "", NULL}, // taken back
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (cases[i].words == NULL) {
            MADE(t, setting_put(&t->act, cases[i].name, cases[i].value, ERR(t)));
        } else {
            REFUSED(t, setting_put(&t->act, cases[i].name, cases[i].value, ERR(t)),
                    strstr(cases[i].words, "no setting") != NULL ||
                            strstr(cases[i].words, "did you") != NULL
                        ? ERR_USAGE
                        : ERR_INPUT,
                    cases[i].words);
        }
    }
    int64_t number = 0;
    assert_true(setting_number(t->db, t->here->arena, "idle_minutes", &number, ERR(t)));
    assert_int_equal(number, 30);
    assert_true(setting_number(t->db, t->here->arena, "absolute_hours", &number, ERR(t)));
    assert_int_equal(number, 24);
    const struct setting *list = NULL;
    size_t count = 0;
    assert_true(setting_list(t->db, t->here->arena, &list, &count, ERR(t)));
    struct people_act first = t->act;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, "oidc_name") == 0) {
            first.seen = list[i].version;
        }
    }
    MADE(t, setting_put(&first, "oidc_name", "Town sign-in", ERR(t)));
    REFUSED(t, setting_put(&first, "oidc_name", "Other", ERR(t)), ERR_CONFLICT, "meanwhile");
    uint64_t events = check_trail(t);
    MADE(t, setting_put(&t->act, "oidc_name", "Town sign-in", ERR(t))); // it says so already
    assert_int_equal(check_trail(t), events);
}

static void nobody_signed_in(void **state)
{
    struct here *h = *state;
    struct caller caller;
    struct db *db = NULL;
    assert_true(store_open(h->arena, here_url(h, "empty.db"), DB_CREATE, &db, &h->err));
    assert_true(caller_public(db, h->arena, &caller, &h->err));
    assert_true(caller.open_record);
    assert_null(caller.account);
    struct town *t = town(state);
    struct grant open = {ROLE_PUBLIC, "town", SCOPE_ORGANISATION, NULL};
    assert_true(caller_public(t->db, h->arena, &caller, &h->err));
    assert_false(caller.open_record);
    assert_int_equal(caller.grant_count, 0);
    MADE(t, account_grant(&t->act, "public", &open, ERR(t)));
    assert_true(caller_public(t->db, h->arena, &caller, &h->err));
    assert_int_equal(caller.grant_count, 1);
    // What everybody may, who is signed in may as well.
    const char *secret = sign_in(t, "bob", PASSWORD, NOW).secret;
    assert_int_equal(session_of(t, secret, NOW).caller.grant_count, 2);
}

static void sign_on_services(void **state)
{
    struct town *t = town(state);
    const char *code = NULL;
    MADE(t, account_link_identity(&t->act, "bob", "https://login.example", "s-1", ERR(t)));
    assert_true(
        account_by_identity(t->db, t->here->arena, "https://login.example", "s-1", &code, ERR(t)));
    assert_string_equal(code, "bob");
    assert_true(
        account_by_identity(t->db, t->here->arena, "https://other.example", "s-1", &code, ERR(t)));
    assert_null(code);
    REFUSED(t, account_link_identity(&t->act, "ann", "https://login.example", "s-1", ERR(t)),
            ERR_INPUT, "belongs to the account \"bob\"");
    assert_true(account_by_email(t->db, t->here->arena, "ANN@town.example", &code, ERR(t)));
    assert_string_equal(code, "ann");
    MADE(t, account_unlink_identity(&t->act, "bob", "https://login.example", ERR(t)));
    REFUSED(t, account_unlink_identity(&t->act, "bob", "https://login.example", ERR(t)), ERR_INPUT,
            "not tied");
    check_trail(t);
}

// `goldthread copy` takes all of it along.
static void copied(void **state)
{
    struct town *t = town(state);
    const struct store_copied *tables = NULL;
    size_t count = 0, found = 0;
    const char *secret = sign_in(t, "bob", PASSWORD, NOW).secret;
    MADE(t, setting_put(&t->act, "idle_minutes", "20", ERR(t)));
    if (!copy_record(t->here->arena, here_url(t->here, "r.db"), here_url(t->here, "copy.db"),
                     &tables, &count, ERR(t))) {
        fail_msg("%s (%s)", t->here->err.message, t->here->err.cause);
    }
    for (size_t i = 0; i < count; i++) {
        found += strcmp(tables[i].table, "accounts") == 0 && tables[i].rows == 2;
        found += strcmp(tables[i].table, "sessions") == 0 && tables[i].rows == 1;
        found += strcmp(tables[i].table, "settings") == 0 && tables[i].rows == 1;
    }
    assert_int_equal(found, 3);
    db_close(t->db);
    assert_true(store_open(t->here->arena, here_url(t->here, "copy.db"), DB_WRITE, &t->db, ERR(t)));
    t->act.db = t->db;
    assert_string_equal(session_of(t, secret, NOW).caller.account, "bob");
    assert_int_equal(sign_in(t, "ann", PASSWORD, NOW).outcome, SIGN_IN_DONE);
    check_trail(t);
}

// Whoever changes the tables by hand, past the program, is found by `goldthread audit verify`.
static void changed_by_hand(void **state)
{
    struct town *t = town(state);
    static const struct {
        const char *sql, *back, *words;
    } cases[] = {
        {"INSERT INTO grants VALUES ('bob', 'administrator', '*', 'organisation', '', 0)",
         "DELETE FROM grants WHERE holder = 'bob' AND role = 'administrator'",
         "the grant [\"bob\",\"administrator\",\"*\",\"organisation\",\"\"] stands in the record, "
         "and no "
         "event"},
        {"UPDATE grants SET role = 'administrator' WHERE holder = 'bob'",
         "UPDATE grants SET role = 'contributor' WHERE holder = 'bob'",
         "is no longer in the record"},
        {"DELETE FROM grants WHERE holder = 'bob'",
         "INSERT INTO grants VALUES ('bob', 'contributor', 'town', 'organisation', '', 0)",
         "is no longer in the record, and no event took it out"},
        {"UPDATE accounts SET disabled_at = 5 WHERE code = 'bob'",
         "UPDATE accounts SET disabled_at = NULL WHERE code = 'bob'",
         "the account [\"bob\"] is not disabled or enabled as its events say"},
        {"UPDATE accounts SET disabled_at = NULL WHERE code = 'off'",
         "UPDATE accounts SET disabled_at = 5 WHERE code = 'off'",
         "the account [\"off\"] is not disabled or enabled"},
        {"UPDATE accounts SET totp_secret = 'x' WHERE code = 'bob'",
         "UPDATE accounts SET totp_secret = NULL WHERE code = 'bob'", "second factor"},
        {"INSERT INTO accounts (code, version, name, must_change, totp_step, created_at) "
         "VALUES ('eve', 1, 'x', 0, 0, 0)",
         "DELETE FROM accounts WHERE code = 'eve'", "the account [\"eve\"] stands in the record"},
        {"UPDATE settings SET value = '120' WHERE name = 'idle_minutes'",
         "UPDATE settings SET value = '15' WHERE name = 'idle_minutes'",
         "the setting [\"idle_minutes\"] says something else"},
        {"DELETE FROM settings WHERE name = 'idle_minutes'",
         "INSERT INTO settings VALUES ('idle_minutes', '15', 1, 0)", "no longer in the record"},
        {"UPDATE tokens SET revoked_at = NULL", "UPDATE tokens SET revoked_at = 5",
         "though this event took it out"},
    };
    const char *token = NULL;
    struct account_new off = {"off", "Somebody who left", NULL, NULL, false};
    MADE(t, account_add(&t->act, &off, ERR(t)));
    MADE(t, account_disable(&t->act, "off", ERR(t)));
    MADE(t, setting_put(&t->act, "idle_minutes", "15", ERR(t)));
    MADE(t, setting_put(&t->act, "oidc_name", "Town sign-in", ERR(t)));
    MADE(t, setting_put(&t->act, "oidc_name", NULL, ERR(t)));
    MADE(t, token_add(&t->act, &(struct token_new){"bob", "Figures", "read", NOW + DAY}, &token,
                      ERR(t)));
    MADE(t, token_revoke(&t->act, "bob", arena_textn(t->here->arena, token, 11), ERR(t)));
    check_trail(t);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct audit_verdict verdict;
        MADE(t, db_script(t->db, cases[i].sql, ERR(t)));
        assert_true(audit_verify(t->db, t->here->arena, NULL, 0, &verdict, ERR(t)));
        if (verdict.whole || strstr(verdict.what, cases[i].words) == NULL) {
            fail_msg("%s: %s", cases[i].sql, verdict.whole ? "not seen" : verdict.what);
        }
        MADE(t, db_script(t->db, cases[i].back, ERR(t)));
        check_trail(t);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(added_and_recorded),
        CASE(what_an_account_may_not_be),
        CASE(what_is_granted),
        CASE(nobody_overwrites_what_they_have_not_seen),
        CASE(the_last_administrator_stays),
        CASE(tokens),
        CASE(tokens_that_will_not_do),
        CASE(settings),
        CASE(nobody_signed_in),
        CASE(sign_on_services),
        CASE(copied),
        CASE(changed_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
