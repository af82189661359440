// Files: read whole (mapped), written whole or not at all.
#ifndef GT_BASE_FILE_H
#define GT_BASE_FILE_H

#include "base/err.h"

struct file_bytes {
    const char *bytes; // "" when empty
    size_t length;
};

// The file's bytes as they stand now, in pages of their own (not counted in the arena's limit) for
// as long as the arena lives: whoever changes the file afterwards changes nothing here. Refuses
// what is over `max` bytes or not a regular file. `e` names the file and the reason.
bool file_map(struct arena *a, const char *path, size_t max, struct file_bytes *out,
              struct err *e) MUST_CHECK;

// The same for what comes from a pipe or standard input, up to its end; `name` is for messages.
bool file_read_stream(struct arena *a, int fd, const char *name, size_t max, struct file_bytes *out,
                      struct err *e) MUST_CHECK;

// Writes beside and renames over, fsync'd: the old file stays whole when anything fails.
bool file_write(const char *path, const char *bytes, size_t length, struct err *e) MUST_CHECK;

// For what is written by others than file_write (a database) and shall have its name only when it
// is whole: a new, empty file beside `path`, which no other writer has; its descriptor, or -1
// (errno).
int file_open_beside(struct arena *a, const char *path, unsigned mode, char **ret_name) MUST_CHECK;
// Its bytes are on the disc when this returns.
bool file_sync(const char *path, struct err *e) MUST_CHECK;
// Gives `from` the name `to`, in the place of whatever has it, and syncs the folder: at any moment
// one of the two stands there whole.
bool file_move_over(const char *from, const char *to, struct err *e) MUST_CHECK;

// Makes the folder and its parents. True when it is there already.
bool file_make_folder(const char *path, struct err *e) MUST_CHECK;

// Names of the entries in a folder, sorted, without "." and "..".
bool file_list(struct arena *a, const char *folder, const char *const **ret_names,
               size_t *ret_count, struct err *e) MUST_CHECK;

bool file_is_folder(const char *path);

#endif
