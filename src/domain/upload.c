#include "domain/upload.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "model/descriptor.h"

// ---- the folder ----

// One a user, that no one else may enter; what somebody else put in its place is refused.
static bool base_folder(struct arena *a, const char **ret, struct err *e)
{
    const char *temporary = getenv("TMPDIR");
    char *folder = arena_printf(a, "%s/goldthread-uploads-%lu",
                                temporary == NULL ? "/tmp" : temporary, (unsigned long)geteuid());
    struct stat s;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        err_cause(e, "%s: %s", folder, strerror(errno));
        return err_set(e, ERR_SYSTEM, "The files cannot be kept on this server for now.");
    }
    if (lstat(folder, &s) != 0 || !S_ISDIR(s.st_mode) || s.st_uid != geteuid() ||
        (s.st_mode & 077) != 0) {
        err_cause(e, "%s is not a folder of this user alone", folder);
        return err_set(e, ERR_SYSTEM, "The files cannot be kept on this server for now.");
    }
    *ret = folder;
    return true;
}

static void remove_folder(struct arena *a, const char *folder)
{
    const char *const *names = NULL;
    size_t count = 0;
    struct err ignored = {.arena = a};
    if (file_list(a, folder, &names, &count, &ignored)) {
        for (size_t i = 0; i < count; i++) {
            (void)unlink(arena_printf(a, "%s/%s", folder, names[i]));
        }
    }
    (void)rmdir(folder);
}

// Takes away what is older than an hour; how many are left.
static size_t tidy(struct arena *a, const char *base)
{
    const char *const *names = NULL;
    size_t count = 0, left = 0;
    struct err ignored = {.arena = a};
    if (!file_list(a, base, &names, &count, &ignored)) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        const char *folder = arena_printf(a, "%s/%s", base, names[i]);
        struct stat s;
        if (lstat(folder, &s) == 0 && s.st_mtime + UPLOAD_SECONDS < time(NULL)) {
            remove_folder(a, folder);
        } else {
            left++;
        }
    }
    return left;
}

// ---- whose, and what ----

static void put_text(struct digest *d, const char *text)
{
    digest_put(d, text, strlen(text) + 1);
}

static const char *digest_of(struct arena *a, const char *account, const char *organisation,
                             const struct upload_file *files, size_t count)
{
    struct digest *d = digest_new(a);
    char hex[DIGEST_HEX + 1];
    put_text(d, account);
    put_text(d, organisation);
    for (size_t i = 0; i < count; i++) {
        put_text(d, files[i].name);
        put_text(d, arena_printf(a, "%zu", files[i].length));
        digest_put(d, files[i].bytes, files[i].length);
    }
    digest_end(d, hex);
    return arena_textn(a, hex, DIGEST_HEX);
}

static int by_name(const void *a, const void *b)
{
    const struct upload_file *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static bool check_names(struct arena *a, struct upload_file *files, size_t count, struct err *e)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        const struct descriptor *d = descriptor_by_file(files[i].name);
        const char *near = d != NULL ? NULL : descriptor_nearest_file(files[i].name);
        if (d == NULL) {
            return err_set(e, ERR_INPUT, "“%s” is not a file of a council folder%s%s",
                           files[i].name,
                           near == NULL ? ": give it the name it has there, such as "
                                          "observations.csv"
                                        : ": the nearest is ",
                           near == NULL ? "" : near);
        }
        files[i].name = d->file;
        bytes += files[i].length;
    }
    if (count > 1) {
        qsort(files, count, sizeof *files, by_name);
    }
    for (size_t i = 1; i < count; i++) {
        if (strcmp(files[i].name, files[i - 1].name) == 0) {
            return err_set(e, ERR_INPUT, "%s was chosen twice: choose it once", files[i].name);
        }
    }
    (void)a;
    return bytes <= UPLOAD_BYTES_MAX ||
           err_set(e, ERR_INPUT, "The selected files must be smaller than %d MB together",
                   UPLOAD_BYTES_MAX >> 20);
}

static bool write_all(struct arena *a, const char *folder, const struct upload_file *files,
                      size_t count, struct upload *out, struct err *e)
{
    const char **paths = ARENA_ARRAY(a, count, const char *);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        err_cause(e, "%s: %s", folder, strerror(errno));
        return err_set(e, ERR_SYSTEM, "The files cannot be kept on this server for now.");
    }
    for (size_t i = 0; i < count; i++) {
        paths[i] = arena_printf(a, "%s/%s", folder, files[i].name);
        if (!file_write(paths[i], files[i].bytes, files[i].length, e)) {
            return false;
        }
    }
    out->paths = paths;
    out->count = count;
    return true;
}

bool upload_keep(struct arena *a, const char *account, const char *organisation,
                 const struct upload_file *files, size_t count, struct upload *out, struct err *e)
{
    const char *base = NULL;
    if (count == 0) {
        return err_set(e, ERR_INPUT, "Select the files to import");
    }
    if (count > UPLOAD_FILES_MAX) {
        return err_set(e, ERR_INPUT, "Select at most %d files at once", UPLOAD_FILES_MAX);
    }
    struct upload_file *sorted = ARENA_ARRAY(a, count, struct upload_file);
    memcpy(sorted, files, count * sizeof *sorted);
    if (!check_names(a, sorted, count, e) || !base_folder(a, &base, e)) {
        return false;
    }
    if (tidy(a, base) >= UPLOAD_COUNT_MAX) {
        return err_set(e, ERR_AWAY, "Too many uploads wait to be confirmed; try again later.");
    }
    out->digest = digest_of(a, account, organisation, sorted, count);
    return write_all(a, arena_printf(a, "%s/%s", base, out->digest), sorted, count, out, e);
}

bool upload_find(struct arena *a, const char *account, const char *organisation, const char *digest,
                 struct upload *out, struct err *e)
{
    const char *base = NULL, *const *names = NULL;
    size_t count = 0;
    struct err absent = {.arena = a};
    if (strlen(digest) != DIGEST_HEX || strspn(digest, "0123456789abcdef") != DIGEST_HEX) {
        return err_set(e, ERR_INPUT,
                       "What was to be confirmed cannot be told. Select the files "
                       "again");
    }
    if (!base_folder(a, &base, e)) {
        return false;
    }
    const char *folder = arena_printf(a, "%s/%s", base, digest);
    if (!file_list(a, folder, &names, &count, &absent) || count == 0) {
        return err_set(e, ERR_INPUT,
                       "The files that were tried are not kept any more. Select them "
                       "again");
    }
    struct upload_file *files = ARENA_ARRAY(a, count, struct upload_file);
    const char **paths = ARENA_ARRAY(a, count, const char *);
    for (size_t i = 0; i < count; i++) {
        struct file_bytes bytes = {0};
        paths[i] = arena_printf(a, "%s/%s", folder, names[i]);
        if (!file_map(a, paths[i], UPLOAD_BYTES_MAX, &bytes, e)) {
            return false;
        }
        files[i] = (struct upload_file){names[i], bytes.bytes, bytes.length};
    }
    if (strcmp(digest_of(a, account, organisation, files, count), digest) != 0) {
        return err_set(e, ERR_INPUT, "These are not the files that were tried. Select them again");
    }
    *out = (struct upload){digest, paths, count};
    return true;
}

void upload_forget(struct arena *a, const struct upload *upload)
{
    if (upload->count > 0) {
        const char *slash = strrchr(upload->paths[0], '/');
        remove_folder(a, arena_textn(a, upload->paths[0], (size_t)(slash - upload->paths[0])));
    }
}
