#include "cli/analyse.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/analyse_job.h"

// The figures that aggregate keeps count towards it; everything else is small.
#define KEPT_MAX ((size_t)4 << 30)

static void print_help(const struct analyse_method *m)
{
    if (m != NULL) {
        fputs(m->help, stdout);
        fputs("\nOptions of every method\n"
              "  --keep-going   put what is wrong with a row in a column \"error\" and go on\n"
              "  --help         this text\n"
              "A column of the input that has the name of a result gives way to it. Exit: 0 done, "
              "1 the\ninput is at fault (the line and the reason are on standard error), 2 wrong "
              "usage, 3 the\nmachine failed.\n",
              stdout);
        return;
    }
    fputs("goldthread analyse METHOD [FILE]\n\n"
          "The engine as a filter: CSV from FILE or standard input to standard output, no record.\n"
          "Other columns are carried through in front of the results.\n\nMethods\n",
          stdout);
    for (size_t i = 0; analyse_methods()[i] != NULL; i++) {
        printf("  %-16s %s\n", analyse_methods()[i]->name, analyse_methods()[i]->summary);
    }
    fputs("\nExample\n"
          "  printf 'kind,polarity,value,target,amber_within\\ntolerance,higher,68.2,75,5\\n' |\n"
          "    goldthread analyse status\n\n"
          "goldthread analyse METHOD --help tells the columns, the options and an example.\n",
          stdout);
}

static int fail(const struct err *e)
{
    // "line N: reason" stands at the start of its line, so that other programs can find it.
    bool has_line = strncmp(e->message, "line ", 5) == 0;
    fprintf(stderr, "%s%s\n", has_line ? "" : "goldthread analyse: ", e->message);
    return err_exit_status(e);
}

static bool run(int argc, char **argv, struct err *e)
{
    struct analyse_options options;
    if (!analyse_options_parse(&options, argc, argv, e)) {
        return false;
    }
    if (options.help) {
        print_help(options.method);
        return true;
    }
    return analyse_run(&options, e->arena, e);
}

int analyse_main(int argc, char **argv)
{
    struct arena *kept = arena_new(KEPT_MAX);
    if (kept == NULL || ARENA_TRAP(kept)) {
        arena_free(kept);
        fputs("goldthread analyse: there is not enough memory for this input; split it by series "
              "or by rows.\n",
              stderr);
        return ERR_SYSTEM;
    }
    // Who reads the output may stop reading: that is seen when writing, and is no failure.
    signal(SIGPIPE, SIG_IGN);
    struct err e = {.arena = kept};
    int status = run(argc, argv, &e) ? 0 : fail(&e);
    arena_free(kept);
    return status;
}
