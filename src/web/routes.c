#include <string.h>

#include "web/families.h"

static const struct family {
    const struct route *routes;
    const size_t *count;
} families[] = {
    {overview_routes, &overview_route_count},   {scorecards_routes, &scorecards_route_count},
    {measures_routes, &measures_route_count},   {plans_routes, &plans_route_count},
    {delivery_routes, &delivery_route_count},   {reports_routes, &reports_route_count},
    {quarterly_routes, &quarterly_route_count}, {search_routes, &search_route_count},
};

size_t site_route_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(families); i++) {
        count += *families[i].count;
    }
    return count;
}

const struct route *site_route_at(size_t at)
{
    for (size_t i = 0; i < COUNT_OF(families); i++) {
        if (at < *families[i].count) {
            return &families[i].routes[at];
        }
        at -= *families[i].count;
    }
    return NULL;
}

const struct route *site_route(const char *path, const char **ret_rest)
{
    const struct route *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < site_route_count(); i++) {
        const struct route *r = site_route_at(i);
        size_t length = strlen(r->folder);
        const char *after = path + length;
        if (strncmp(path, r->folder, length) != 0 || (found != NULL && length < longest)) {
            continue;
        }
        if (r->takes_code ? after[0] == '/' && after[1] != '\0' : after[0] == '\0') {
            found = r;
            longest = length;
            *ret_rest = r->takes_code ? after + 1 : "";
        }
    }
    return found;
}

// ---- pages that act ----

static const char *const people_templates[] = {"people_password.html", NULL};

static const struct action_family {
    const struct action_route *routes;
    const size_t *count;
    const char *const
        *templates; // further ones that its pages are rendered by, NULL-ended; or NULL
} action_families[] = {
    {sign_in_actions, &sign_in_action_count, NULL},
    {sign_on_actions, &sign_on_action_count, NULL},
    {edit_actions, &edit_action_count, edit_templates},
    {collect_actions, &collect_action_count, NULL},
    {import_actions, &import_action_count, NULL},
    {api_actions, &api_action_count, NULL},
    {account_actions, &account_action_count, NULL},
    {people_actions, &people_action_count, people_templates},
    {security_txt_actions, &security_txt_action_count, NULL},
};

size_t action_route_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(action_families); i++) {
        count += *action_families[i].count;
    }
    return count;
}

const struct action_route *action_route_at(size_t at)
{
    for (size_t i = 0; i < COUNT_OF(action_families); i++) {
        if (at < *action_families[i].count) {
            return &action_families[i].routes[at];
        }
        at -= *action_families[i].count;
    }
    return NULL;
}

const char *action_template_at(size_t at)
{
    for (size_t i = 0; i < COUNT_OF(action_families); i++) {
        const char *const *name = action_families[i].templates;
        for (; name != NULL && *name != NULL; name++) {
            if (at-- == 0) {
                return *name;
            }
        }
    }
    return NULL;
}
