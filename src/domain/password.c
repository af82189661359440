#include "domain/password.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "base/grow.h"
#include "base/utf8.h"
#include "domain/password_words.h"
#include "store/accounts.h"

enum {
    // A password of fewer pieces than this is one that is tried first; a piece is a word everyone
    // uses, a name, a run of keys, the same sign again and again, up to four digits, or one sign.
    PIECES_LEAST = 4,
    RUN_LEAST = 3,
    DIGITS_PIECE = 4,
    NAME_LEAST = 3,
};

// ---- guessable ----

// Signs that are put for letters: p@55w0rd.
static bool stands_for(char sign, char letter)
{
    static const char pairs[][2] = {{'@', 'a'}, {'4', 'a'}, {'8', 'b'}, {'(', 'c'}, {'3', 'e'},
                                    {'6', 'g'}, {'9', 'g'}, {'1', 'i'}, {'!', 'i'}, {'|', 'i'},
                                    {'1', 'l'}, {'|', 'l'}, {'0', 'o'}, {'5', 's'}, {'$', 's'},
                                    {'7', 't'}, {'+', 't'}, {'2', 'z'}};
    if (sign == letter) {
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        if (pairs[i][0] == sign && pairs[i][1] == letter) {
            return true;
        }
    }
    return false;
}

static bool word_at(const char *text, size_t rest, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (i >= rest || !stands_for(text[i], word[i])) {
            return false;
        }
    }
    return true;
}

static size_t run_in(const char *text, size_t rest, const char *sequence, size_t length)
{
    size_t best = 0;
    for (size_t at = 0; at < length; at++) {
        size_t up = 0, down = 0;
        while (up < rest && at + up < length && text[up] == sequence[at + up]) {
            up++;
        }
        while (down < rest && down <= at && text[down] == sequence[at - down]) {
            down++;
        }
        best = up > best ? up : best;
        best = down > best ? down : best;
    }
    return best;
}

// How many pieces it takes at least to reach each place of the text.
struct pieces {
    const char *text;
    size_t length;
    size_t *to; // [length + 1]
};

static void reach(struct pieces *p, size_t from, size_t length)
{
    if (p->to[from] + 1 < p->to[from + length]) {
        p->to[from + length] = p->to[from] + 1;
    }
}

static void reach_words(struct pieces *p, size_t from, const char *const *words)
{
    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        size_t length = strlen(words[i]);
        if (word_at(p->text + from, p->length - from, words[i], length)) {
            reach(p, from, length);
        }
    }
}

static void reach_runs(struct pieces *p, size_t from)
{
    const char *text = p->text + from;
    size_t rest = p->length - from, again = 1, digits = 0, run = 0;
    for (size_t i = 0; password_sequences[i] != NULL; i++) {
        size_t found = run_in(text, rest, password_sequences[i], strlen(password_sequences[i]));
        run = found > run ? found : run;
    }
    while (again < rest && text[again] == text[0]) {
        again++;
    }
    while (digits < rest && digits < DIGITS_PIECE && text[digits] >= '0' && text[digits] <= '9') {
        digits++;
    }
    for (size_t length = 1; length <= again || length <= digits || length <= run; length++) {
        if (length <= again || length <= digits || length >= RUN_LEAST) {
            reach(p, from, length);
        }
    }
}

static size_t pieces_of(struct arena *a, const char *text, size_t length, const char *const *names)
{
    struct pieces p = {text, length, ARENA_ARRAY(a, length + 1, size_t)};
    for (size_t i = 1; i <= length; i++) {
        p.to[i] = i;
    }
    for (size_t from = 0; from < length; from++) {
        reach(&p, from, 1);
        reach_words(&p, from, password_words);
        reach_words(&p, from, names);
        reach_runs(&p, from);
    }
    return p.to[length];
}

// "xkcdxkcd": the same again and again is worth its first time.
static size_t unit_of(const char *text, size_t length)
{
    for (size_t unit = 1; unit <= length / 2; unit++) {
        if (length % unit == 0 && memcmp(text, text + unit, length - unit) == 0) {
            return unit;
        }
    }
    return length;
}

static bool guessable(struct arena *a, const char *password, size_t length,
                      const char *const *known)
{
    char *text = arena_alloc(a, length + 1);
    utf8_fold(arena_textn(a, password, length), text);
    size_t unit = unit_of(text, length);
    return (unit < length && unit < PASSWORD_LEAST) ||
           pieces_of(a, text, unit, known) < PIECES_LEAST;
}

// ---- will it do? ----

bool password_will_do(struct arena *a, const char *password, size_t length,
                      const char *const *known, struct err *e)
{
    size_t characters = 0;
    if (length > PASSWORD_BYTES_MAX || !utf8_valid(password, length, NULL) ||
        memchr(password, '\n', length) != NULL || memchr(password, '\r', length) != NULL ||
        (characters = utf8_length(arena_textn(a, password, length))) > PASSWORD_MOST) {
        return err_set(e, ERR_INPUT,
                       "This password is no line of text of at most %d characters; choose another.",
                       (int)PASSWORD_MOST);
    }
    if (characters < PASSWORD_LEAST) {
        return err_set(e, ERR_INPUT,
                       "This password has %zu character%s; it needs %d, and %d or more are better: "
                       "three words of your own, say.",
                       characters, characters == 1 ? "" : "s", (int)PASSWORD_LEAST,
                       (int)PASSWORD_ADVISED);
    }
    return !guessable(a, password, length, known) ||
           err_set(e, ERR_INPUT,
                   "This password is among those that are tried first (common words, names, runs "
                   "of keys, years); choose another: three or more words of your own, say.");
}

// ---- names ----

static bool of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static void add_names(struct grow *names, const char *text)
{
    if (text == NULL) {
        return;
    }
    char *folded = arena_alloc(names->arena, strlen(text) + 1);
    utf8_fold(text, folded);
    for (const char *c = folded; *c != '\0';) {
        size_t length = 0;
        while (of_word(c[length])) {
            length++;
        }
        if (length >= NAME_LEAST) {
            *(const char **)grow_add(names) = arena_textn(names->arena, c, length);
        }
        c += length == 0 ? 1 : length;
    }
}

bool password_known_new(struct db *db, struct arena *a, const char *code, const char *name,
                        const char *email, const char *const **ret, struct err *e)
{
    const struct store_organisation *organisations = NULL;
    size_t count = 0;
    struct grow names = grow_new(a, sizeof(const char *));
    if (!store_organisations(db, a, &organisations, &count, e)) {
        return false;
    }
    add_names(&names, code);
    add_names(&names, name);
    add_names(&names, email);
    for (size_t i = 0; i < count; i++) {
        add_names(&names, organisations[i].code);
        add_names(&names, organisations[i].name);
    }
    *(const char **)grow_add(&names) = NULL;
    *ret = names.items;
    return true;
}

bool password_known(struct db *db, struct arena *a, const char *account, const char *const **ret,
                    struct err *e)
{
    struct store_account row = {0};
    bool found = false;
    return store_account(db, a, account, &row, &found, e) &&
           password_known_new(db, a, account, found ? row.name : NULL, found ? row.email : NULL,
                              ret, e);
}

// ---- hashes ----

// The memory of the machine is one, so the bound is one for the whole process: the only state that
// is not handed down.
static struct {
    pthread_mutex_t lock;
    pthread_cond_t free;
    int hashing;
} gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};

static void gate_enter(void)
{
    pthread_mutex_lock(&gate.lock);
    while (gate.hashing >= PASSWORD_HASHING_MAX) {
        pthread_cond_wait(&gate.free, &gate.lock);
    }
    gate.hashing++;
    pthread_mutex_unlock(&gate.lock);
}

static void gate_leave(void)
{
    pthread_mutex_lock(&gate.lock);
    gate.hashing--;
    pthread_cond_signal(&gate.free);
    pthread_mutex_unlock(&gate.lock);
}

static bool make_hash(char out[crypto_pwhash_STRBYTES], const char *password, size_t length)
{
    gate_enter();
    bool good = sodium_init() >= 0 &&
                crypto_pwhash_str_alg(out, password, length, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                      crypto_pwhash_MEMLIMIT_INTERACTIVE,
                                      crypto_pwhash_ALG_ARGON2ID13) == 0;
    gate_leave();
    return good;
}

bool password_hash(struct arena *a, const char *password, size_t length, const char **out,
                   struct err *e)
{
    char text[crypto_pwhash_STRBYTES];
    if (!make_hash(text, password, length)) {
        return err_set(e, ERR_SYSTEM, "There is not enough memory to hash a password (64 MiB).");
    }
    *out = arena_text(a, text);
    return true;
}

bool password_fits(const char *hash, const char *password, size_t length)
{
    char ignored[crypto_pwhash_STRBYTES];
    if (hash == NULL) {
        (void)make_hash(ignored, password, length); // for the time it takes
        return false;
    }
    gate_enter();
    bool fits = sodium_init() >= 0 && crypto_pwhash_str_verify(hash, password, length) == 0;
    gate_leave();
    return fits;
}
