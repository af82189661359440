#include "cli/people.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "db/db.h"
#include "domain/password.h"
#include "domain/record.h"
#include "domain/who.h"
#include "model/nearest.h"

enum { DAY_SECONDS = 86400 };

int64_t people_now(const struct cli *cli)
{
    return cli->today_given ? (int64_t)cli->today * DAY_SECONDS : (int64_t)time(NULL);
}

bool people_open(struct cli *cli, struct people_act *out)
{
    const struct passwd *p = getpwuid(getuid());
    struct who who = who_at_machine(cli->arena, p == NULL ? NULL : p->pw_name);
    *out = (struct people_act){
        .arena = cli->arena, .actor = who.actor, .session = "", .now = people_now(cli)};
    return record_open(cli->arena, cli->record, &out->db, cli->err);
}

bool people_commit(struct cli *cli, const struct people_act *act, people_change change,
                   void *context)
{
    if (!db_begin(act->db, cli->err)) {
        return false;
    }
    if (!change(act, context, cli->err)) {
        db_rollback(act->db);
        return false;
    }
    return db_commit(act->db, cli->err);
}

// ---- passwords ----

static bool one_line(struct cli *cli, const char *where, struct file_bytes from,
                     struct secret_line *out)
{
    size_t length = from.length;
    length -= length > 0 && from.bytes[length - 1] == '\n';
    length -= length > 0 && from.bytes[length - 1] == '\r';
    *out = (struct secret_line){from.bytes, length};
    return (length > 0 && memchr(from.bytes, '\n', length) == NULL) ||
           err_set(cli->err, ERR_INPUT, "%s must hold one line, the password.", where);
}

static bool from_file(struct cli *cli, const char *path, struct secret_line *out)
{
    struct file_bytes bytes = {0};
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return err_set(cli->err, ERR_INPUT, "The password file %s cannot be read: %s.", path,
                       strerror(errno));
    }
    bool good = file_read_stream(cli->arena, fd, standard ? "standard input" : path,
                                 2 * PASSWORD_BYTES_MAX, &bytes, cli->err);
    if (!standard) {
        close(fd);
    }
    return good && one_line(cli, standard ? "Standard input" : path, bytes, out);
}

// One line, without showing it.
static bool ask(struct cli *cli, const char *prompt, struct secret_line *out)
{
    struct termios shown, hidden;
    char line[2 * PASSWORD_BYTES_MAX];
    if (tcgetattr(STDIN_FILENO, &shown) != 0) {
        return err_set(cli->err, ERR_SYSTEM, "The terminal does not answer.");
    }
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    fputs(prompt, stderr);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    bool got = fgets(line, sizeof line, stdin) != NULL;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    size_t length = got ? strlen(line) : 0;
    struct file_bytes bytes = {arena_textn(cli->arena, line, length), length};
    explicit_bzero(line, sizeof line);
    return one_line(cli, "What you type", bytes, out);
}

bool people_password(struct cli *cli, const char *path, struct secret_line *out)
{
    struct secret_line again;
    if (path != NULL) {
        return from_file(cli, path, out);
    }
    if (isatty(STDIN_FILENO) != 1) {
        return err_set(cli->err, ERR_USAGE,
                       "Give the password with --password-file FILE, or --password-file - for "
                       "standard input.");
    }
    fprintf(stderr, "At least %d characters; %d or more are better, three words of your own say.\n",
            (int)PASSWORD_LEAST, (int)PASSWORD_ADVISED);
    return ask(cli, "Password: ", out) && ask(cli, "The same again: ", &again) &&
           ((out->length == again.length && memcmp(out->text, again.text, out->length) == 0) ||
            err_set(cli->err, ERR_INPUT, "The two are not the same; nothing was changed."));
}

// ---- what is granted ----

bool people_take_scope(struct cli *cli, struct people_scope *out)
{
    *out = (struct people_scope){0};
    return cli_option(cli, "--organisation", &out->organisation) &&
           cli_option(cli, "--unit", &out->unit) && cli_option(cli, "--board", &out->board) &&
           cli_option(cli, "--measure", &out->measure) &&
           ((out->unit != NULL) + (out->board != NULL) + (out->measure != NULL) <= 1 ||
            err_set(cli->err, ERR_USAGE, "Give --unit, --board or --measure, one of them."));
}

static bool unknown_role(struct cli *cli, const char *word)
{
    struct nearest n = nearest_start(word);
    struct buf all = buf_new(cli->arena, 4096);
    for (int r = 0; r < ROLE_COUNT; r++) {
        nearest_offer(&n, role_word((enum role)r));
        buf_text(&all, r == 0 ? "" : ", ");
        buf_text(&all, role_word((enum role)r));
    }
    const char *near = nearest_found(&n);
    return near == NULL ? err_set(cli->err, ERR_USAGE, "There is no role \"%s\"; there are %s.",
                                  word, buf_cstr(&all))
                        : err_set(cli->err, ERR_USAGE, "There is no role \"%s\"; did you mean %s?",
                                  word, near);
}

bool people_grant(struct cli *cli, struct db *db, const char *role,
                  const struct people_scope *scope, struct grant *out)
{
    enum role r = role_from_word(role);
    if (r == ROLE_COUNT) {
        return unknown_role(cli, role);
    }
    enum scope_of of = scope->unit != NULL      ? SCOPE_UNIT
                       : scope->board != NULL   ? SCOPE_BOARD
                       : scope->measure != NULL ? SCOPE_MEASURE
                                                : SCOPE_ORGANISATION;
    *out = (struct grant){r, scope->organisation, of,
                          of == SCOPE_UNIT      ? scope->unit
                          : of == SCOPE_BOARD   ? scope->board
                          : of == SCOPE_MEASURE ? scope->measure
                                                : NULL};
    if (scope->organisation == NULL && (r == ROLE_ADMINISTRATOR || r == ROLE_AUDITOR)) {
        out->organisation = "*";
    }
    return out->organisation != NULL ||
           record_organisation(db, cli->arena, NULL, &out->organisation, cli->err);
}
