// Secrets: the key file that lies outside the record, what is sealed with it, and tokens nobody can
// guess.
//
// What must be read back (the secrets of second factors) stands in the record sealed with
// libsodium's secretbox (XSalsa20-Poly1305). Its key is a file of 64 hexadecimal digits, mode 0600,
// beside a SQLite record (RECORD.key) or wherever --secret-file says; who has only the record or a
// backup of it has no second factor. The record knows a digest of the key, so that a wrong or a
// missing file is told as such. Several servers on one PostgreSQL need the same file.
#ifndef GT_DOMAIN_SECRET_H
#define GT_DOMAIN_SECRET_H

#include "base/digest.h"
#include "domain/people.h"

struct secret_key;

// Where the key file is: `given` (--secret-file), GOLDTHREAD_SECRET_FILE, else RECORD.key beside a
// file, else "goldthread.key" in the folder the process runs in.
const char *secret_path(struct arena *a, const char *record_url, const char *given);

// Reads the key and holds it against the digest in the record. `*out` NULL: the record has none
// yet, so nothing can have been sealed. ERR_SYSTEM names the file and what is wrong with it.
bool secret_open(struct db *db, struct arena *a, const char *path, const struct secret_key **out,
                 struct err *e) MUST_CHECK;
// The same, in a transaction; where the record has none yet the file is made (or taken, when it is
// there) and its digest noted.
bool secret_make(const struct people_act *act, const char *path, const struct secret_key **out,
                 struct err *e) MUST_CHECK;
// The key file is lost: the record forgets it, and every second factor sealed with it.
bool secret_forget(const struct people_act *act, size_t *ret_accounts, struct err *e) MUST_CHECK;

// `owner` (an account's code) is sealed with it: moved to another account it does not open.
const char *secret_seal(struct arena *a, const struct secret_key *key, const char *owner,
                        const unsigned char *bytes, size_t length);
// False when it was changed, or sealed for another owner or with another key.
bool secret_unseal(struct arena *a, const struct secret_key *key, const char *owner,
                   const char *sealed, unsigned char *bytes, size_t length) MUST_CHECK;

// 256 bits as base64url without padding: 43 characters.
enum { SECRET_TEXT = 43 };
const char *secret_random(struct arena *a);
// 64 hexadecimal digits of its SHA-256: all that the record keeps of a session or a token.
const char *secret_digest(struct arena *a, const char *secret);
// In a time that does not depend on where they differ. NULL equals nothing.
bool secret_equal(const char *a, const char *b);

#endif
