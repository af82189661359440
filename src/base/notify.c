#include "base/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

bool notify_send(const char *state)
{
    const char *name = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t length = name == NULL ? 0 : strlen(name);
    if (length == 0) {
        return true;
    }
    if (length >= sizeof to.sun_path || (name[0] != '/' && name[0] != '@')) {
        return false;
    }
    memcpy(to.sun_path, name, length);
    if (name[0] == '@') {
        to.sun_path[0] = '\0'; // of the abstract kind
    }
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return false;
    }
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    ssize_t sent =
        sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&to, size);
    close(fd);
    return sent == (ssize_t)strlen(state);
}

uint64_t notify_watchdog(void)
{
    const char *text = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    char *end = NULL;
    if (text == NULL || (pid != NULL && strtol(pid, NULL, 10) != (long)getpid())) {
        return 0;
    }
    unsigned long long microseconds = strtoull(text, &end, 10);
    return text[0] < '0' || text[0] > '9' || *end != '\0' ? 0 : microseconds / 1000;
}
