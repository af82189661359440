// Signing in and out.
#include "web/families.h"
#include "web/visit.h"

static bool show_sign_in(struct visit *v, struct err *e)
{
    struct tree *page = visit_tree(v, "Sign in");
    tree_bool(page, "open_record", v->caller.open_record);
    return visit_page(v, "sign_in.html", page, e);
}

const struct action_route sign_in_actions[] = {
    {.path = "/sign-in",
     .methods = METHODS_PAGE,
     .duty = DUTY_COUNT,
     .manner = ACTION_EARLY,
     .run = show_sign_in,
     .template_name = "sign_in.html",
     .about = "Signing in by e-mail address or code and password."},
};
const size_t sign_in_action_count = sizeof sign_in_actions / sizeof sign_in_actions[0];
