// What the system says of this process, under the names every Prometheus client has for it.
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/metrics.h"

static void put(struct buf *out, const char *name, const char *kind, const char *help,
                const char *value)
{
    metrics_write_one(out, name, kind, help, value);
}

static void put_number(struct buf *out, const char *name, const char *help,
                       unsigned long long value)
{
    char text[32];
    snprintf(text, sizeof text, "%llu", value);
    put(out, name, "gauge", help, text);
}

static void put_cpu(struct buf *out)
{
    struct timespec used;
    char text[48];
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    snprintf(text, sizeof text, "%lld.%09ld", (long long)used.tv_sec, used.tv_nsec);
    put(out, "process_cpu_seconds", "counter", "Processor time used.", text);
}

// Pages, in the order of /proc/self/statm: virtual, resident.
static void put_memory(struct buf *out)
{
    unsigned long long whole = 0, resident = 0, page = (unsigned long long)sysconf(_SC_PAGESIZE);
    FILE *f = fopen("/proc/self/statm", "re");
    if (f != NULL && fscanf(f, "%llu %llu", &whole, &resident) == 2) {
        put_number(out, "process_virtual_memory_bytes", "Address space.", whole * page);
        put_number(out, "process_resident_memory_bytes", "Memory in use.", resident * page);
    }
    if (f != NULL) {
        fclose(f);
    }
}

static void put_files(struct buf *out)
{
    struct rlimit limit;
    unsigned long long open_files = 0;
    DIR *d = opendir("/proc/self/fd");
    for (struct dirent *entry = NULL; d != NULL && (entry = readdir(d)) != NULL;) {
        open_files += entry->d_name[0] == '.' ? 0 : 1;
    }
    if (d != NULL) {
        closedir(d);
        put_number(out, "process_open_fds", "Open files.", open_files - 1); // less the one to count
    }
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        put_number(out, "process_max_fds", "Files that may be open.", limit.rlim_cur);
    }
}

// Field 22 of /proc/self/stat, behind the name in brackets: ticks since the machine started.
static bool started_ticks(unsigned long long *out)
{
    char text[1024] = "";
    FILE *f = fopen("/proc/self/stat", "re");
    size_t length = f == NULL ? 0 : fread(text, 1, sizeof text - 1, f);
    if (f != NULL) {
        fclose(f);
    }
    text[length] = '\0';
    const char *at = strrchr(text, ')');
    for (int field = 2; at != NULL && field < 22; field++) {
        at = strchr(at + 1, ' ');
    }
    return at != NULL && sscanf(at, " %llu", out) == 1;
}

static void put_start(struct buf *out)
{
    struct timespec now, up;
    unsigned long long ticks = 0;
    if (started_ticks(&ticks)) {
        clock_gettime(CLOCK_REALTIME, &now);
        clock_gettime(CLOCK_BOOTTIME, &up);
        unsigned long long booted = (unsigned long long)(now.tv_sec - up.tv_sec);
        put_number(out, "process_start_time_seconds", "When the process started, since 1970.",
                   booted + ticks / (unsigned long long)sysconf(_SC_CLK_TCK));
    }
}

void metrics_write_process(struct buf *out)
{
    put_cpu(out);
    put_memory(out);
    put_files(out);
    put_start(out);
}
