// Accounts, what is granted to them, passwords, second factors, sessions, tokens and settings, with
// a clock that is given: in the record, in the audit trail, and between two administrators.
#include "place.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/totp.h"
#include "domain/account.h"
#include "domain/audit.h"
#include "domain/copy.h"
#include "domain/password.h"
#include "domain/second_factor.h"
#include "domain/settings.h"
#include "domain/sign_in.h"
#include "domain/throttle.h"
#include "domain/token.h"

enum { HOUR = 3600, DAY = 86400 };

static const int64_t NOW = 1435741200; // 2015-07-01T09:00:00Z
static const char PASSWORD[] = "otter violin marmalade";

struct town {
    struct here *here;
    struct db *db;
    struct people_act act;
    const char *hash, *key_path;
};

// A record with an organisation, a person, a unit; and the accounts ann (administrator of
// everything) and bob (contributor), who have the same password.
static struct town *town(void **state)
{
    struct here *h = *state;
    struct town *t = ARENA_NEW(h->arena, struct town);
    t->here = h;
    assert_true(store_open(h->arena, here_url(h, "r.db"), DB_CREATE, &t->db, &h->err));
    here_write(h, "organisation.csv", "code,name\ntown,Town Council\n");
    here_write(h, "units.csv", "code,name,kind\nfin,Finance,service\n");
    here_write(h, "people.csv", "code,name,email\np1,Head of Waste,waste@town.example\n");
    assert_int_equal(here_import(h, t->db, "2015-07-01T08:00:00Z", "").refused, 0);
    t->act = (struct people_act){.db = t->db,
                                 .arena = h->arena,
                                 .actor = "command line: officer",
                                 .session = "",
                                 .now = NOW};
    t->key_path = here_path(h, "r.key");
    assert_true(password_hash(h->arena, PASSWORD, strlen(PASSWORD), &t->hash, &h->err));
    struct grant everything = {ROLE_ADMINISTRATOR, "*", SCOPE_ORGANISATION, NULL};
    struct grant contributor = {ROLE_CONTRIBUTOR, "town", SCOPE_ORGANISATION, NULL};
    assert_true(db_begin(t->db, &h->err));
    assert_true(account_add(
        &t->act,
        &(struct account_new){"ann", "Performance manager", "Ann@town.example", t->hash, false},
        &h->err));
    assert_true(account_grant(&t->act, "ann", &everything, &h->err));
    assert_true(account_add(
        &t->act, &(struct account_new){"bob", "Waste officer", "bob@town.example", t->hash, false},
        &h->err));
    assert_true(account_grant(&t->act, "bob", &contributor, &h->err));
    assert_true(db_commit(t->db, &h->err));
    return t;
}

// A change in a transaction of its own, kept when it was made.
#define MADE(t, call)                                                                              \
    do {                                                                                           \
        here_forget((t)->here);                                                                    \
        assert_true(db_begin((t)->db, &(t)->here->err));                                           \
        if (!(call)) {                                                                             \
            fail_msg("%s", (t)->here->err.message);                                                \
        }                                                                                          \
        assert_true(db_commit((t)->db, &(t)->here->err));                                          \
    } while (false)
#define REFUSED(t, call, kind, words)                                                              \
    do {                                                                                           \
        here_forget((t)->here);                                                                    \
        assert_true(db_begin((t)->db, &(t)->here->err));                                           \
        assert_false(call);                                                                        \
        db_rollback((t)->db);                                                                      \
        here_expect((t)->here, kind, words);                                                       \
    } while (false)
#define ERR(t) (&(t)->here->err)

static struct account account_of(struct town *t, const char *code)
{
    struct account found;
    if (!account_read(t->db, t->here->arena, code, &found, ERR(t))) {
        fail_msg("%s", t->here->err.message);
    }
    return found;
}

// The chain is whole, and says nothing it should not.
static uint64_t check_trail(struct town *t)
{
    struct audit_verdict verdict;
    struct audit_reader r;
    here_forget(t->here);
    assert_true(audit_verify(t->db, t->here->arena, NULL, 0, &verdict, ERR(t)));
    if (!verdict.whole) {
        fail_msg("%s", verdict.what);
    }
    assert_true(store_audit_start(&r, t->db, 1, ERR(t)));
    while (store_audit_next(&r, ERR(t)) == DB_ROW) {
        static const char *const never[] = {"argon2", "Waste officer", "Performance manager",
                                            "bob@town.example", "otter"};
        for (size_t i = 0; i < COUNT_OF(never); i++) {
            assert_null(strstr(r.event.changes, never[i]));
        }
    }
    store_audit_end(&r);
    return verdict.events;
}

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

// ---- signing in ----

static struct sign_in sign_in(struct town *t, const char *name, const char *password, int64_t now)
{
    struct sign_in s;
    struct people_act act = t->act;
    act.now = now;
    MADE(t, sign_in_begin(t->db, t->here->arena, name, now, &s, ERR(t)));
    sign_in_check(&s, password, strlen(password));
    MADE(t, sign_in_finish(&act, &s, NULL, "Firefox on Linux", ERR(t)));
    return s;
}

static struct session session_of(struct town *t, const char *secret, int64_t now)
{
    struct session found;
    here_forget(t->here);
    if (!session_find(t->db, t->here->arena, secret, now, &found, ERR(t))) {
        fail_msg("%s", t->here->err.message);
    }
    return found;
}

static void who_gets_in(void **state)
{
    struct town *t = town(state);
    static const struct {
        const char *what, *name, *password;
        enum sign_in_outcome outcome;
    } cases[] = {
        {"by code", "bob", PASSWORD, SIGN_IN_DONE},
        {"by e-mail address", "bob@town.example", PASSWORD, SIGN_IN_DONE},
        {"in capitals", "BOB@TOWN.example", PASSWORD, SIGN_IN_DONE},
        {"a wrong password", "bob", "otter violin marmalad", SIGN_IN_WRONG},
        {"cut", "bob", "otter", SIGN_IN_WRONG},
        {"none", "bob", "", SIGN_IN_WRONG},
        {"nobody", "eve", PASSWORD, SIGN_IN_WRONG},
        {"no name", "", PASSWORD, SIGN_IN_WRONG},
        {"everybody", "public", PASSWORD, SIGN_IN_WRONG},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sign_in s = sign_in(t, cases[i].name, cases[i].password, NOW);
        if (s.outcome != cases[i].outcome || (s.secret != NULL) != (s.outcome == SIGN_IN_DONE)) {
            fail_msg("%s: %d", cases[i].what, (int)s.outcome);
        }
    }
    struct sign_in s = sign_in(t, "bob", PASSWORD, NOW);
    struct session found = session_of(t, s.secret, NOW + 1);
    assert_string_equal(found.caller.account, "bob");
    assert_string_equal(found.caller.name, "Waste officer");
    assert_int_equal(found.caller.grant_count, 1);
    assert_int_equal(found.need, SESSION_WHOLE);
    assert_int_equal(strlen(found.caller.session), 16);
    assert_false(found.caller.open_record);
    assert_int_equal(account_of(t, "bob").signed_in_at, NOW);
    MADE(t, account_disable(&t->act, "bob", ERR(t)));
    assert_int_equal(sign_in(t, "bob", PASSWORD, NOW).outcome, SIGN_IN_WRONG);
}

// T-26: at most ten guesses in five minutes, for names that somebody has and those nobody has.
static void eleven_guesses(void **state)
{
    struct town *t = town(state);
    static const char *const names[] = {"bob", "nobody-of-this-name"};
    for (size_t n = 0; n < COUNT_OF(names); n++) {
        for (int i = 0; i < THROTTLE_GUESSES; i++) {
            assert_int_equal(sign_in(t, names[n], "wrong", NOW + i).outcome, SIGN_IN_WRONG);
        }
        struct sign_in s = sign_in(t, names[n], "wrong", NOW + 20);
        assert_int_equal(s.outcome, SIGN_IN_THROTTLED);
        assert_int_equal(s.retry_after, THROTTLE_SECONDS - 11);
    }
    // The right one does not help, nor another name of the same account.
    assert_int_equal(sign_in(t, "bob", PASSWORD, NOW + 30).outcome, SIGN_IN_THROTTLED);
    assert_int_equal(sign_in(t, "bob@town.example", PASSWORD, NOW + 30).outcome, SIGN_IN_THROTTLED);
    // Others are not hindered; and five minutes after the last guess that was taken it is over.
    assert_int_equal(sign_in(t, "ann", PASSWORD, NOW + 30).outcome, SIGN_IN_DONE);
    assert_int_equal(sign_in(t, "bob", PASSWORD, NOW + 9 + THROTTLE_SECONDS - 1).outcome,
                     SIGN_IN_THROTTLED);
    assert_int_equal(sign_in(t, "bob", PASSWORD, NOW + 9 + THROTTLE_SECONDS).outcome, SIGN_IN_DONE);
}

// Never more than ten in any five minutes, however they are spread; a right one forgets the rest.
static void guesses_spread_out(void **state)
{
    struct town *t = town(state);
    int taken = 0;
    for (int64_t now = NOW; now < NOW + HOUR / 2; now += 40) {
        taken += sign_in(t, "bob", "wrong", now).outcome == SIGN_IN_WRONG;
    }
    assert_in_range(taken, 10, 30);
    struct db *db = t->db;
    int64_t begin[200] = {0};
    int count = 0;
    for (int64_t now = NOW; now < NOW + HOUR; now += 13) {
        unsigned wait = 0;
        MADE(t, throttle_guess(db, "x", now, &wait, ERR(t)));
        if (wait == 0 && count < 200) {
            begin[count++] = now;
        }
    }
    for (int i = 0; i + THROTTLE_GUESSES < count; i++) {
        assert_true(begin[i + THROTTLE_GUESSES] - begin[i] >= THROTTLE_SECONDS);
    }
    assert_true(count > THROTTLE_GUESSES);
    for (int i = 0; i < 3 * THROTTLE_GUESSES; i++) {
        assert_int_equal(sign_in(t, "ann", i % 5 == 4 ? PASSWORD : "wrong", NOW).outcome,
                         i % 5 == 4 ? SIGN_IN_DONE : SIGN_IN_WRONG);
    }
}

static void by_address(void **state)
{
    struct throttle *t = throttle_new();
    (void)state;
    for (int i = 0; i < THROTTLE_ADDRESS_GUESSES; i++) {
        assert_int_equal(throttle_address(t, "192.0.2.1", NOW), 0);
    }
    assert_int_equal(throttle_address(t, "192.0.2.1", NOW + 10), THROTTLE_SECONDS - 10);
    assert_int_equal(throttle_address(t, "192.0.2.2", NOW + 10), 0);
    assert_int_equal(throttle_address(t, "192.0.2.1", NOW + THROTTLE_SECONDS), 0);
    for (int i = 0; i < 100000; i++) { // bounded: others push it out, nothing grows
        char text[32];
        snprintf(text, sizeof text, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        assert_int_equal(throttle_address(t, text, NOW), 0);
    }
    throttle_free(t);
}

static double seconds(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

// Whoever has no account waits for a hash as well.
static void the_same_time_for_unknown_names(void **state)
{
    struct town *t = town(state);
    double known = 0, unknown = 0;
    for (int i = 0; i < 5; i++) {
        double start = seconds();
        sign_in(t, "bob", "wrong", NOW);
        known += seconds() - start;
        start = seconds();
        sign_in(t, "nobody", "wrong", NOW);
        unknown += seconds() - start;
    }
    if (unknown < known / 2 || known < unknown / 2) {
        fail_msg("known %.0f ms, unknown %.0f ms", known * 200, unknown * 200);
    }
}

static void a_new_password_while_the_old_is_hashed(void **state)
{
    struct town *t = town(state);
    struct sign_in s;
    const char *other = NULL;
    assert_true(password_hash(t->here->arena, "violin marmalade otter", 22, &other, ERR(t)));
    MADE(t, sign_in_begin(t->db, t->here->arena, "bob", NOW, &s, ERR(t)));
    sign_in_check(&s, PASSWORD, strlen(PASSWORD));
    MADE(t, account_set_password(&t->act, "bob", other, true, NULL, ERR(t)));
    MADE(t, sign_in_finish(&t->act, &s, NULL, "", ERR(t)));
    assert_int_equal(s.outcome, SIGN_IN_WRONG);
    s = sign_in(t, "bob", "violin marmalade otter", NOW);
    assert_int_equal(s.outcome, SIGN_IN_DONE);
    assert_true(session_of(t, s.secret, NOW).caller.must_change_password);
}

// ---- sessions ----

static void limits_of_a_session(void **state)
{
    struct town *t = town(state);
    const char *secret = sign_in(t, "bob", PASSWORD, NOW).secret;
    struct session s = session_of(t, secret, NOW + 30 * 60 - 1);
    assert_non_null(s.caller.account);
    assert_true(s.seen_due);
    assert_int_equal(s.ends_at, NOW + 30 * 60);
    assert_null(session_of(t, secret, NOW + 30 * 60).caller.account); // idle (V7.3.1)
    int64_t at = NOW;
    for (; at < NOW + 10 * HOUR; at += 20 * 60) { // seen often enough
        assert_non_null(session_of(t, secret, at).caller.account);
        MADE(t, session_seen(t->db, s.digest, at, ERR(t)));
    }
    assert_null(session_of(t, secret, NOW + 10 * HOUR).caller.account); // absolute (V7.3.2)
    secret = sign_in(t, "bob", PASSWORD, NOW).secret;
    assert_false(session_of(t, secret, NOW + 60).seen_due);
    assert_null(session_of(t, "", NOW).caller.account);
    assert_null(session_of(t, NULL, NOW).caller.account);
    assert_null(session_of(t, session_of(t, secret, NOW).digest, NOW).caller.account);
    MADE(t, setting_put(&t->act, "idle_minutes", "5", ERR(t)));
    assert_null(session_of(t, secret, NOW + 5 * 60).caller.account);
}

static void sessions_ended_on_our_side(void **state)
{
    struct town *t = town(state);
    const struct session_line *list = NULL;
    size_t count = 0, ended = 0;
    const char *secrets[3];
    for (size_t i = 0; i < COUNT_OF(secrets); i++) {
        secrets[i] = sign_in(t, "bob", PASSWORD, NOW + (int64_t)i).secret;
    }
    const char *anns = sign_in(t, "ann", PASSWORD, NOW).secret;
    assert_true(session_list(t->db, t->here->arena, "bob", NOW + 10, &list, &count, ERR(t)));
    assert_int_equal(count, 3);
    assert_string_equal(list[0].label, "Firefox on Linux");
    // One, by its first digits; not somebody else's.
    const char *first = session_of(t, secrets[0], NOW).caller.session;
    REFUSED(t, session_end(t->db, t->here->arena, "ann", first, NOW, ERR(t)), ERR_ABSENT, "ended");
    REFUSED(t, session_end(t->db, t->here->arena, "bob", "", NOW, ERR(t)), ERR_ABSENT, "ended");
    MADE(t, session_end(t->db, t->here->arena, "bob", first, NOW, ERR(t)));
    assert_null(session_of(t, secrets[0], NOW).caller.account);
    assert_non_null(session_of(t, secrets[1], NOW).caller.account);
    // All but this one.
    MADE(t, session_end_all(&t->act, "bob", session_of(t, secrets[2], NOW).digest, &ended, ERR(t)));
    assert_int_equal(ended, 1);
    assert_null(session_of(t, secrets[1], NOW).caller.account);
    assert_non_null(session_of(t, secrets[2], NOW).caller.account);
    // With the password the others end; with the account all, at once, tokens too.
    secrets[0] = sign_in(t, "bob", PASSWORD, NOW).secret;
    MADE(t, account_set_password(&t->act, "bob", t->hash, false,
                                 session_of(t, secrets[2], NOW).digest, ERR(t)));
    assert_null(session_of(t, secrets[0], NOW).caller.account);
    assert_non_null(session_of(t, secrets[2], NOW).caller.account);
    const char *token = NULL;
    struct token_found found;
    MADE(t, token_add(&t->act, &(struct token_new){"bob", "Figures", "write", NOW + DAY}, &token,
                      ERR(t)));
    MADE(t, account_disable(&t->act, "bob", ERR(t)));
    assert_null(session_of(t, secrets[2], NOW).caller.account);
    assert_true(token_find(t->db, t->here->arena, token, NOW, &found, ERR(t)));
    assert_null(found.caller.account);
    assert_non_null(session_of(t, anns, NOW).caller.account);
    // And they do not come back.
    MADE(t, account_enable(&t->act, "bob", ERR(t)));
    assert_null(session_of(t, secrets[2], NOW).caller.account);
    assert_true(token_find(t->db, t->here->arena, token, NOW, &found, ERR(t)));
    assert_null(found.caller.account);
    MADE(t, session_forget(t->db, NOW + 2 * DAY, ERR(t)));
    assert_non_null(session_of(t, anns, NOW).caller.account);
    MADE(t, session_forget(t->db, NOW + 3 * DAY, ERR(t)));
    assert_null(session_of(t, anns, NOW).caller.account);
    check_trail(t);
}

static void labels(void **state)
{
    struct here *h = *state;
    static const struct {
        const char *agent, *label;
    } cases[] = {
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
         "Firefox on Windows"},
        {"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
         "Safari/537.36 Edg/126.0.0.0",
         "Edge on Windows"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
         "Safari on an iPhone"},
        {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "
         "Safari/537.36",
         "Chrome on Linux"},
        {"curl/7.88.1", "curl"},
        {"<script>alert(1)</script>", "Unknown browser"},
        {"", "Unknown browser"},
        {NULL, "Unknown browser"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(session_label(h->arena, cases[i].agent), cases[i].label);
    }
}

// ---- the second factor ----

static void read_base32(const char *text, unsigned char out[TOTP_SECRET])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned held = 0, bits = 0;
    size_t count = 0;
    for (; *text != '\0'; text++) {
        if (*text != ' ') {
            held = held << 5 | (unsigned)(strchr(letters, *text) - letters);
            bits += 5;
            if (bits >= 8 && count < TOTP_SECRET) {
                bits -= 8;
                out[count++] = (unsigned char)(held >> bits);
            }
        }
    }
    assert_int_equal(count, TOTP_SECRET);
}

struct phone {
    unsigned char secret[TOTP_SECRET];
};

static const char *code_of(struct town *t, const struct phone *p, int64_t now)
{
    return arena_printf(t->here->arena, "%06u",
                        (unsigned)totp_code(p->secret, TOTP_SECRET, now / TOTP_STEP, TOTP_DIGITS));
}

static const char *wrong_code(struct town *t, const struct phone *p, int64_t now)
{
    for (int i = 100000;; i++) {
        const char *text = arena_printf(t->here->arena, "%06d", i);
        if (totp_check(p->secret, TOTP_SECRET, text, now, -1) < 0) {
            return text;
        }
    }
}

static const struct secret_key *key_of(struct town *t)
{
    const struct secret_key *key = NULL;
    MADE(t, secret_make(&t->act, t->key_path, &key, ERR(t)));
    return key;
}

static const char *const *enrol(struct town *t, const char *account, struct phone *out)
{
    struct second_factor_new made = {0}, again = {0};
    const char *const *recovery = NULL;
    bool taken = false, any = false;
    const struct secret_key *key = key_of(t);
    MADE(t, second_factor_begin(&t->act, key, account, "Town Council", &made, ERR(t)));
    read_base32(made.secret, out->secret);
    assert_true(second_factor_pending(t->db, t->here->arena, key, account, "Town Council", &any,
                                      &again, ERR(t)));
    assert_true(any);
    assert_string_equal(again.uri, made.uri);
    MADE(t, second_factor_confirm(&t->act, key, account, wrong_code(t, out, NOW), &taken, &recovery,
                                  ERR(t)));
    assert_false(taken);
    MADE(t, second_factor_confirm(&t->act, key, account, code_of(t, out, NOW), &taken, &recovery,
                                  ERR(t)));
    assert_true(taken);
    return recovery;
}

static struct sign_in give_code(struct town *t, const char *secret, const char *code, int64_t now)
{
    struct session session = session_of(t, secret, now);
    struct people_act act = t->act;
    struct sign_in s;
    act.now = now;
    assert_int_equal(session.need, SESSION_NEEDS_CODE);
    assert_false(session.caller.second_factor_done);
    const struct secret_key *key = key_of(t);
    MADE(t, sign_in_second_factor(&act, key, &session, code, "", &s, ERR(t)));
    return s;
}

static void codes_of_the_app(void **state)
{
    struct town *t = town(state);
    struct phone phone;
    struct second_factor_new made = {0};
    const struct secret_key *key = key_of(t);
    MADE(t, second_factor_begin(&t->act, key, "bob", "Town Council", &made, ERR(t)));
    assert_int_equal(strncmp(made.uri, "otpauth://totp/Town%20Council:bob?secret=", 41), 0);
    const char *before = sign_in(t, "bob", PASSWORD, NOW).secret;
    enrol(t, "bob", &phone);
    assert_true(account_of(t, "bob").has_second_factor);
    assert_int_equal(account_of(t, "bob").recovery_left, 10);
    // A session from before it must show it as well.
    assert_int_equal(session_of(t, before, NOW).need, SESSION_NEEDS_CODE);
    int64_t at = NOW + 60;
    struct sign_in half = sign_in(t, "bob", PASSWORD, at);
    assert_int_equal(half.need, SESSION_NEEDS_CODE);
    // Half a session lasts ten minutes.
    assert_non_null(session_of(t, half.secret, at + SESSION_HALF_DONE - 1).caller.account);
    assert_null(session_of(t, half.secret, at + SESSION_HALF_DONE).caller.account);
    assert_int_equal(give_code(t, half.secret, wrong_code(t, &phone, at), at).outcome,
                     SIGN_IN_WRONG);
    const char *code = code_of(t, &phone, at);
    struct sign_in whole = give_code(t, half.secret, code, at);
    assert_int_equal(whole.outcome, SIGN_IN_DONE);
    assert_int_equal(session_of(t, whole.secret, at).need, SESSION_WHOLE);
    assert_true(session_of(t, whole.secret, at).caller.second_factor_done);
    assert_null(session_of(t, half.secret, at).caller.account); // a new one in its place (V7.2.4)
    // Each code once (V6.5.1): nor the one before it, while it would still be right.
    half = sign_in(t, "bob", PASSWORD, at + 5);
    assert_int_equal(give_code(t, half.secret, code, at + 5).outcome, SIGN_IN_WRONG);
    assert_int_equal(give_code(t, half.secret, code_of(t, &phone, at - 30), at + 5).outcome,
                     SIGN_IN_WRONG);
    assert_int_equal(give_code(t, half.secret, code_of(t, &phone, at + 30), at + 5).outcome,
                     SIGN_IN_DONE);
    check_trail(t);
}

static void guesses_at_a_code(void **state)
{
    struct town *t = town(state);
    struct phone phone;
    enrol(t, "bob", &phone);
    int64_t at = NOW + 60;
    // A right password between them does not help.
    for (int i = 0; i < THROTTLE_GUESSES; i++) {
        const char *secret = sign_in(t, "bob", PASSWORD, at).secret;
        assert_int_equal(give_code(t, secret, wrong_code(t, &phone, at), at).outcome,
                         SIGN_IN_WRONG);
    }
    const char *secret = sign_in(t, "bob", PASSWORD, at).secret;
    struct sign_in s = give_code(t, secret, code_of(t, &phone, at), at);
    assert_int_equal(s.outcome, SIGN_IN_THROTTLED);
    assert_int_equal(s.retry_after, THROTTLE_SECONDS);
}

static void recovery_codes(void **state)
{
    struct town *t = town(state);
    struct phone phone;
    const char *const *codes = enrol(t, "bob", &phone);
    int64_t at = NOW + 60;
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(strlen(codes[i]), 19);
        assert_non_null(codes[i]);
    }
    assert_null(codes[10]);
    const char *secret = sign_in(t, "bob", PASSWORD, at).secret;
    assert_int_equal(give_code(t, secret, codes[3], at).outcome, SIGN_IN_DONE);
    assert_int_equal(account_of(t, "bob").recovery_left, 9);
    secret = sign_in(t, "bob", PASSWORD, at).secret;
    assert_int_equal(give_code(t, secret, codes[3], at).outcome, SIGN_IN_WRONG); // once
    // As people type it: capitals, no dashes, the letter o for a nought.
    char *typed = arena_text(t->here->arena, codes[4]);
    for (char *c = typed; *c != '\0'; c++) {
        *c = *c == '0' ? 'O' : *c == '1' ? 'l' : *c == '-' ? ' ' : *c;
        *c = *c >= 'a' && *c <= 'z' && *c != 'l' ? (char)(*c - 'a' + 'A') : *c;
    }
    assert_int_equal(give_code(t, secret, typed, at).outcome, SIGN_IN_DONE);
    // New ones make the old ones void; those of one account are not another's.
    const char *const *fresh = NULL;
    MADE(t, second_factor_recovery(&t->act, "bob", &fresh, ERR(t)));
    secret = sign_in(t, "bob", PASSWORD, at).secret;
    assert_int_equal(give_code(t, secret, codes[5], at).outcome, SIGN_IN_WRONG);
    struct phone other;
    enrol(t, "ann", &other);
    secret = sign_in(t, "ann", PASSWORD, at).secret;
    assert_int_equal(give_code(t, secret, fresh[0], at).outcome, SIGN_IN_WRONG);
    MADE(t, second_factor_remove(&t->act, "bob", ERR(t)));
    assert_int_equal(sign_in(t, "bob", PASSWORD, at).need, SESSION_WHOLE);
    assert_int_equal(account_of(t, "bob").recovery_left, 0);
    check_trail(t);
}

static void required_of_all(void **state)
{
    struct town *t = town(state);
    struct phone phone;
    const char *secret = sign_in(t, "bob", PASSWORD, NOW).secret;
    assert_int_equal(session_of(t, secret, NOW).need, SESSION_WHOLE);
    MADE(t, setting_put(&t->act, "require_second_factor", "yes", ERR(t)));
    struct session session = session_of(t, secret, NOW); // of sessions there are, too
    assert_int_equal(session.need, SESSION_NEEDS_ENROLMENT);
    assert_false(session.caller.second_factor_done);
    enrol(t, "bob", &phone);
    MADE(t, session_renew(&t->act, &session, "", &secret, ERR(t)));
    assert_int_equal(session_of(t, secret, NOW).need, SESSION_WHOLE);
    REFUSED(t, session_renew(&t->act, &session, "", &secret, ERR(t)), ERR_DENIED, "has ended");
    // Vouched for by a sign-on service with two factors.
    MADE(t, session_start(&t->act, "ann", true, "", &secret, ERR(t)));
    assert_int_equal(session_of(t, secret, NOW).need, SESSION_WHOLE);
    MADE(t, session_start(&t->act, "ann", false, "", &secret, ERR(t)));
    assert_int_equal(session_of(t, secret, NOW).need, SESSION_NEEDS_ENROLMENT);
}

static void the_key_file(void **state)
{
    struct town *t = town(state);
    struct arena *a = t->here->arena;
    const struct secret_key *key = NULL;
    unsigned char out[5];
    struct stat about;
    assert_true(secret_open(t->db, a, t->key_path, &key, ERR(t)));
    assert_null(key);
    key = key_of(t);
    assert_int_equal(stat(t->key_path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    const char *sealed = secret_seal(a, key, "bob", (const unsigned char *)"12345", 5);
    assert_string_not_equal(sealed, secret_seal(a, key, "bob", (const unsigned char *)"12345", 5));
    assert_true(secret_unseal(a, key, "bob", sealed, out, 5));
    assert_memory_equal(out, "12345", 5);
    assert_false(secret_unseal(a, key, "ann", sealed, out, 5));
    assert_false(secret_unseal(a, key, "bo", sealed, out, 6));
    char *changed = arena_text(a, sealed);
    changed[40] = changed[40] == 'A' ? 'B' : 'A';
    assert_false(secret_unseal(a, key, "bob", changed, out, 5));
    assert_false(secret_unseal(a, key, "bob", "", out, 5));
    struct phone phone;
    enrol(t, "bob", &phone);
    // Readable by others, lost, another's.
    assert_int_equal(chmod(t->key_path, 0644), 0);
    assert_false(secret_open(t->db, a, t->key_path, &key, ERR(t)));
    here_expect(t->here, ERR_SYSTEM, "can be read by others");
    assert_int_equal(chmod(t->key_path, 0600), 0);
    assert_int_equal(rename(t->key_path, here_path(t->here, "elsewhere")), 0);
    assert_false(secret_open(t->db, a, t->key_path, &key, ERR(t)));
    here_expect(t->here, ERR_SYSTEM, "is not there");
    REFUSED(t, secret_make(&t->act, t->key_path, &key, ERR(t)), ERR_SYSTEM, "is not there");
    here_write(t->here, "r.key",
               "0000000000000000000000000000000000000000000000000000000000000000\n");
    assert_int_equal(chmod(t->key_path, 0600), 0);
    assert_false(secret_open(t->db, a, t->key_path, &key, ERR(t)));
    here_expect(t->here, ERR_SYSTEM, "of another record");
    here_write(t->here, "r.key", "no key\n");
    assert_int_equal(chmod(t->key_path, 0600), 0);
    assert_false(secret_open(t->db, a, t->key_path, &key, ERR(t)));
    here_expect(t->here, ERR_SYSTEM, "64 hexadecimal digits");
    assert_true(secret_open(t->db, a, here_path(t->here, "elsewhere"), &key, ERR(t)));
    // Lost for good: all begin anew.
    size_t accounts = 0;
    MADE(t, secret_forget(&t->act, &accounts, ERR(t)));
    assert_int_equal(accounts, 1);
    assert_false(account_of(t, "bob").has_second_factor);
    unlink(t->key_path);
    assert_non_null(key_of(t));
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

#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(added_and_recorded),
        CASE(what_an_account_may_not_be),
        CASE(what_is_granted),
        CASE(nobody_overwrites_what_they_have_not_seen),
        CASE(the_last_administrator_stays),
        CASE(who_gets_in),
        CASE(eleven_guesses),
        CASE(guesses_spread_out),
        CASE(by_address),
        CASE(the_same_time_for_unknown_names),
        CASE(a_new_password_while_the_old_is_hashed),
        CASE(limits_of_a_session),
        CASE(sessions_ended_on_our_side),
        CASE(labels),
        CASE(codes_of_the_app),
        CASE(guesses_at_a_code),
        CASE(recovery_codes),
        CASE(required_of_all),
        CASE(the_key_file),
        CASE(tokens),
        CASE(tokens_that_will_not_do),
        CASE(settings),
        CASE(nobody_signed_in),
        CASE(sign_on_services),
        CASE(copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
