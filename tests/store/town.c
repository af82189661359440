#include "town.h"

#include <string.h>

#include "domain/audit.h"
#include "domain/password.h"

struct town *town(void **state)
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

struct account account_of(struct town *t, const char *code)
{
    struct account found;
    if (!account_read(t->db, t->here->arena, code, &found, ERR(t))) {
        fail_msg("%s", t->here->err.message);
    }
    return found;
}

uint64_t check_trail(struct town *t)
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

struct sign_in sign_in(struct town *t, const char *name, const char *password, int64_t now)
{
    struct sign_in s;
    struct people_act act = t->act;
    act.now = now;
    MADE(t, sign_in_begin(t->db, t->here->arena, name, now, &s, ERR(t)));
    sign_in_check(&s, password, strlen(password));
    MADE(t, sign_in_finish(&act, &s, NULL, "Firefox on Linux", ERR(t)));
    return s;
}

struct session session_of(struct town *t, const char *secret, int64_t now)
{
    struct session found;
    here_forget(t->here);
    if (!session_find(t->db, t->here->arena, secret, now, &found, ERR(t))) {
        fail_msg("%s", t->here->err.message);
    }
    return found;
}
