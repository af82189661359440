#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 1 << 16, NAME_TRIES = 100 };

// Private pages holding a copy of the file. A plain mapping would let whoever shortens the file
// while we read it (a spreadsheet saving) end the process with SIGBUS, or change a cell after it
// was checked.
struct pages {
    char *bytes;
    size_t room;
    int fd; // open while reading, then -1
};

static void pages_release(void *what)
{
    struct pages *p = what;
    if (p->bytes != NULL) {
        munmap(p->bytes, p->room);
    }
    if (p->fd >= 0) {
        close(p->fd);
    }
}

// Made before the file is opened, so that running out of memory cannot leak a descriptor.
static struct pages *pages_new(struct arena *a)
{
    struct pages *p = ARENA_NEW(a, struct pages);
    p->fd = -1;
    arena_defer(a, pages_release, p);
    return p;
}

static bool pages_grow(struct pages *p, size_t room)
{
    void *grown = p->bytes == NULL
                      ? mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                      : mremap(p->bytes, p->room, room, MREMAP_MAYMOVE);
    if (grown == MAP_FAILED) {
        return false;
    }
    p->bytes = grown;
    p->room = room;
    return true;
}

static bool refuse_size(const char *name, size_t max, struct err *e)
{
    return err_set(e, ERR_INPUT,
                   "%s is larger than the limit of %zu bytes; split it into smaller files.", name,
                   max);
}

// Everything `fd` gives, up to `max` bytes; `expect` is how much is likely.
static bool read_all(struct pages *p, int fd, const char *name, size_t expect, size_t max,
                     struct file_bytes *out, struct err *e)
{
    size_t length = 0;
    if (!pages_grow(p, expect + 1)) { // one byte more, so that the end shows without growing
        return err_set(e, ERR_SYSTEM, "There is not enough memory to read %s.", name);
    }
    for (;;) {
        if (length == p->room && !pages_grow(p, p->room * 2)) {
            return err_set(e, ERR_SYSTEM, "There is not enough memory to read %s.", name);
        }
        ssize_t got = read(fd, p->bytes + length, p->room - length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return err_set(e, ERR_SYSTEM, "%s could not be read: %s.", name, strerror(errno));
        }
        if (got == 0) {
            break;
        }
        length += (size_t)got;
        if (length > max) {
            return refuse_size(name, max, e);
        }
    }
    *out = (struct file_bytes){length == 0 ? "" : p->bytes, length};
    return true;
}

bool file_map(struct arena *a, const char *path, size_t max, struct file_bytes *out, struct err *e)
{
    struct pages *p = pages_new(a);
    p->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe must not make us wait
    if (p->fd < 0) {
        return err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s could not be opened: %s.",
                       path, strerror(errno));
    }
    struct stat facts;
    bool done = false;
    if (fstat(p->fd, &facts) != 0) {
        err_set(e, ERR_SYSTEM, "%s could not be read: %s.", path, strerror(errno));
    } else if (!S_ISREG(facts.st_mode)) {
        err_set(e, ERR_INPUT, "%s is not a file; give the path of a file.", path);
    } else if ((uintmax_t)facts.st_size > max) {
        refuse_size(path, max, e);
    } else {
        done = read_all(p, p->fd, path, (size_t)facts.st_size, max, out, e);
    }
    close(p->fd);
    p->fd = -1;
    return done;
}

bool file_read_stream(struct arena *a, int fd, const char *name, size_t max, struct file_bytes *out,
                      struct err *e)
{
    return read_all(pages_new(a), fd, name, FIRST_READ, max, out, e);
}

// The folder a path stands in.
static const char *folder_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ".";
    }
    return slash == path ? "/" : arena_textn(a, path, (size_t)(slash - path));
}

static bool write_bytes(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(fd, bytes, length);
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote < 0) {
            return false;
        }
        bytes += wrote;
        length -= (size_t)wrote;
    }
    return true;
}

int file_open_beside(struct arena *a, const char *path, unsigned mode, char **ret_name)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        *ret_name = arena_printf(a, "%s.%ld-%d.new", path, (long)getpid(), i);
        int fd = open(*ret_name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

// The rename itself must survive a power cut, so the folder is synced as well. Some file systems
// cannot sync a folder; the file is whole there all the same.
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

bool file_write(const char *path, const char *bytes, size_t length, struct err *e)
{
    const char *folder = folder_of(e->arena, path);
    char *beside = NULL;
    int fd = file_open_beside(e->arena, path, 0666, &beside);
    if (fd < 0) {
        return err_set(e, ERR_SYSTEM, "%s could not be written: %s.", path, strerror(errno));
    }
    bool done = write_bytes(fd, bytes, length) && fsync(fd) == 0;
    int failure = done ? 0 : errno;
    if (close(fd) != 0 && failure == 0) {
        failure = errno;
    }
    if (failure == 0 && rename(beside, path) != 0) {
        failure = errno;
    }
    if (failure != 0) {
        unlink(beside);
        return err_set(e, ERR_SYSTEM, "%s could not be written: %s.", path, strerror(failure));
    }
    sync_folder(folder);
    return true;
}

bool file_sync(const char *path, struct err *e)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    int failure = errno;
    if (fd >= 0) {
        close(fd);
    }
    return good || err_set(e, ERR_SYSTEM, "%s could not be written to the disc: %s.", path,
                           strerror(failure));
}

bool file_move_over(const char *from, const char *to, struct err *e)
{
    const char *folder = folder_of(e->arena, to);
    if (rename(from, to) != 0) {
        return err_set(e, ERR_SYSTEM, "%s could not be given the name %s: %s.", from, to,
                       strerror(errno));
    }
    sync_folder(folder);
    return true;
}

bool file_is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

bool file_make_folder(const char *path, struct err *e)
{
    char *part = arena_text(e->arena, path);
    if (path[0] == '\0') {
        return err_set(e, ERR_USAGE, "The folder has no name; give its path.");
    }
    for (char *at = part + 1, after = '/'; after != '\0'; at++) {
        after = *at;
        if (at[-1] == '/' || (after != '/' && after != '\0')) {
            continue;
        }
        *at = '\0';
        if (mkdir(part, 0777) != 0 && !file_is_folder(part)) {
            return err_set(e, ERR_SYSTEM, "The folder %s could not be made: %s.", part,
                           strerror(errno));
        }
        *at = after;
    }
    return true;
}

static void close_folder(void *what)
{
    DIR **folder = what;
    if (*folder != NULL) {
        closedir(*folder);
        *folder = NULL;
    }
}

static int by_name(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

bool file_list(struct arena *a, const char *folder, const char *const **ret_names,
               size_t *ret_count, struct err *e)
{
    DIR **open_folder = ARENA_NEW(a, DIR *);
    arena_defer(a, close_folder, open_folder);
    *open_folder = opendir(folder);
    if (*open_folder == NULL) {
        return err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM,
                       "The folder %s could not be opened: %s.", folder, strerror(errno));
    }
    const char **names = NULL;
    size_t count = 0;
    size_t room = 0;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(*open_folder)) != NULL; errno = 0) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        if (count == room) {
            room = room == 0 ? 32 : room * 2;
            names = arena_grow(a, names, count, room, sizeof *names);
        }
        names[count++] = arena_text(a, entry->d_name);
    }
    int failure = errno;
    close_folder(open_folder);
    if (failure != 0) {
        return err_set(e, ERR_SYSTEM, "The folder %s could not be read: %s.", folder,
                       strerror(failure));
    }
    if (count > 0) {
        qsort(names, count, sizeof *names, by_name);
    }
    *ret_names = names;
    *ret_count = count;
    return true;
}
