// Signing in: passwords, guesses, sessions and second factors, with a clock that is given.
#include "town.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/totp.h"
#include "domain/password.h"
#include "domain/second_factor.h"
#include "domain/settings.h"
#include "domain/throttle.h"
#include "domain/token.h"

// ---- passwords ----

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
    struct db *db = t->db;
    int64_t begin[200] = {0};
    int count = 0;
    for (int64_t now = NOW; now < NOW + HOUR; now += 25) {
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
    for (int i = 0; i < 15; i++) { // twelve of them wrong
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
    for (int i = 0; i < 1000; i++) { // a whole council behind one address, with the right passwords
        assert_int_equal(throttle_address(t, "192.0.2.3", NOW), 0);
        throttle_address_right(t, "192.0.2.3");
    }
    throttle_address_right(t, "192.0.2.4"); // never seen
    for (int i = 0; i < 100000; i++) {      // bounded: others push it out, nothing grows
        char text[32];
        snprintf(text, sizeof text, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        assert_int_equal(throttle_address(t, text, NOW), 0);
    }
    throttle_free(t);
}

// Many who sign in under one name at once, each with the right password: nobody is refused.
struct side {
    struct throttle *throttle;
    int inside, most, all;
    pthread_mutex_t lock;
};

static void *take_a_turn(void *context)
{
    struct side *s = context;
    struct arena *a = arena_new(0);
    struct throttle_turn *turn = throttle_turn(s->throttle, a, "Bob");
    pthread_mutex_lock(&s->lock);
    s->inside++;
    s->most = s->inside > s->most ? s->inside : s->most;
    bool early = s->all++ % 2 == 0; // otherwise the turn ends with the arena
    pthread_mutex_unlock(&s->lock);
    usleep(2000);
    pthread_mutex_lock(&s->lock);
    s->inside--;
    pthread_mutex_unlock(&s->lock);
    if (early) {
        throttle_turn_end(turn);
    }
    arena_free(a);
    return NULL;
}

static void turns(void **state)
{
    pthread_t threads[20];
    struct side s = {.throttle = throttle_new(), .lock = PTHREAD_MUTEX_INITIALIZER};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, take_a_turn, &s), 0);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(s.most, 1);
    // Another name has a turn of its own, and one that has ended can be taken again.
    struct arena *a = arena_new(0);
    throttle_turn_end(throttle_turn(s.throttle, a, "bob"));
    struct throttle_turn *again = throttle_turn(s.throttle, a, "BOB");
    throttle_turn_end(again);
    throttle_turn_end(again);
    arena_free(a);
    throttle_free(s.throttle);
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
    for (int i = 0; i < 4; i++) {
        double start = seconds();
        sign_in(t, "bob", "wrong", NOW);
        known += seconds() - start;
        start = seconds();
        sign_in(t, "nobody", "wrong", NOW);
        unknown += seconds() - start;
    }
    if (unknown < known / 2 || known < unknown / 2) {
        fail_msg("known %.0f ms, unknown %.0f ms", known * 250, unknown * 250);
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

#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(who_gets_in),
        CASE(eleven_guesses),
        CASE(guesses_spread_out),
        CASE(by_address),
        CASE(turns),
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
