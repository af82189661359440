// Passwords: which will do, and their hashes (argon2id, libsodium's INTERACTIVE: 64 MiB, about
// 40 ms).
//
// Eight characters at least, fifteen advised, up to 256 taken whole (V6.2.1, V6.2.9, V6.2.8); no
// rules of composition and no expiry (V6.2.5, V6.2.10). What everyone tries first is refused: runs
// and repetitions, keyboard rows, the commonest words with years and digits behind them, the names
// of the account, the person, the organisations and this program (V6.2.4, V6.2.11). That is a list
// made of families, and no list of passwords that leaked somewhere (V6.2.12).
#ifndef GT_DOMAIN_PASSWORD_H
#define GT_DOMAIN_PASSWORD_H

#include "base/err.h"

enum {
    PASSWORD_LEAST = 8, // characters
    PASSWORD_ADVISED = 15,
    PASSWORD_BYTES_MAX = 1024,
    PASSWORD_MOST = 256,
    PASSWORD_HASHING_MAX = 4, // at once, in this process: 64 MiB each
};

// ERR_INPUT with the sentence when it will not do. `known`: names that it may not be made of (code,
// name, e-mail address, organisations), NULL-ended; NULL: none.
bool password_will_do(struct arena *a, const char *password, size_t length,
                      const char *const *known, struct err *e) MUST_CHECK;
// What it may not be made of for this account: its own names and those of the organisations.
struct db;
bool password_known(struct db *db, struct arena *a, const char *account, const char *const **ret,
                    struct err *e) MUST_CHECK;

// The same for an account that is about to be added.
bool password_known_new(struct db *db, struct arena *a, const char *code, const char *name,
                        const char *email, const char *const **ret, struct err *e) MUST_CHECK;

// Waits while PASSWORD_HASHING_MAX others hash. Never inside a transaction.
bool password_hash(struct arena *a, const char *password, size_t length, const char **out,
                   struct err *e) MUST_CHECK;
// `hash` NULL: hashes against one that nothing fits, for the same time, and is false.
bool password_fits(const char *hash, const char *password, size_t length);

#endif
