// The command line: what every command is given, and the table of them.
//
// A command is one function in the file of its family. It returns the process's exit status: 0
// done, 1 the input or the record is at fault, 2 wrong usage, 3 the system failed (FORMAT.md 2).
// Data goes to standard output, messages to standard error: one sentence and what to do.
#ifndef GT_CLI_CLI_H
#define GT_CLI_CLI_H

#include "base/date.h"
#include "base/err.h"

struct cli {
    struct arena *arena;
    struct err *err;    // a command that returns cli_fail(cli) leaves its sentence here
    const char *record; // --record, GOLDTHREAD_RECORD, or "./goldthread.db"
    day today;          // --today, or the machine's date
    bool today_given;
    bool json, csv; // --json, --csv
    bool colour;    // standard output is a terminal and colours are wanted
    bool progress;  // standard error is a terminal
    int argc;       // what follows the command's name
    char **argv;
};

struct command {
    const char *name;
    int (*run)(struct cli *cli);
    const char *about;   // one line for the list of commands
    const char *usage;   // arguments and options, after "goldthread NAME"
    const char *options; // a line each
    const char *example; // whole command lines
};

// All commands, in the order of `goldthread --help`; ended by a NULL name.
extern const struct command commands[];

// ---- options ----
//
// A command takes its options out of argv one by one; what is left are its arguments.

// The value of "--name VALUE" or "--name=VALUE", removed from argv; NULL when absent. False (with
// the usage error set) when the value is missing or the option stands twice.
bool cli_option(struct cli *cli, const char *name, const char **ret_value) MUST_CHECK;
// Whether the flag "--name" stands there; removed.
bool cli_flag(struct cli *cli, const char *name);
// False, with the sentence set, when an unknown option is left or the number of arguments is not
// within `least`..`most`.
bool cli_arguments(struct cli *cli, int least, int most) MUST_CHECK;
// A date option ("--at DATE"); DAY_NONE when absent.
bool cli_day(struct cli *cli, const char *name, day *out) MUST_CHECK;

// The exit status for what stands in cli->err.
int cli_fail(struct cli *cli);

// ---- entry points, one a family ----

int cmd_import(struct cli *cli);
int cmd_export(struct cli *cli);
int cmd_copy(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_status(struct cli *cli);
int cmd_explain(struct cli *cli);
int cmd_refer(struct cli *cli);
int cmd_report(struct cli *cli);
int cmd_serve(struct cli *cli);
int cmd_audit(struct cli *cli);
int cmd_user(struct cli *cli);
int cmd_token(struct cli *cli);
int cmd_backup(struct cli *cli);
int cmd_restore(struct cli *cli);

// The whole program.
int cli_main(int argc, char **argv);

// A command of several parts: `goldthread token add`.
struct cli_part {
    const char *name;
    int (*run)(struct cli *cli);
};
// Takes the part's name from the arguments and runs it; without one of these names, the sentence
// that lists them.
int cli_run_part(struct cli *cli, const char *command, const struct cli_part *parts, size_t count);

#endif
