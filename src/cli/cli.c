#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/version.h"
#include "cli/analyse.h"

static bool is_option(const char *argument, const char *name, size_t *ret_length)
{
    size_t length = strlen(name);
    *ret_length = length;
    return strncmp(argument, name, length) == 0 &&
           (argument[length] == '\0' || argument[length] == '=');
}

static void remove_at(struct cli *cli, int at, int count)
{
    for (int i = at; i + count < cli->argc; i++) {
        cli->argv[i] = cli->argv[i + count];
    }
    cli->argc -= count;
}

bool cli_option(struct cli *cli, const char *name, const char **ret_value)
{
    const char *value = NULL;
    for (int i = 0; i < cli->argc && strcmp(cli->argv[i], "--") != 0;) {
        size_t length = 0;
        if (!is_option(cli->argv[i], name, &length)) {
            i++;
            continue;
        }
        bool joined = cli->argv[i][length] == '=';
        if (value != NULL) {
            return err_set(cli->err, ERR_USAGE, "%s stands twice; give it once.", name);
        }
        if (!joined && i + 1 >= cli->argc) {
            return err_set(cli->err, ERR_USAGE, "%s wants a value after it.", name);
        }
        value = joined ? cli->argv[i] + length + 1 : cli->argv[i + 1];
        remove_at(cli, i, joined ? 1 : 2);
    }
    *ret_value = value;
    return true;
}

bool cli_flag(struct cli *cli, const char *name)
{
    bool found = false;
    for (int i = 0; i < cli->argc && strcmp(cli->argv[i], "--") != 0;) {
        if (strcmp(cli->argv[i], name) == 0) {
            remove_at(cli, i, 1);
            found = true;
        } else {
            i++;
        }
    }
    return found;
}

bool cli_arguments(struct cli *cli, int least, int most)
{
    bool only_arguments = false;
    for (int i = 0; i < cli->argc; i++) {
        if (!only_arguments && strcmp(cli->argv[i], "--") == 0) {
            remove_at(cli, i, 1);
            only_arguments = true;
            i--;
        } else if (!only_arguments && cli->argv[i][0] == '-' && cli->argv[i][1] != '\0') {
            return err_set(cli->err, ERR_USAGE,
                           "There is no option %s here; --help lists those there are.",
                           cli->argv[i]);
        }
    }
    if (cli->argc < least) {
        return err_set(cli->err, ERR_USAGE,
                       "Something is missing after the command; --help shows "
                       "an example.");
    }
    if (cli->argc > most) {
        return err_set(cli->err, ERR_USAGE,
                       "\"%s\" is one argument too many; --help shows an "
                       "example.",
                       cli->argv[most]);
    }
    return true;
}

bool cli_day(struct cli *cli, const char *name, day *out)
{
    const char *text = NULL;
    *out = DAY_NONE;
    if (!cli_option(cli, name, &text)) {
        return false;
    }
    if (text != NULL && !day_parse(text, strlen(text), out)) {
        return err_set(cli->err, ERR_USAGE, "%s wants a date like 2025-10-31, not \"%s\".", name,
                       text);
    }
    return true;
}

// The one place where a failure is told.
int cli_fail(struct cli *cli)
{
    fprintf(stderr, "goldthread: %s\n",
            cli->err->message == NULL ? "something failed." : cli->err->message);
    if (cli->err->cause != NULL) {
        log_line(LOG_ERROR, "%s", cli->err->cause);
    }
    return err_exit_status(cli->err);
}

static void print_commands(FILE *out)
{
    fputs("Goldthread: a council's plans, measures, figures and reports.\n\n"
          "Usage: goldthread [--record URL] COMMAND ...\n\nCommands:\n",
          out);
    for (const struct command *c = commands; c->name != NULL; c++) {
        fprintf(out, "  %-9s %s\n", c->name, c->about);
    }
    fputs("  analyse   the engine as a filter: CSV in, CSV out\n\n"
          "Options for every command:\n"
          "  --record URL   the record: a file (default ./goldthread.db, or GOLDTHREAD_RECORD)\n"
          "  --today DATE   take this for today's date\n"
          "  --json, --csv  print a table as JSON or CSV\n"
          "  --no-color     no colours (as with NO_COLOR)\n"
          "  --help         this help, or a command's\n"
          "  --version      the version\n\n"
          "Example:\n"
          "  goldthread import examples/luton\n"
          "  goldthread status --period 2013-14-Q4\n",
          out);
}

static void print_help(const struct command *c)
{
    printf("goldthread %s: %s\n\nUsage: goldthread %s %s\n", c->name, c->about, c->name, c->usage);
    if (c->options[0] != '\0') {
        printf("\nOptions:\n%s", c->options);
    }
    printf("\nExample:\n%s", c->example);
}

// The fewest single-letter changes from one word to another: for "did you mean".
static size_t distance(const char *from, const char *to)
{
    enum { LONGEST = 32 };
    size_t n = strlen(to), row[LONGEST + 1];
    if (n > LONGEST || strlen(from) > LONGEST) {
        return SIZE_MAX;
    }
    for (size_t k = 0; k <= n; k++) {
        row[k] = k;
    }
    for (size_t i = 1; from[i - 1] != '\0'; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= n; k++) {
            size_t change = corner + (from[i - 1] == to[k - 1] ? 0 : 1);
            corner = row[k];
            size_t least = row[k] < row[k - 1] ? row[k] + 1 : row[k - 1] + 1;
            row[k] = change < least ? change : least;
        }
    }
    return row[n];
}

static const char *nearest_command(const char *name)
{
    const char *nearest = "analyse";
    size_t least = distance(name, nearest);
    for (const struct command *c = commands; c->name != NULL; c++) {
        size_t d = distance(name, c->name);
        if (d < least) {
            least = d;
            nearest = c->name;
        }
    }
    return least <= 3 ? nearest : NULL;
}

static bool take_globals(struct cli *cli)
{
    const char *record = NULL, *set = getenv("GOLDTHREAD_RECORD"), *plain = getenv("NO_COLOR");
    day today = DAY_NONE;
    if (!cli_option(cli, "--record", &record) || !cli_day(cli, "--today", &today)) {
        return false;
    }
    cli->record = record != NULL ? record : set != NULL && set[0] != '\0' ? set : "./goldthread.db";
    cli->today_given = today != DAY_NONE;
    cli->today = cli->today_given ? today : day_today();
    cli->json = cli_flag(cli, "--json");
    cli->csv = cli_flag(cli, "--csv");
    bool no_colour = cli_flag(cli, "--no-color") || (plain != NULL && plain[0] != '\0');
    const char *term = getenv("TERM");
    bool dumb = term != NULL && strcmp(term, "dumb") == 0;
    cli->colour = !no_colour && !dumb && isatty(STDOUT_FILENO) == 1;
    cli->progress = !dumb && isatty(STDERR_FILENO) == 1;
    if (cli->json && cli->csv) {
        return err_set(cli->err, ERR_USAGE, "Give --json or --csv, not both.");
    }
    return true;
}

// The command's place in argv: the first word that is no global option or its value.
static int find_command(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--record") == 0 || strcmp(argv[i], "--today") == 0) {
            i++;
        } else if (argv[i][0] != '-') {
            return i;
        }
    }
    return argc;
}

static int run_command(struct cli *cli, const char *name)
{
    for (const struct command *c = commands; c->name != NULL; c++) {
        if (strcmp(c->name, name) == 0) {
            if (cli_flag(cli, "--help") || cli_flag(cli, "-h")) {
                print_help(c);
                return 0;
            }
            return take_globals(cli) ? c->run(cli) : cli_fail(cli);
        }
    }
    const char *near = nearest_command(name);
    (void)err_set(cli->err, ERR_USAGE,
                  near == NULL ? "There is no command \"%s\"%s; --help lists "
                                 "those there are."
                               : "There is no command \"%s\"; the nearest is "
                                 "\"%s\".",
                  name, near == NULL ? "" : near);
    return cli_fail(cli);
}

static int without_command(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--version") == 0) {
            puts("goldthread " GOLDTHREAD_VERSION);
            return 0;
        }
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            print_commands(stdout);
            return 0;
        }
    }
    print_commands(stderr);
    return 2;
}

// Apart from cli_main, so that nothing it changes stands in the frame the trap jumps back to.
static int run_words(struct arena *a, int argc, char **argv, int at)
{
    struct err err = {.arena = a};
    struct cli cli = {.arena = a, .err = &err, .argc = argc - 2};
    cli.argv = ARENA_ARRAY(a, (size_t)argc, char *);
    for (int i = 1, n = 0; i < argc; i++) {
        if (i != at) {
            cli.argv[n++] = argv[i];
        }
    }
    int status = run_command(&cli, argv[at]);
    // What was printed must have arrived: a full disc behind a redirection is a failure.
    if (fflush(stdout) != 0 && errno != EPIPE && status == 0) {
        fputs("goldthread: the output could not be written; is the disc full?\n", stderr);
        status = 3;
    }
    return status;
}

static int run_trapped(int argc, char **argv, int at)
{
    struct arena *volatile a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        fputs("goldthread: there is not enough memory for this.\n", stderr);
        return 3;
    }
    int status = run_words(a, argc, argv, at);
    arena_free(a);
    return status;
}

int cli_main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); // a reader that goes away ends a command by a failed write
    signal(SIGXFSZ, SIG_IGN); // as a full disc does: the write says so
    int at = find_command(argc, argv);
    if (at == argc) {
        return without_command(argc, argv);
    }
    if (strcmp(argv[at], "analyse") == 0) {
        return analyse_main(argc - at, argv + at);
    }
    return run_trapped(argc, argv, at);
}

int cli_run_part(struct cli *cli, const char *command, const struct cli_part *parts, size_t count)
{
    for (size_t i = 0; i < count && cli->argc > 0; i++) {
        if (strcmp(cli->argv[0], parts[i].name) == 0) {
            cli->argc--;
            cli->argv++;
            return parts[i].run(cli);
        }
    }
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        all = arena_printf(cli->arena, "%s%s%s", all, before, parts[i].name);
    }
    (void)err_set(cli->err, ERR_USAGE, "Say %s after %s; --help shows an example.", all, command);
    return cli_fail(cli);
}
