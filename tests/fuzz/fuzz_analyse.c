// Any bytes as the input of `goldthread analyse`: the first byte says which method and which
// options, the rest is the CSV. A run ends well or says in a sentence what is wrong with the input;
// what it prints is CSV, a row for a row where it promised one, and no figure in it is NaN or
// infinite.
//
// GOLDTHREAD_FUZZ_ONLY=spc,shift in the environment tries those methods alone.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/csv.h"
#include "cli/analyse_job.h"

enum { MEMORY = 1 << 30, WORDS_MAX = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const COMMANDS[][WORDS_MAX] = {
    {"period", "--keep-going"},
    {"period", "--keep-going", "--year-start", "9"},
    {"status"},
    {"status", "--keep-going", "--decimals", "1"},
    {"travel"},
    {"travel", "--keep-going", "--decimals", "2"},
    {"aggregate", "--as", "sum,last,mean", "--to", "quarter,half,year,ytd,rolling3,rolling12"},
    {"aggregate", "--as", "ratio", "--to", "quarter,year,ytd,rolling3,rolling12"},
    {"aggregate", "--keep-going", "--as", "sum,ratio", "--multiplier", "100000"},
    {"aggregate", "--as", "mean,ratio", "--decimals", "2", "--year-start", "1"},
    {"spc"},
    {"spc", "--keep-going", "--profile", "plotthedots"},
    {"spc", "--summary"},
    {"spc", "--summary", "--keep-going", "--profile", "plotthedots", "--screen", "no"},
    {"spc", "--keep-going", "--improvement", "increase", "--decimals", "3"},
    {"spc", "--summary", "--screen", "yes", "--improvement", "decrease", "--decimals", "1"},
    {"shift"},
    {"shift", "--keep-going", "--decimals", "2"},
    {"trend", "--method", "five_point,proportion,mann_kendall,theil_sen,ols"},
    {"trend", "--keep-going"},
    {"trend", "--keep-going", "--method", "ols,theil_sen", "--decimals", "4"},
    {"forecast"},
    {"forecast", "--keep-going", "--elapsed", "7"},
    {"forecast", "--method", "holt_winters,trend,profile_two", "--decimals", "2"},
    {"forecast", "--keep-going", "--method", "run_rate,recent,holt_winters", "--year-start", "1"},
    {"interval"},
    {"interval", "--keep-going", "--method", "exact"},
    {"interval", "--method", "byar", "--confidence", "90,99.9", "--multiplier", "0.001"},
    {"interval", "--keep-going", "--method", "exact", "--confidence", "99.9", "--decimals", "3"},
    {"interval", "--keep-going", "--method", "rate"},
    {"interval", "--keep-going", "--method", "wilson"},
    {"standardise"},
    {"standardise", "--keep-going", "--method", "direct"},
    {"standardise", "--keep-going", "--method", "indirect_ratio"},
    {"standardise", "--keep-going", "--method", "indirect_rate", "--multiplier", "1000"},
    {"mean"},
    {"mean", "--keep-going", "--confidence", "90,95,99.8", "--decimals", "2"},
    {"compare"},
    {"compare", "--keep-going", "--quantiles", "2,4,5,10,100"},
    {"compare", "--decimals", "2", "--quantiles", "3"},
    {"against"},
    {"against", "--keep-going"},
    {"score"},
    {"score", "--keep-going", "--decimals", "1"},
    {"run_chart", "--keep-going"},
    {"run_chart", "--decimals", "1"},
    {"proportion_chart", "--keep-going"},
    {"proportion_chart", "--chart", "u_prime", "--multiplier", "1000"},
    {"proportion_chart", "--keep-going", "--chart", "i_prime", "--decimals", "2"},
    {"funnel", "--keep-going"},
    {"funnel", "--keep-going", "--kind", "rate", "--decimals", "2"},
    {"funnel", "--kind", "ratio", "--multiplier", "1"},
    {"turning", "--keep-going", "--improvement", "decrease"},
    {"turning", "--method", "theil_sen", "--improvement", "increase", "--decimals", "2"},
    {"suppress", "--keep-going", "--totals"},
    {"suppress", "--threshold", "10", "--decimals", "0"},
    {"timeliness", "--keep-going", "--as-at", "2025-08-10"},
    {"timeliness", "--summary", "--as-at", "2025-08-10", "--lag-days", "15", "--flow"},
};

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

// The command that a byte stands for: 'A' the first, and round again; those asked for alone where
// the environment names some.
static const char *const *command_of(uint8_t byte)
{
    const char *only = getenv("GOLDTHREAD_FUZZ_ONLY");
    size_t count = COUNT_OF(COMMANDS);
    size_t at = ((size_t)byte + 10 * count - 'A') % count;
    for (size_t i = 0; only != NULL && i < count && strstr(only, COMMANDS[at][0]) == NULL; i++) {
        at = (at + 1) % count;
    }
    return COMMANDS[at];
}

static int file_of(const uint8_t *bytes, size_t length)
{
    int fd = memfd_create("input", 0);
    require(fd >= 0 && write(fd, bytes, length) == (ssize_t)length && lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

// Standard output is a file in memory from the first input on; empties it.
static void catch_output(void)
{
    static bool caught;
    if (!caught) {
        int fd = memfd_create("output", 0);
        require(fd >= 0 && dup2(fd, STDOUT_FILENO) == STDOUT_FILENO);
        close(fd);
        caught = true;
    }
    require(fflush(stdout) == 0 && ftruncate(STDOUT_FILENO, 0) == 0 &&
            lseek(STDOUT_FILENO, 0, SEEK_SET) == 0);
}

static struct slice output_of(struct arena *a)
{
    size_t length = (size_t)lseek(STDOUT_FILENO, 0, SEEK_CUR);
    char *text = arena_alloc(a, length + 1);
    require(pread(STDOUT_FILENO, text, length, 0) == (ssize_t)length);
    return (struct slice){text, length};
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A word "nan", "inf" or "infinity" in any case.
static bool has_unfinished(struct slice s)
{
    static const char *const words[] = {"nan", "inf", "infinity"};
    for (size_t i = 0; i < s.length;) {
        size_t end = i;
        while (end < s.length && is_letter(s.text[end])) {
            end++;
        }
        for (size_t w = 0; w < COUNT_OF(words); w++) {
            size_t size = strlen(words[w]);
            if (end - i == size && strncasecmp(s.text + i, words[w], size) == 0) {
                return true;
            }
        }
        i = end + 1;
    }
    return false;
}

// What was printed can be read again, every row as long as its header, and holds no figure that is
// none; but for words that stood in the input.
static void check_output(struct arena *a, struct slice input, struct slice output)
{
    bool may_say = has_unfinished(input);
    struct csv csv = csv_reader(a, "output", output.text, output.length);
    struct err e = {.arena = a};
    size_t columns = 0;
    for (enum csv_result result; (result = csv_next(&csv, &e)) != CSV_END;) {
        require(result == CSV_ROW && (columns == 0 || csv.count == columns));
        columns = csv.count;
        for (size_t i = 0; i < csv.count; i++) {
            require(may_say || !has_unfinished(csv.cells[i]));
        }
    }
}

// As analyse_main does, without its messages.
static void analyse(struct arena *a, const char *const *command, const char *path)
{
    char *words[WORDS_MAX + 2];
    int count = 0;
    words[count++] = arena_text(a, "analyse");
    for (int i = 0; i < WORDS_MAX && command[i] != NULL; i++) {
        words[count++] = arena_text(a, command[i]);
    }
    words[count++] = arena_text(a, path);
    struct err e = {.arena = a};
    struct analyse_options options;
    require(analyse_options_parse(&options, count, words, &e));
    if (!analyse_run(&options, a, &e)) {
        // The input is at fault, and nothing else can be here.
        require(err_exit_status(&e) == 1 && e.message != NULL && e.message[0] != '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0) {
        return 0;
    }
    struct arena *a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        abort(); // no input of a few kilobytes may need so much
    }
    catch_output();
    int input = file_of(bytes + 1, length - 1);
    analyse(a, command_of(bytes[0]), arena_printf(a, "/proc/self/fd/%d", input));
    close(input);
    check_output(a, (struct slice){(const char *)bytes + 1, length - 1}, output_of(a));
    arena_free(a);
    return 0;
}
