// goldthread user grant, revoke, link, unlink.
#include <stdio.h>
#include <string.h>

#include "cli/people.h"
#include "domain/account.h"

struct granting {
    const char *holder;
    struct grant grant;
    bool there;
};

static bool change_grant(const struct people_act *act, void *context, struct err *e)
{
    const struct granting *g = context;
    return g->there ? account_grant(act, g->holder, &g->grant, e)
                    : account_revoke(act, g->holder, &g->grant, e);
}

static int put_grant(struct cli *cli, bool there)
{
    struct granting g = {.there = there};
    struct people_scope scope;
    struct people_act act;
    if (!people_take_scope(cli, &scope) || !cli_arguments(cli, 2, 2) || !people_open(cli, &act) ||
        !people_grant(cli, act.db, cli->argv[1], &scope, &g.grant)) {
        return cli_fail(cli);
    }
    g.holder = cli->argv[0];
    if (!people_commit(cli, &act, change_grant, &g)) {
        return cli_fail(cli);
    }
    printf("%s is %s %s.\n", g.holder, there ? "now" : "no longer",
           grant_text(cli->arena, &g.grant));
    return 0;
}

int user_grant(struct cli *cli)
{
    return put_grant(cli, true);
}

int user_revoke(struct cli *cli)
{
    return put_grant(cli, false);
}

// ---- who it is elsewhere ----

struct linking {
    const char *code, *organisation, *person, *issuer, *subject;
    bool there;
};

static bool change_link(const struct people_act *act, void *context, struct err *e)
{
    const struct linking *l = context;
    if (l->person != NULL) {
        return l->there ? account_link(act, l->code, l->organisation, l->person, e)
                        : account_unlink(act, l->code, l->organisation, l->person, e);
    }
    return l->there ? account_link_identity(act, l->code, l->issuer, l->subject, e)
                    : account_unlink_identity(act, l->code, l->issuer, e);
}

static bool take_link(struct cli *cli, struct linking *l)
{
    if (!cli_option(cli, "--organisation", &l->organisation) ||
        !cli_option(cli, "--person", &l->person) || !cli_option(cli, "--issuer", &l->issuer) ||
        !cli_option(cli, "--subject", &l->subject) || !cli_arguments(cli, 1, 1)) {
        return false;
    }
    l->code = cli->argv[0];
    bool person = l->organisation != NULL && l->person != NULL;
    bool service = l->issuer != NULL && (l->subject != NULL || !l->there);
    bool mixed =
        (l->organisation != NULL || l->person != NULL) && (l->issuer != NULL || l->subject != NULL);
    return ((person || service) && !mixed) ||
           err_set(cli->err, ERR_USAGE,
                   "Say who it is: --organisation O --person P, or --issuer ADDRESS%s.",
                   l->there ? " --subject S" : "");
}

static int put_link(struct cli *cli, bool there)
{
    struct linking l = {.there = there};
    struct people_act act;
    if (!take_link(cli, &l) || !people_open(cli, &act) ||
        !people_commit(cli, &act, change_link, &l)) {
        return cli_fail(cli);
    }
    if (l.person != NULL) {
        printf("%s is %s the person %s of %s.\n", l.code, there ? "now" : "no longer", l.person,
               l.organisation);
    } else {
        printf("%s is %s tied to %s.\n", l.code, there ? "now" : "no longer", l.issuer);
    }
    return 0;
}

int user_link(struct cli *cli)
{
    return put_link(cli, true);
}

int user_unlink(struct cli *cli)
{
    return put_link(cli, false);
}
