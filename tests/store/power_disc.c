#include "power_disc.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 8, HISTORY_MAX = 64, SECTOR = 512, PATH_MAX_ALL = 512 };

struct bytes {
    unsigned char *at;
    size_t length, room;
};

struct pending { // not yet synced
    bool truncates;
    size_t offset, length;
    unsigned char *data;
};

struct inode {
    struct bytes now, disc;
    struct pending *pending;
    size_t count, room;
    struct inode *next; // of all there are
};

// A name and what it has meant since the directory was last synced; NULL: no such file.
struct name {
    char path[PATH_MAX_ALL];
    struct inode *history[HISTORY_MAX];
    int count;
};

static struct {
    struct name names[NAMES_MAX], kept_names[NAMES_MAX];
    struct bytes kept[NAMES_MAX];
    struct inode *inodes;
    int steps, cut_at;
    bool cut;
    int calls, fail_at;
    bool for_good, failed;
    uint64_t chance;
    sqlite3_vfs *system;
} disc;

struct handle {
    sqlite3_file base;
    struct inode *inode;
    bool directory_too; // a new journal: its first sync is also its name's
};

static void *must(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

// ---- bytes ----

static void lengthen(struct bytes *b, size_t length)
{
    if (length > b->room) {
        b->room = length * 2;
        b->at = must(realloc(b->at, b->room));
    }
    if (length > b->length) {
        memset(b->at + b->length, 0, length - b->length);
        b->length = length;
    }
}

static void put(struct bytes *b, size_t offset, const void *from, size_t length)
{
    lengthen(b, offset + length);
    memcpy(b->at + offset, from, length);
}

static void copy(struct bytes *to, const struct bytes *from)
{
    to->length = 0;
    put(to, 0, from->length == 0 ? (const unsigned char *)"" : from->at, from->length);
}

// ---- files and names ----

static struct inode *new_inode(void)
{
    struct inode *i = must(calloc(1, sizeof *i));
    i->next = disc.inodes;
    disc.inodes = i;
    return i;
}

static void forget_pending(struct inode *i)
{
    for (size_t k = 0; k < i->count; k++) {
        free(i->pending[k].data);
    }
    i->count = 0;
}

static void forget_inodes(void)
{
    while (disc.inodes != NULL) {
        struct inode *i = disc.inodes;
        disc.inodes = i->next;
        forget_pending(i);
        free(i->pending);
        free(i->now.at);
        free(i->disc.at);
        free(i);
    }
}

static struct pending *add_pending(struct inode *i)
{
    if (i->count == i->room) {
        i->room = i->room * 2 + 16;
        i->pending = must(realloc(i->pending, i->room * sizeof *i->pending));
    }
    struct pending *p = &i->pending[i->count++];
    *p = (struct pending){0};
    return p;
}

static struct name *name_of(const char *path)
{
    for (int i = 0; i < NAMES_MAX; i++) {
        struct name *n = &disc.names[i];
        if (n->path[0] == '\0') {
            snprintf(n->path, sizeof n->path, "%s", path);
            n->count = 1;
        }
        if (strcmp(n->path, path) == 0) {
            return n;
        }
    }
    abort();
}

static struct inode *meant_by(const struct name *n)
{
    return n->history[n->count - 1];
}

static void rename_to(struct name *n, struct inode *i)
{
    if (n->count == HISTORY_MAX) {
        abort();
    }
    n->history[n->count++] = i;
}

static void sync_directory(void)
{
    for (int i = 0; i < NAMES_MAX && disc.names[i].path[0] != '\0'; i++) {
        disc.names[i].history[0] = meant_by(&disc.names[i]);
        disc.names[i].count = 1;
    }
}

static void sync_inode(struct inode *i)
{
    copy(&i->disc, &i->now);
    forget_pending(i);
}

// True: the power has gone, now or before.
static bool step(void)
{
    disc.steps++;
    disc.cut = disc.cut || disc.steps == disc.cut_at;
    return disc.cut;
}

// True: this call fails.
static bool fails(void)
{
    disc.calls++;
    bool now = disc.fail_at != 0 &&
               (disc.for_good ? disc.calls >= disc.fail_at : disc.calls == disc.fail_at);
    disc.failed = disc.failed || now;
    return now;
}

// ---- what SQLite calls ----

static struct handle *handle_of(sqlite3_file *f)
{
    return (struct handle *)(void *)f;
}

static int close_file(sqlite3_file *f)
{
    (void)f;
    return SQLITE_OK;
}

static int read_file(sqlite3_file *f, void *to, int length, sqlite3_int64 offset)
{
    const struct bytes *b = &handle_of(f)->inode->now;
    size_t from = (size_t)offset, count = (size_t)length;
    size_t there = from >= b->length ? 0 : b->length - from;
    memset(to, 0, count);
    if (there > 0) {
        memcpy(to, b->at + from, there < count ? there : count);
    }
    return disc.cut || fails() ? SQLITE_IOERR_READ
           : there < count     ? SQLITE_IOERR_SHORT_READ
                               : SQLITE_OK;
}

static int write_file(sqlite3_file *f, const void *from, int length, sqlite3_int64 offset)
{
    struct inode *i = handle_of(f)->inode;
    if (disc.cut || fails()) {
        return SQLITE_IOERR_WRITE;
    }
    struct pending *p = add_pending(i);
    *p = (struct pending){false, (size_t)offset, (size_t)length, must(malloc((size_t)length))};
    memcpy(p->data, from, p->length);
    put(&i->now, p->offset, from, p->length);
    return step() ? SQLITE_IOERR_WRITE : SQLITE_OK; // cut in its midst
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size)
{
    struct inode *i = handle_of(f)->inode;
    if (disc.cut || fails()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    *add_pending(i) = (struct pending){true, (size_t)size, 0, NULL};
    lengthen(&i->now, (size_t)size);
    i->now.length = (size_t)size;
    return step() ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int sync_file(sqlite3_file *f, int flags)
{
    struct handle *h = handle_of(f);
    (void)flags;
    if (fails() || step()) {
        return SQLITE_IOERR_FSYNC;
    }
    sync_inode(h->inode);
    if (h->directory_too) {
        sync_directory();
        h->directory_too = false;
    }
    return SQLITE_OK;
}

static int size_of_file(sqlite3_file *f, sqlite3_int64 *ret)
{
    *ret = (sqlite3_int64)handle_of(f)->inode->now.length;
    return disc.cut ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int lock_file(sqlite3_file *f, int level)
{
    (void)f;
    (void)level;
    return disc.cut ? SQLITE_IOERR_LOCK : SQLITE_OK;
}

static int unlock_file(sqlite3_file *f, int level)
{
    (void)f;
    (void)level;
    return SQLITE_OK;
}

static int is_reserved(sqlite3_file *f, int *ret)
{
    (void)f;
    *ret = 0;
    return SQLITE_OK;
}

static int control_file(sqlite3_file *f, int operation, void *argument)
{
    (void)f;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

// As the system's own VFS says.
static int sector_size(sqlite3_file *f)
{
    (void)f;
    return 4096;
}

static int characteristics(sqlite3_file *f)
{
    (void)f;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = is_reserved,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
};

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *ret_flags)
{
    struct handle *h = handle_of(f);
    (void)vfs;
    *h = (struct handle){.inode = NULL};
    if (disc.cut || path == NULL || fails()) {
        return SQLITE_CANTOPEN;
    }
    struct name *n = name_of(path);
    h->inode = meant_by(n);
    if (h->inode == NULL && (flags & SQLITE_OPEN_CREATE) == 0) {
        return SQLITE_CANTOPEN;
    }
    if (h->inode == NULL) {
        h->inode = new_inode();
        rename_to(n, h->inode);
        h->directory_too = (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0;
    }
    h->base.pMethods = &methods;
    if (ret_flags != NULL) {
        *ret_flags = flags;
    }
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *path, int sync)
{
    struct name *n = name_of(path);
    (void)vfs;
    if (disc.cut || fails()) {
        return SQLITE_IOERR_DELETE;
    }
    if (meant_by(n) == NULL) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    rename_to(n, NULL);
    if (step()) {
        return SQLITE_IOERR_DELETE;
    }
    if (sync != 0) {
        if (step()) {
            return SQLITE_IOERR_DIR_FSYNC;
        }
        sync_directory();
    }
    return SQLITE_OK;
}

static int is_there(sqlite3_vfs *vfs, const char *path, int flags, int *ret)
{
    (void)vfs;
    (void)flags;
    const struct inode *i = meant_by(name_of(path));
    *ret = i != NULL && i->now.length > 0;
    return disc.cut ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int full_name(sqlite3_vfs *vfs, const char *path, int room, char *out)
{
    (void)vfs;
    snprintf(out, (size_t)room, "%s", path);
    return SQLITE_OK;
}

void power_install(void)
{
    static sqlite3_vfs vfs;
    disc.system = sqlite3_vfs_find(NULL);
    vfs = *disc.system; // its clock and its chance
    vfs.iVersion = 1;
    vfs.szOsFile = (int)sizeof(struct handle);
    vfs.pNext = NULL;
    vfs.zName = "power";
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = is_there;
    vfs.xFullPathname = full_name;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) {
        abort();
    }
}

// ---- the power ----

void power_empty(void)
{
    forget_inodes();
    memset(disc.names, 0, sizeof disc.names);
    disc.cut = false;
    disc.cut_at = 0;
}

void power_keep(void)
{
    memcpy(disc.kept_names, disc.names, sizeof disc.names);
    for (int i = 0; i < NAMES_MAX && disc.names[i].path[0] != '\0'; i++) {
        const struct inode *meant = meant_by(&disc.names[i]);
        disc.kept[i].length = 0;
        if (meant != NULL) {
            copy(&disc.kept[i], &meant->now);
        }
    }
}

void power_begin(void)
{
    power_empty();
    for (int i = 0; i < NAMES_MAX && disc.kept_names[i].path[0] != '\0'; i++) {
        struct name *n = name_of(disc.kept_names[i].path);
        if (meant_by(&disc.kept_names[i]) != NULL) {
            n->history[0] = new_inode();
            copy(&n->history[0]->now, &disc.kept[i]);
            copy(&n->history[0]->disc, &disc.kept[i]);
        }
    }
    disc.steps = 0;
}

void power_cut_at(int n)
{
    disc.cut_at = n == 0 ? 0 : disc.steps + n;
}

bool power_is_cut(void)
{
    return disc.cut;
}

int power_steps(void)
{
    return disc.steps;
}

void power_fail_at(int n, bool for_good)
{
    disc.calls = 0;
    disc.fail_at = n;
    disc.for_good = for_good;
    disc.failed = disc.failed && n == 0;
}

bool power_has_failed(void)
{
    return disc.failed;
}

// splitmix64
static uint64_t chance(void)
{
    uint64_t z = (disc.chance += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void set_length(struct bytes *b, size_t length)
{
    size_t before = b->length;
    lengthen(b, length);
    for (size_t i = before; i < length; i++) {
        b->at[i] = (unsigned char)chance();
    }
    b->length = length;
}

// `of_eight`: how many of eight sectors reach the disc.
static void settle(struct inode *i, unsigned of_eight)
{
    for (size_t k = 0; k < i->count; k++) {
        const struct pending *p = &i->pending[k];
        if (p->truncates) {
            if (chance() % 8 < of_eight) {
                set_length(&i->disc, p->offset);
            }
            continue;
        }
        for (size_t at = 0; at < p->length;) {
            size_t piece = SECTOR - (p->offset + at) % SECTOR;
            piece = piece < p->length - at ? piece : p->length - at;
            if (chance() % 8 < of_eight) {
                if (i->disc.length < p->offset + at) {
                    set_length(&i->disc, p->offset + at);
                }
                put(&i->disc, p->offset + at, p->data + at, piece);
            }
            at += piece;
        }
    }
    forget_pending(i);
    copy(&i->now, &i->disc);
}

void power_return(uint64_t seed)
{
    disc.chance = seed;
    unsigned of_eight = (unsigned)(chance() % 9); // none, some, all
    for (struct inode *i = disc.inodes; i != NULL; i = i->next) {
        settle(i, of_eight);
    }
    for (int i = 0; i < NAMES_MAX && disc.names[i].path[0] != '\0'; i++) {
        struct name *n = &disc.names[i];
        n->history[0] = n->history[chance() % (uint64_t)n->count];
        n->count = 1;
    }
    disc.cut = false;
    disc.cut_at = 0;
}
