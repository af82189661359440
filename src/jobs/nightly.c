#include "jobs/nightly.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "domain/account.h"
#include "domain/audit_export.h"
#include "domain/backup.h"
#include "domain/connections.h"
#include "domain/lease.h"
#include "domain/row_page.h"
#include "domain/session.h"

extern char **environ;

enum { DAY_SECONDS = 86400, HOUR_SECONDS = 3600, HOOK_MILLISECONDS = 30000 };

// ---- backups ----

// "goldthread-20250401T020000Z.db": sorted by name, they are sorted by time.
#define NAME_SHAPE "goldthread-%Y%m%dT%H%M%SZ.db"

static bool is_ours(const char *name)
{
    const char *shape = "goldthread-########T######Z.db";
    size_t i = 0;
    for (; shape[i] != '\0' && name[i] != '\0'; i++) {
        bool digit = name[i] >= '0' && name[i] <= '9';
        if (shape[i] == '#' ? !digit : shape[i] != name[i]) {
            return false;
        }
    }
    return shape[i] == '\0' && name[i] == '\0';
}

// Only after a new one was verified, and only files of exactly our names.
static bool remove_old(const struct nightly *n, struct arena *a, struct err *e)
{
    const char *const *names = NULL;
    size_t count = 0, ours = 0;
    if (!file_list(a, n->backup_folder, &names, &count, e)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        ours += is_ours(names[i]) ? 1 : 0;
    }
    for (size_t i = 0; i < count && ours > n->backup_keep; i++) {
        if (is_ours(names[i])) {
            unlink(arena_printf(a, "%s/%s", n->backup_folder, names[i]));
            ours--;
        }
    }
    return true;
}

static bool back_up(void *context, struct arena *a, struct err *e)
{
    struct nightly *n = context;
    struct backup_report report = {0};
    char name[64];
    struct tm utc;
    time_t now = time(NULL);
    gmtime_r(&now, &utc);
    strftime(name, sizeof name, NAME_SHAPE, &utc);
    const char *file = arena_printf(a, "%s/%s", n->backup_folder, name);
    if (!file_make_folder(n->backup_folder, e) || !backup_make(a, n->url, file, true, &report, e)) {
        return false;
    }
    metrics_level_set(n->metrics, METRIC_BACKUP_AT, (int64_t)now);
    metrics_level_set(n->metrics, METRIC_BACKUP_BYTES, (int64_t)report.bytes);
    if (!report.audit.whole) {
        return err_set(e, ERR_INPUT,
                       "The audit trail in the backup %s is broken at event %llu: %s.", file,
                       (unsigned long long)report.audit.seq, report.audit.what);
    }
    return remove_old(n, a, e);
}

// ---- what has expired ----

static bool forget(void *context, struct db *db, struct arena *a, struct err *e)
{
    int64_t now = 0;
    (void)context;
    (void)a;
    return lease_now(db, &now, e) && session_forget(db, now, e) &&
           kept_answers_forget(db, now, e) && lease_forget(db, e);
}

// Without accounts there are no sessions, and a server that only shows a record leaves it alone.
static bool has_accounts(struct db *db, bool *out, struct err *e)
{
    return account_any(db, out, e);
}

static bool purge(void *context, struct arena *a, struct err *e)
{
    struct nightly *n = context;
    return connections_write(n->connections, a, forget, NULL, e);
}

// ---- the head of the trail ----

static bool read_head(void *context, struct db *db, struct arena *a, struct err *e)
{
    (void)a;
    return audit_head(db, context, e);
}

// The environment with two more in front: the first of a name counts.
static char **environment(struct arena *a, const struct audit_head *head)
{
    size_t count = 0;
    while (environ[count] != NULL) {
        count++;
    }
    char **all = ARENA_ARRAY(a, count + 3, char *);
    all[0] = arena_printf(a, "GOLDTHREAD_AUDIT_SEQ=%llu", (unsigned long long)head->seq);
    all[1] = arena_printf(a, "GOLDTHREAD_AUDIT_HASH=%s", head->hash);
    memcpy(all + 2, environ, count * sizeof *all);
    return all;
}

// The command in a shell, its standard input from `in`; no signal blocked in it as in our threads.
static bool spawn(struct arena *a, const char *command, char **env, int in, pid_t *ret)
{
    char *words[] = {arena_text(a, "sh"), arena_text(a, "-c"), arena_text(a, command), NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                       POSIX_SPAWN_SETPGROUP);
    int failure = posix_spawn(ret, "/bin/sh", &files, &how, words, env);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return failure == 0;
}

// Its exit status; -1: it took too long, and was ended with all that it had started.
static int wait_for(pid_t child)
{
    enum { STEP = 20 };
    const struct timespec step = {.tv_nsec = STEP * 1000000};
    int status = 0;
    for (int waited = 0; waited < HOOK_MILLISECONDS; waited += STEP) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        nanosleep(&step, NULL);
    }
    kill(-child, SIGKILL);
    waitpid(child, &status, 0);
    return -1;
}

static bool run_hook(struct arena *a, const char *command, const struct audit_head *head,
                     struct err *e)
{
    int ends[2];
    pid_t child = 0;
    const char *line = arena_printf(a, "%llu:%s\n", (unsigned long long)head->seq, head->hash);
    char **env = environment(a, head);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return err_set(e, ERR_SYSTEM, "The audit hook could not be started: %s.", strerror(errno));
    }
    // It fits the pipe, so nobody waits for a command that does not read.
    bool written = write(ends[1], line, strlen(line)) == (ssize_t)strlen(line);
    close(ends[1]);
    bool started = written && spawn(a, command, env, ends[0], &child);
    close(ends[0]);
    if (!started) {
        return err_set(e, ERR_SYSTEM, "The audit hook could not be started.");
    }
    int status = wait_for(child);
    return status == 0 ||
           (status < 0 ? err_set(e, ERR_SYSTEM, "The audit hook took too long and was ended.")
                       : err_set(e, ERR_SYSTEM, "The audit hook ended with %d.", status));
}

bool nightly_send_head(const struct nightly *n, struct arena *a, struct err *e)
{
    struct audit_head head = {0};
    if (n->audit_hook == NULL) {
        return true;
    }
    return connections_read(n->connections, a, read_head, &head, e) &&
           run_hook(a, n->audit_hook, &head, e);
}

static bool send_head(void *context, struct arena *a, struct err *e)
{
    return nightly_send_head(context, a, e);
}

size_t nightly_jobs(struct nightly *n, struct job jobs[NIGHTLY_JOBS_MAX])
{
    size_t count = 0;
    jobs[count++] = (struct job){"purge", HOUR_SECONDS, 0, has_accounts, purge, n};
    if (n->backup_folder != NULL) {
        jobs[count++] = (struct job){"backup", DAY_SECONDS, n->backup_at, NULL, back_up, n};
    }
    if (n->audit_hook != NULL) {
        jobs[count++] = (struct job){"audit-head", DAY_SECONDS, 0, NULL, send_head, n};
    }
    return count;
}
