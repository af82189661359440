#include "domain/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/people_event.h"
#include "store/accounts.h"
#include "store/sessions.h"

enum { RANDOM_BYTES = 32, KEY_HEX = 2 * crypto_secretbox_KEYBYTES };

// A setting that is none of the administrator's: domain/settings.h does not list it.
static const char KEY_SETTING[] = "secret_key";

struct secret_key {
    unsigned char bytes[crypto_secretbox_KEYBYTES];
};

static void wipe(void *what)
{
    sodium_memzero(what, sizeof(struct secret_key));
}

const char *secret_path(struct arena *a, const char *record_url, const char *given)
{
    const char *told = given != NULL ? given : getenv("GOLDTHREAD_SECRET_FILE");
    if (told != NULL && told[0] != '\0') {
        return told;
    }
    return strstr(record_url, "://") != NULL ? "goldthread.key"
                                             : arena_printf(a, "%s.key", record_url);
}

const char *secret_digest(struct arena *a, const char *secret)
{
    char hex[DIGEST_HEX + 1];
    struct digest *d = digest_new(a);
    digest_put(d, secret, strlen(secret));
    digest_end(d, hex);
    return arena_textn(a, hex, DIGEST_HEX);
}

const char *secret_random(struct arena *a)
{
    unsigned char bytes[RANDOM_BYTES];
    char *text = arena_alloc(a, SECRET_TEXT + 1);
    if (sodium_init() < 0) {
        arena_give_up(a);
    }
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, SECRET_TEXT + 1, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return text;
}

bool secret_equal(const char *a, const char *b)
{
    size_t length = a == NULL ? 0 : strlen(a);
    return a != NULL && b != NULL && strlen(b) == length && sodium_memcmp(a, b, length) == 0;
}

// ---- the key file ----

static const char *digest_of(struct arena *a, const struct secret_key *key)
{
    char hex[KEY_HEX + 1];
    sodium_bin2hex(hex, sizeof hex, key->bytes, sizeof key->bytes);
    const char *text = arena_printf(a, "goldthread secret key %s", hex);
    sodium_memzero(hex, sizeof hex);
    return secret_digest(a, text);
}

static bool unreadable(const char *path, const char *what, struct err *e)
{
    return err_set(e, ERR_SYSTEM,
                   "The key file %s %s; second factors cannot be used without it. Put back the one "
                   "this record was used with, or say where it is with --secret-file.",
                   path, what);
}

// `*ret_there` false, and true returned, when there is no such file.
static bool read_file(struct arena *a, const char *path, struct secret_key **out, bool *ret_there,
                      struct err *e)
{
    char text[KEY_HEX + 2] = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *ret_there = fd >= 0;
    if (fd < 0) {
        err_cause(e, "%s: %s", path, strerror(errno));
        return errno == ENOENT || unreadable(path, "cannot be read", e);
    }
    struct stat about = {0};
    ssize_t got = fstat(fd, &about) == 0 ? read(fd, text, sizeof text - 1) : -1;
    close(fd);
    if (got < 0 || !S_ISREG(about.st_mode)) {
        return unreadable(path, "cannot be read", e);
    }
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return unreadable(path, "can be read by others than its owner (chmod 600)", e);
    }
    struct secret_key *key = ARENA_NEW(a, struct secret_key);
    size_t length = 0;
    arena_defer(a, wipe, key);
    bool good =
        sodium_hex2bin(key->bytes, sizeof key->bytes, text, KEY_HEX, NULL, &length, NULL) == 0 &&
        length == sizeof key->bytes && (text[KEY_HEX] == '\0' || text[KEY_HEX] == '\n');
    sodium_memzero(text, sizeof text);
    *out = key;
    return good || unreadable(path, "is not 64 hexadecimal digits", e);
}

static bool write_file(struct arena *a, const char *path, struct secret_key **out, struct err *e)
{
    char text[KEY_HEX + 2];
    struct secret_key *key = ARENA_NEW(a, struct secret_key);
    arena_defer(a, wipe, key);
    randombytes_buf(key->bytes, sizeof key->bytes);
    sodium_bin2hex(text, KEY_HEX + 1, key->bytes, sizeof key->bytes);
    text[KEY_HEX] = '\n';
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    bool good = fd >= 0 && write(fd, text, KEY_HEX + 1) == KEY_HEX + 1 && fsync(fd) == 0;
    int failed = errno;
    good = (fd < 0 || close(fd) == 0) && good;
    sodium_memzero(text, sizeof text);
    if (!good) {
        if (fd >= 0) {
            unlink(path);
        }
        err_cause(e, "%s: %s", path, strerror(failed));
        return err_set(e, ERR_SYSTEM,
                       "The key file %s cannot be written; say another place with --secret-file.",
                       path);
    }
    *out = key;
    return true;
}

bool secret_open(struct db *db, struct arena *a, const char *path, const struct secret_key **out,
                 struct err *e)
{
    struct store_setting noted;
    struct secret_key *key = NULL;
    bool there = false;
    *out = NULL;
    if (sodium_init() < 0) {
        return err_set(e, ERR_SYSTEM, "The library for secrets (libsodium) does not start.");
    }
    if (!store_setting(db, a, KEY_SETTING, &noted, e)) {
        return false;
    }
    if (noted.value == NULL || noted.value[0] == '\0') {
        return true;
    }
    if (!read_file(a, path, &key, &there, e)) {
        return false;
    }
    if (!there) {
        return unreadable(path, "is not there", e);
    }
    if (!secret_equal(digest_of(a, key), noted.value)) {
        return unreadable(path, "is that of another record", e);
    }
    *out = key;
    return true;
}

static bool note(const struct people_act *act, const char *digest, struct err *e)
{
    struct store_setting row;
    if (!store_setting(act->db, act->arena, KEY_SETTING, &row, e)) {
        return false;
    }
    const char *before = row.value == NULL || row.value[0] == '\0' ? NULL : row.value;
    const struct people_field field = {"value", before, digest, false};
    const struct people_event event = {
        digest == NULL ? "retire" : "create", "setting", {KEY_SETTING}, &field, 1};
    row.value = digest == NULL ? "" : digest;
    row.version++;
    return store_setting_put(act->db, &row, act->now, e) && people_event(act, &event, e);
}

bool secret_make(const struct people_act *act, const char *path, const struct secret_key **out,
                 struct err *e)
{
    struct secret_key *key = NULL;
    bool there = false;
    if (!secret_open(act->db, act->arena, path, out, e)) {
        return false;
    }
    if (*out != NULL) {
        return true;
    }
    if (!read_file(act->arena, path, &key, &there, e) ||
        (!there && !write_file(act->arena, path, &key, e)) ||
        !note(act, digest_of(act->arena, key), e)) {
        return false;
    }
    *out = key;
    return true;
}

static bool forget_factor(const struct people_act *act, const struct store_account *from,
                          struct err *e)
{
    static const struct people_field field = {"second_factor", "yes", NULL, false};
    struct store_account row = *from;
    const struct people_event event = {"change", "account", {row.code}, &field, 1};
    row.totp_secret = NULL;
    row.totp_pending = NULL;
    row.totp_at = 0;
    row.version++;
    return store_account_put(act->db, &row, e) && store_recovery_clear(act->db, row.code, e) &&
           (from->totp_secret == NULL || people_event(act, &event, e));
}

bool secret_forget(const struct people_act *act, size_t *ret_accounts, struct err *e)
{
    const struct store_account *rows = NULL;
    size_t count = 0;
    if (!store_accounts(act->db, act->arena, &rows, &count, e)) {
        return false;
    }
    *ret_accounts = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].totp_secret != NULL || rows[i].totp_pending != NULL) {
            if (!forget_factor(act, &rows[i], e)) {
                return false;
            }
            *ret_accounts += rows[i].totp_secret != NULL;
        }
    }
    return note(act, NULL, e);
}

// ---- sealing ----

const char *secret_seal(struct arena *a, const struct secret_key *key, const char *owner,
                        const unsigned char *bytes, size_t length)
{
    size_t named = strlen(owner) + 1, plain = named + length;
    size_t sealed = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain;
    unsigned char *text = arena_alloc(a, plain), *box = arena_alloc(a, sealed);
    size_t room = sodium_base64_ENCODED_LEN(sealed, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_alloc(a, room);
    memcpy(text, owner, named);
    memcpy(text + named, bytes, length);
    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, text, plain, box, key->bytes);
    sodium_memzero(text, plain);
    sodium_bin2base64(out, room, box, sealed, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return out;
}

bool secret_unseal(struct arena *a, const struct secret_key *key, const char *owner,
                   const char *sealed, unsigned char *bytes, size_t length)
{
    size_t named = strlen(owner) + 1, plain = named + length, got = 0;
    size_t room = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain;
    unsigned char *box = arena_alloc(a, room), *text = arena_alloc(a, plain);
    if (sodium_base642bin(box, room, sealed, strlen(sealed), NULL, &got, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        got != room ||
        crypto_secretbox_open_easy(text, box + crypto_secretbox_NONCEBYTES,
                                   room - crypto_secretbox_NONCEBYTES, box, key->bytes) != 0) {
        return false;
    }
    bool good = memcmp(text, owner, named) == 0;
    if (good) {
        memcpy(bytes, text + named, length);
    }
    sodium_memzero(text, plain);
    return good;
}
