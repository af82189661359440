// Files that were sent to be imported, kept between the trial and the confirmation: in a folder
// that nobody but this process's user can look into, under the names of the council folder and no
// other, named by the digest of whose they are and every byte of them. An hour later they are gone.
#ifndef GT_DOMAIN_UPLOAD_H
#define GT_DOMAIN_UPLOAD_H

#include "base/digest.h"
#include "base/err.h"

enum {
    UPLOAD_SECONDS = 3600, // kept
    UPLOAD_COUNT_MAX = 20, // at once, of all accounts together
    UPLOAD_FILES_MAX = 30,
    UPLOAD_BYTES_MAX = 20 << 20, // of all files of one upload
};

struct upload_file {
    const char *name; // as sent; must be that of a file of the council folder
    const char *bytes;
    size_t length;
};

struct upload {
    const char *digest;       // what has to be confirmed
    const char *const *paths; // of the files kept
    size_t count;
};

// Keeps the files of `account` for `organisation`. ERR_INPUT with one sentence for what cannot be
// an import: no file, an unknown name, a name twice, too many or too much. ERR_AWAY: too many wait.
bool upload_keep(struct arena *a, const char *account, const char *organisation,
                 const struct upload_file *files, size_t count, struct upload *out,
                 struct err *e) MUST_CHECK;

// The upload with this digest, of this account and organisation, every byte looked at again.
// ERR_INPUT: it is not there any more, or not what was tried.
bool upload_find(struct arena *a, const char *account, const char *organisation, const char *digest,
                 struct upload *out, struct err *e) MUST_CHECK;

void upload_forget(struct arena *a, const struct upload *upload);

#endif
