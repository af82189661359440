#include "domain/access.h"
#include "domain/access_table.h"

struct asking {
    struct arena *arena;
    const struct caller *caller;
};

static bool may_write(const struct who *who, const struct who_request *request,
                      const char **ret_why)
{
    const struct asking *x = who->context;
    unsigned wanted = access_kind_duties(request->kind->kind);
    for (int d = 0; d < DUTY_COUNT; d++) {
        if ((wanted & DUTY_BIT(d)) != 0 &&
            !access_may_whole(x->caller, (enum duty)d, request->organisation)) {
            *ret_why = "is refused: it is not among what you may change; ask a performance officer";
            return false;
        }
    }
    return true;
}

bool access_who(struct db *db, struct arena *a, const struct caller *c, const char *organisation,
                struct who *out, struct err *e)
{
    (void)db;
    (void)organisation;
    (void)e;
    struct asking *x = ARENA_NEW(a, struct asking);
    *x = (struct asking){a, c};
    *out = (struct who){.actor = c->account == NULL ? "the public" : c->account,
                        .session = c->session == NULL ? "" : c->session,
                        .may = may_write,
                        .context = x};
    return true;
}
