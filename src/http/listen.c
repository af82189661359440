#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "http/server.h"

enum { BACKLOG = 1024, PORT_MAX = 65535, OTHER_FILES = 64 };

static bool is_loopback(const struct sockaddr_storage *at)
{
    if (at->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)at;
        return ntohl(four->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)at;
    return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

static bool resolve(const char *address, int port, struct sockaddr_storage *out,
                    socklen_t *ret_length, struct err *e)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    char service[16];
    snprintf(service, sizeof service, "%d", port);
    const char *numeric = strcmp(address, "localhost") == 0 ? "127.0.0.1" : address;
    struct addrinfo *found = NULL;
    if (getaddrinfo(numeric, service, &hints, &found) != 0) {
        return err_set(e, ERR_USAGE,
                       "\"%s\" is not an address to listen on: give a numeric one, such as "
                       "127.0.0.1 (this machine only), 0.0.0.0 (every network) or [::1].",
                       address);
    }
    memcpy(out, found->ai_addr, found->ai_addrlen);
    *ret_length = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static bool explain(const char *address, int port, int problem, struct err *e)
{
    err_cause(e, "listen on %s port %d: %s", address, port, strerror(problem));
    switch (problem) {
    case EADDRINUSE:
        return err_set(e, ERR_SYSTEM,
                       "Port %d on %s is in use by another program: stop that one, or choose "
                       "another port.",
                       port, address);
    case EACCES:
    case EPERM:
        return err_set(e, ERR_SYSTEM,
                       "This user may not listen on port %d of %s: ports below 1024 belong to the "
                       "system, so choose a higher one.",
                       port, address);
    case EADDRNOTAVAIL:
        return err_set(e, ERR_SYSTEM,
                       "%s is not an address of this machine: choose one it has, or 127.0.0.1.",
                       address);
    default:
        return err_set(e, ERR_SYSTEM, "Listening on port %d of %s failed: %s.", port, address,
                       strerror(problem));
    }
}

static void describe(struct listener *l, const struct sockaddr_storage *at)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (at->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)at;
        inet_ntop(AF_INET, &four->sin_addr, text, sizeof text);
        l->port = ntohs(four->sin_port);
        snprintf(l->name, sizeof l->name, "%s", text);
    } else {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)at;
        inet_ntop(AF_INET6, &six->sin6_addr, text, sizeof text);
        l->port = ntohs(six->sin6_port);
        l->ipv6 = true;
        snprintf(l->name, sizeof l->name, "[%s]", text);
    }
    l->loopback = is_loopback(at);
    snprintf(l->address, sizeof l->address, "http://%s:%d/", l->name, l->port);
}

bool http_listen(const char *address, int port, struct listener *out, struct err *e)
{
    if (port < 0 || port > PORT_MAX) {
        return err_set(e, ERR_USAGE, "%d is not a port: give 1 to 65535, or 0 for any free one.",
                       port);
    }
    struct sockaddr_storage at = {0};
    socklen_t length = 0;
    if (!resolve(address, port, &at, &length, e)) {
        return false;
    }
    int fd = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    if (fd < 0) {
        return explain(address, port, errno, e);
    }
    // So that a restart need not wait for the last connections of the run before to be forgotten.
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (const struct sockaddr *)&at, length) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &length) != 0) {
        int problem = errno;
        close(fd);
        return explain(address, port, problem, e);
    }
    *out = (struct listener){.fd = fd};
    describe(out, &at);
    return true;
}

unsigned http_files_for(unsigned connections)
{
    struct rlimit files;
    rlim_t wanted = (rlim_t)connections + OTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= wanted) {
        return connections;
    }
    files.rlim_cur = wanted < files.rlim_max ? wanted : files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0) {
        getrlimit(RLIMIT_NOFILE, &files);
    }
    if (files.rlim_cur >= wanted) {
        return connections;
    }
    return files.rlim_cur > 2 * OTHER_FILES ? (unsigned)(files.rlim_cur - OTHER_FILES)
                                            : OTHER_FILES;
}

bool http_listen_parse(struct arena *a, const char *text, const char **ret_address, int *ret_port,
                       struct err *e)
{
    const char *colon = strrchr(text, ':');
    const char *port_text = colon == NULL ? text : colon + 1;
    size_t digits = strspn(port_text, "0123456789");
    const char *host = colon == NULL ? "" : arena_textn(a, text, (size_t)(colon - text));
    size_t length = strlen(host);
    bool bracketed = length > 2 && host[0] == '[' && host[length - 1] == ']';
    if (digits == 0 || digits > 5 || port_text[digits] != '\0' ||
        (!bracketed && strpbrk(host, ":[]") != NULL)) {
        return err_set(e, ERR_USAGE,
                       "\"%s\" does not say where to listen: give ADDRESS:PORT, such as "
                       "127.0.0.1:8080 or [::1]:8080.",
                       text);
    }
    int port = 0;
    for (size_t i = 0; i < digits; i++) {
        port = port * 10 + (port_text[i] - '0');
    }
    if (port > PORT_MAX) {
        return err_set(e, ERR_USAGE, "%d is not a port: give 1 to 65535, or 0 for any free one.",
                       port);
    }
    *ret_address = bracketed ? arena_textn(a, host + 1, length - 2) : length > 0 ? host : NULL;
    *ret_port = port;
    return true;
}
