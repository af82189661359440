// What would put other names or inline forms in the place of these very functions.
#undef _FORTIFY_SOURCE
#undef _FILE_OFFSET_BITS

#include "fault_calls.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static struct {
    int left;
    bool hit;
} fault;

void fault_calls_arm(int n)
{
    fault.left = n;
    fault.hit = false;
}

bool fault_calls_disarm(void)
{
    fault.left = 0;
    return fault.hit;
}

static bool fails(int error)
{
    if (fault.left > 0 && --fault.left == 0) {
        fault.hit = true;
        errno = error;
        return true;
    }
    return false;
}

// ISO C has no cast from a pointer to an object to one to a function.
#define NEXT(type, name)                                                                           \
    type next = NULL;                                                                              \
    void *found = dlsym(RTLD_NEXT, name);                                                          \
    memcpy(&next, &found, sizeof next)

typedef int (*open_call)(const char *, int, ...);
typedef int (*fd_call)(int);
typedef ssize_t (*write_call)(int, const void *, size_t);
typedef ssize_t (*pwrite_call)(int, const void *, size_t, off64_t);
typedef int (*rename_call)(const char *, const char *);

static int open_next(const char *name, const char *path, int flags, mode_t mode)
{
    NEXT(open_call, name);
    return fails(EMFILE) ? -1 : next(path, flags, mode);
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        mode_t mode = (flags & O_CREAT) != 0 ? va_arg(args, mode_t) : 0;                           \
        va_end(args);                                                                              \
        return open_next(#name, path, flags, mode);                                                \
    }
OPEN(open)
OPEN(open64)

typedef int (*connect_call)(int, __CONST_SOCKADDR_ARG, socklen_t);
int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t length)
{
    NEXT(connect_call, "connect");
    return fails(ECONNREFUSED) ? -1 : next(fd, address, length);
}

#define SYNC(name)                                                                                 \
    int name(int fd)                                                                               \
    {                                                                                              \
        NEXT(fd_call, #name);                                                                      \
        return fails(EIO) ? -1 : next(fd);                                                         \
    }
SYNC(fsync)
SYNC(fdatasync)

#define PWRITE(name)                                                                               \
    ssize_t name(int fd, const void *bytes, size_t count, off64_t offset)                          \
    {                                                                                              \
        NEXT(pwrite_call, #name);                                                                  \
        return fails(ENOSPC) ? -1 : next(fd, bytes, count, offset);                                \
    }
PWRITE(pwrite64)
PWRITE(pwrite)

ssize_t write(int fd, const void *bytes, size_t count)
{
    NEXT(write_call, "write");
    return fails(ENOSPC) ? -1 : next(fd, bytes, count);
}

int rename(const char *from, const char *to)
{
    NEXT(rename_call, "rename");
    return fails(EACCES) ? -1 : next(from, to);
}
