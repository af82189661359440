// People and programs at a running server, by keep-alive connections of their own.
//
//   load writes PORT ORGANISATION TOKEN FIRST WRITERS SECONDS
//       each writer sends a figure to the API, and the next once that is acknowledged. Figures are
//       new ones, of measures M0000 to M0999 by quarters (bench/council.py), from number FIRST on.
//       One line: figures a second, median, 95th percentile (ms), how many were sent, failures.
//   load users PORT ORGANISATION TOKEN FIRST USERS SECONDS PATH ...
//       each user thinks (4 to 12 seconds, evenly), then reads one of the pages, or, one time in
//       ten, sends a figure. Two lines, of reads and of writes, as above.
//   load pages PORT ORGANISATION TOKEN 0 CONNECTIONS SECONDS PATH ...
//       reads without thinking; TOKEN "" reads as nobody in particular. One line.
//
// TOKEN is sent as "Authorization: Bearer TOKEN"; where it begins with "__Host-", as a Cookie.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    PEOPLE_MAX = 2000,
    TIMES_MAX = 1 << 18,
    MEASURES = 1000,
    HEAD_MAX = 16384,
    STACK = 256 << 10,
    THINK_LEAST_MS = 4000,
    THINK_MOST_MS = 12000,
    WRITES_ONE_IN = 10,
};

enum doing { WRITES, USERS, PAGES };

struct times {
    float *milliseconds;
    size_t count, room;
    size_t failed;
};

struct load {
    enum doing doing;
    int port;
    const char *organisation, *token;
    atomic_size_t next; // figure
    double end;
    char **paths;
    int path_count;
};

struct person {
    struct load *load;
    pthread_t thread;
    uint64_t chance;
    int socket; // -1: none
    struct times reads, writes;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t chance(struct person *p)
{
    uint64_t z = (p->chance += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void took(struct times *t, double since, bool good)
{
    t->failed += !good;
    if (t->count == t->room) {
        t->room = t->room * 2 + 64;
        t->milliseconds = realloc(t->milliseconds, t->room * sizeof *t->milliseconds);
        if (t->milliseconds == NULL) {
            abort();
        }
    }
    t->milliseconds[t->count++] = (float)((now() - since) * 1e3);
}

// ---- one request and its answer ----

static bool connect_to(struct person *p)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)p->load->port)};
    int one = 1;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    p->socket = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(p->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(p->socket, (struct sockaddr *)(void *)&a, sizeof a) == 0) {
        return true;
    }
    close(p->socket);
    p->socket = -1;
    return false;
}

static bool send_all(int to, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = send(to, bytes, length, MSG_NOSIGNAL);
        if (n <= 0) {
            return false;
        }
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

// The status, 0 where the connection broke; reads the body away.
static int receive(struct person *p, bool *ret_closes)
{
    char head[HEAD_MAX + 1];
    char rest[16384];
    size_t got = 0;
    char *end = NULL;
    while (end == NULL) {
        ssize_t n = recv(p->socket, head + got, HEAD_MAX - got, 0);
        if (n <= 0) {
            return 0;
        }
        got += (size_t)n;
        head[got] = '\0';
        end = strstr(head, "\r\n\r\n");
    }
    const char *length = strcasestr(head, "\r\ncontent-length:");
    const char *closes = strcasestr(head, "\r\nconnection: close");
    *ret_closes = closes != NULL && closes < end;
    size_t body = length == NULL || length > end ? 0 : strtoul(length + 17, NULL, 10);
    size_t there = got - (size_t)(end + 4 - head);
    while (there < body) {
        ssize_t n = recv(p->socket, rest, sizeof rest, 0);
        if (n <= 0) {
            return 0;
        }
        there += (size_t)n;
    }
    return (int)strtol(head + 9, NULL, 10);
}

// Once more on a new connection where the kept one had gone meanwhile.
static int ask(struct person *p, const char *request, size_t length)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        bool closes = false;
        if (p->socket < 0 && !connect_to(p)) {
            return 0;
        }
        int status = send_all(p->socket, request, length) ? receive(p, &closes) : 0;
        if (status == 0 || closes) {
            close(p->socket);
            p->socket = -1;
        }
        if (status != 0) {
            return status;
        }
    }
    return 0;
}

static void put_who(const struct load *l, char *out, size_t room)
{
    if (l->token[0] == '\0') {
        out[0] = '\0';
    } else if (strncmp(l->token, "__Host-", 7) == 0) {
        snprintf(out, room, "Cookie: %s\r\n", l->token);
    } else {
        snprintf(out, room, "Authorization: Bearer %s\r\n", l->token);
    }
}

static void write_figure(struct person *p)
{
    struct load *l = p->load;
    char body[256], who[512], request[1024];
    size_t n = atomic_fetch_add(&l->next, 1);
    size_t quarter = n / MEASURES % 800;
    int length = snprintf(body, sizeof body,
                          "{\"fields\":{\"measure\":\"M%04zu\",\"period\":\"%zu-%02zu-Q%zu\","
                          "\"value\":\"%zu.5\",\"numerator\":\"%zu\",\"denominator\":\"1000\"}}",
                          n % MEASURES, 1850 + quarter / 4, (1851 + quarter / 4) % 100,
                          quarter % 4 + 1, n % 97, n % 97 * 10 + 5);
    put_who(l, who, sizeof who);
    int all = snprintf(request, sizeof request,
                       "POST /api/v1/%s/observations HTTP/1.1\r\nHost: localhost\r\n%s"
                       "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                       l->organisation, who, length, body);
    double since = now();
    int status = ask(p, request, (size_t)all);
    took(&p->writes, since, status >= 200 && status < 300);
    if (status >= 300 && p->writes.failed == 1) {
        fprintf(stderr, "a figure was answered with %d\n", status);
    }
}

static void read_page(struct person *p)
{
    struct load *l = p->load;
    char who[512], request[2048];
    put_who(l, who, sizeof who);
    int all = snprintf(request, sizeof request,
                       "GET %s HTTP/1.1\r\nHost: localhost\r\n%sAccept-Encoding: gzip\r\n\r\n",
                       l->paths[chance(p) % (uint64_t)l->path_count], who);
    double since = now();
    int status = ask(p, request, (size_t)all);
    took(&p->reads, since, status == 200);
}

static void think(struct person *p)
{
    double seconds = (double)(THINK_LEAST_MS + chance(p) % (THINK_MOST_MS - THINK_LEAST_MS)) / 1e3;
    double left = p->load->end - now();
    seconds = seconds < left ? seconds : left;
    if (seconds > 0) {
        struct timespec t = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
        nanosleep(&t, NULL);
    }
}

static void *live(void *person)
{
    struct person *p = person;
    struct load *l = p->load;
    while (now() < l->end) {
        if (l->doing == USERS) {
            think(p);
        }
        if (now() >= l->end) {
            break;
        }
        if (l->doing == WRITES || (l->doing == USERS && chance(p) % WRITES_ONE_IN == 0)) {
            write_figure(p);
        } else {
            read_page(p);
        }
    }
    if (p->socket >= 0) {
        close(p->socket);
    }
    return NULL;
}

// ---- all of them ----

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void tell(const struct person *people, int count, bool writes, double seconds)
{
    static float all[TIMES_MAX];
    size_t n = 0, failed = 0, done = 0;
    for (int i = 0; i < count; i++) {
        const struct times *t = writes ? &people[i].writes : &people[i].reads;
        failed += t->failed;
        done += t->count;
        for (size_t k = 0; k < t->count && n < TIMES_MAX; k++) {
            all[n++] = t->milliseconds[k];
        }
    }
    qsort(all, n, sizeof *all, by_size);
    printf("%.1f %.3f %.3f %zu %zu\n", (double)(done - failed) / seconds,
           n == 0 ? 0 : (double)all[n / 2], n == 0 ? 0 : (double)all[n * 95 / 100], done, failed);
}

static bool read_arguments(int argc, char **argv, struct load *l, int *ret_people, double *ret_for)
{
    static const char *const words[] = {[WRITES] = "writes", [USERS] = "users", [PAGES] = "pages"};
    int doing = 0;
    while (argc > 7 && doing <= PAGES && strcmp(words[doing], argv[1]) != 0) {
        doing++;
    }
    if (argc < 8 || doing > PAGES || (doing != WRITES && argc < 9)) {
        return false;
    }
    l->doing = (enum doing)doing;
    l->port = (int)strtol(argv[2], NULL, 10);
    l->organisation = argv[3];
    l->token = argv[4];
    atomic_store(&l->next, strtoul(argv[5], NULL, 10));
    *ret_people = (int)strtol(argv[6], NULL, 10);
    *ret_for = strtod(argv[7], NULL);
    l->paths = argv + 8;
    l->path_count = argc - 8;
    return *ret_people > 0 && *ret_people <= PEOPLE_MAX && *ret_for > 0;
}

int main(int argc, char **argv)
{
    static struct person people[PEOPLE_MAX];
    struct load load = {.doing = WRITES};
    int count = 0;
    double seconds = 0;
    pthread_attr_t small;
    if (!read_arguments(argc, argv, &load, &count, &seconds)) {
        fprintf(stderr, "load writes|users|pages PORT ORGANISATION TOKEN FIRST HOW_MANY SECONDS "
                        "[PATH ...]\n");
        return 2;
    }
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK);
    double began = now();
    load.end = began + seconds;
    for (int i = 0; i < count; i++) {
        people[i] = (struct person){.load = &load, .chance = (uint64_t)i + 1, .socket = -1};
        if (pthread_create(&people[i].thread, &small, live, &people[i]) != 0) {
            return 3;
        }
    }
    for (int i = 0; i < count; i++) {
        pthread_join(people[i].thread, NULL);
    }
    double took_all = now() - began;
    if (load.doing != WRITES) {
        tell(people, count, false, took_all);
    }
    if (load.doing != PAGES) {
        tell(people, count, true, took_all);
    }
    return 0;
}
