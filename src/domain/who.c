#include "domain/who.h"

static bool may_everything(const struct who *who, const struct who_request *request,
                           const char **ret_why)
{
    (void)who;
    (void)request;
    (void)ret_why;
    return true;
}

struct who who_at_machine(struct arena *a, const char *login)
{
    bool named = login != NULL && login[0] != '\0';
    return (struct who){.actor =
                            named ? arena_printf(a, "command line: %s", login) : "command line",
                        .session = "",
                        .may = may_everything};
}
