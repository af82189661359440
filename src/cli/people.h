// What `goldthread user` and `goldthread token` share: passwords from a file, standard input or a
// prompt (never argv: CLI-4), and changes in a transaction of their own.
#ifndef GT_CLI_PEOPLE_H
#define GT_CLI_PEOPLE_H

#include "cli/cli.h"
#include "domain/access.h"
#include "domain/people.h"

struct db;

// Seconds since 1970: the machine's clock, or the start of the day --today says.
int64_t people_now(const struct cli *cli);

// Opens the record to write to it; whoever sits at the machine acts.
bool people_open(struct cli *cli, struct people_act *out) MUST_CHECK;

// Runs `change` in a transaction and keeps it when it is true.
typedef bool (*people_change)(const struct people_act *act, void *context, struct err *e);
bool people_commit(struct cli *cli, const struct people_act *act, people_change change,
                   void *context) MUST_CHECK;

struct secret_line {
    const char *text;
    size_t length;
};
// One line from `path` ("-": standard input), or, where that is NULL, typed twice at a terminal.
bool people_password(struct cli *cli, const char *path, struct secret_line *out) MUST_CHECK;

// --organisation, --unit, --board, --measure, taken out of argv.
struct people_scope {
    const char *organisation; // NULL: not said
    const char *unit, *board, *measure;
};
bool people_take_scope(struct cli *cli, struct people_scope *out) MUST_CHECK;
// The grant of a role by its word over this scope. Where no organisation is said: every one for an
// administrator and for auditors, else the only one there is.
bool people_grant(struct cli *cli, struct db *db, const char *role,
                  const struct people_scope *scope, struct grant *out) MUST_CHECK;

// Parts of `goldthread user`; user.c names them.
int user_list(struct cli *cli);
int user_sessions(struct cli *cli);
int user_setting(struct cli *cli);
int user_grant(struct cli *cli);
int user_revoke(struct cli *cli);
int user_link(struct cli *cli);
int user_unlink(struct cli *cli);

#endif
