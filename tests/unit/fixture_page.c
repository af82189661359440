#include "fixture_page.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "domain/access.h"
#include "render/page.h"

static const char *query_of(void *context, const char *name)
{
    return http_query(context, name);
}

struct tree *fixture_page(struct arena *a, const struct council *c, const char *address,
                          const struct route **ret_route, struct err *e)
{
    struct http_request *req = ARENA_NEW(a, struct http_request);
    req->arena = a;
    if (!http_target_parse(req, address, strlen(address), e)) {
        return NULL;
    }
    const char *mark = strchr(address, '?');
    const char *path = strchr(req->path + 1, '/');
    const char *rest = "";
    const struct route *route = site_route(path == NULL ? "" : path + 1, &rest);
    if (route == NULL) {
        (void)err_set(e, ERR_ABSENT, "There is no route for %s.", address);
        return NULL;
    }
    struct page_request q = {.council = c,
                             .arena = a,
                             .path = arena_textn(a, address, strcspn(address, "?")),
                             .rest = rest,
                             .query_text = mark == NULL ? "" : mark + 1,
                             .query = query_of,
                             .context = req};
    const char *period = http_query(req, "period");
    q.period_given =
        period != NULL && period_parse_id(period, strlen(period), c->year_start, &q.period);
    if (!q.period_given) {
        q.period = page_default_period(c);
    }
    struct tree *page = tree_new_map(a);
    page_frame(&q, page, route->section);
    if (!route->view(&q, page, e)) {
        return NULL;
    }
    // What the site adds to every page.
    tree_text(page, "stylesheet_href", "/assets/goldthread.css");
    tree_null(page, "account_href");
    struct tree *may = tree_map(page, "may");
    for (int d = 0; d < DUTY_COUNT; d++) {
        tree_bool(may, duty_word((enum duty)d), true);
    }
    tree_text(page, "sign_in_href", "/sign-in");
    tree_bool(page, "has_errors", false);
    tree_list((struct tree *)(uintptr_t)tree_get(page, "foot"), "tables");
    if (ret_route != NULL) {
        *ret_route = route;
    }
    return page;
}

static bool load_built_in(void *context, const char *name, struct template_source *out)
{
    struct arena *a = context;
    static const char *const folders[] = {"templates/", "templates/partials/"};
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        const char *ending = strstr(name, ".html") == NULL ? ".html" : "";
        const struct embedded *e = embed_find(arena_printf(a, "%s%s%s", folders[i], name, ending));
        if (e != NULL) {
            *out = (struct template_source){(const char *)e->bytes, e->length};
            return true;
        }
    }
    return false;
}

const struct templates *fixture_templates(struct arena *a)
{
    size_t count = site_route_count();
    const char **names = ARENA_ARRAY(a, count, const char *);
    for (size_t i = 0; i < count; i++) {
        names[i] = site_route_at(i)->template_name;
    }
    struct err e = {.arena = a};
    const struct templates *set = templates_load(a, names, count, load_built_in, a, &e);
    if (set == NULL) {
        fail_msg("%s", e.message);
    }
    return set;
}

const char *fixture_html(struct arena *a, const struct route *route, const struct tree *page)
{
    struct buf out = buf_new(a, 16 << 20);
    struct err e = {.arena = a};
    if (!render_page(fixture_templates(a), route->template_name, page, &out, &e)) {
        fail_msg("%s", e.message);
    }
    return buf_cstr(&out);
}

const struct tree *fixture_at(const struct tree *page, const char *path)
{
    const struct tree *node = page;
    char key[64];
    for (const char *p = path; *p != '\0' && node != NULL;) {
        size_t length = strcspn(p, ".");
        if (length >= sizeof key) {
            return NULL;
        }
        memcpy(key, p, length);
        key[length] = '\0';
        if (node->kind == TREE_LIST) {
            long at = strtol(key, NULL, 10);
            node = node->first;
            for (long i = 0; i < at && node != NULL; i++) {
                node = node->next;
            }
        } else {
            node = tree_get(node, key);
        }
        p += length + (p[length] == '.' ? 1 : 0);
    }
    return node;
}

const char *fixture_text(const struct tree *page, const char *path)
{
    const struct tree *node = fixture_at(page, path);
    if (node == NULL) {
        return "(absent)";
    }
    switch (node->kind) {
    case TREE_TEXT: return node->text;
    case TREE_NUMBER: return dec_shown(node->arena, node->number, node->decimals);
    case TREE_BOOL: return node->truth ? "true" : "false";
    case TREE_NULL:
    case TREE_LIST:
    case TREE_MAP: break;
    }
    return "";
}
