// A view page in its formats: from the address to HTML, JSON or CSV.
#include <string.h>

#include "render/page.h"
#include "render/table_csv.h"
#include "web/site_own.h"

static bool cut_ending(char *path, const char *ending)
{
    size_t length = strlen(path), cut = strlen(ending);
    if (length > cut && strcmp(path + length - cut, ending) == 0) {
        path[length - cut] = '\0';
        return true;
    }
    return false;
}

struct asked site_asked(const struct http_request *req)
{
    char *path = arena_text(req->arena, req->path);
    char *raw = arena_textn(req->arena, req->target, strcspn(req->target, "?"));
    struct asked asked = {.format = FORMAT_HTML};
    if (cut_ending(path, ".json")) {
        asked.format = FORMAT_JSON;
        (void)cut_ending(raw, ".json");
    } else if (cut_ending(path, ".csv")) {
        asked.format = FORMAT_CSV;
        (void)cut_ending(raw, ".csv");
    }
    size_t length = strlen(path);
    if (length > 1 && path[length - 1] == '/') {
        path[length - 1] = '\0';
    }
    asked.organisation = arena_textn(req->arena, path + 1, strcspn(path + 1, "/"));
    const char *rest = path + 1 + strlen(asked.organisation);
    asked.path = rest[0] == '/' ? rest + 1 : rest;
    asked.page_path = raw;
    return asked;
}

static const char *query_of(void *context, const char *name)
{
    return http_query(context, name);
}

static bool take_period(struct page_request *q, struct err *e)
{
    const char *text = page_query(q, "period");
    if (text == NULL) {
        q->period = page_default_period(q->council);
        return true;
    }
    struct period p;
    bool read = period_parse_id(text, strlen(text), q->council->year_start, &p);
    if (!read || p.kind == PERIOD_YEARS || p.kind == PERIOD_SPAN) {
        return err_set(e, ERR_INPUT,
                       "\"%s\" is not a reporting period: write a month (2025-04), a quarter "
                       "(2025-26-Q1), a half (2025-26-H1) or a year (2025-26-FY).",
                       text);
    }
    q->period = p;
    q->period_given = true;
    return true;
}

// The tables of the page, for its foot.
static void list_tables(struct tree *list, const struct tree *node, const struct page_request *q)
{
    if (node->role == TREE_TABLE) {
        const struct tree *id = tree_get(node, "id"), *caption = tree_get(node, "caption");
        struct tree *item = tree_map(list, NULL);
        struct page_request at = *q;
        at.path = arena_printf(q->arena, "%s.csv", q->path);
        tree_text(item, "href", page_href_with(&at, "table", id->text));
        tree_text(item, "title", caption->text);
        return;
    }
    if (node->kind != TREE_MAP && node->kind != TREE_LIST) {
        return;
    }
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        list_tables(list, child, q);
    }
}

static void put_tables(const struct page_request *q, struct tree *page)
{
    struct tree *list = tree_new_list(q->arena);
    list_tables(list, page, q);
    for (struct tree *child = page->first; child != NULL; child = child->next) {
        if (strcmp(child->key, "foot") == 0) {
            tree_attach(child, "tables", list);
        }
    }
}

static bool write_csv(const struct page_request *q, const struct tree *page, struct buf *out,
                      struct http_response *res, struct err *e)
{
    const char *id = page_query(q, "table");
    const struct tree *table = tree_find_table(page, id);
    if (table == NULL) {
        return err_set(e, ERR_ABSENT,
                       id == NULL ? "This page has no table%s." : "This page has no table \"%s\".",
                       id == NULL ? "" : id);
    }
    if (!table_csv(out, table)) {
        return err_set(e, ERR_SYSTEM, "A table of this page could not be written.");
    }
    res->content_type = "text/csv; charset=utf-8";
    const struct tree *name = tree_get(table, "id");
    res->file_name = arena_printf(q->arena, "%s-%s-%s.csv", q->council->code, name->text,
                                  period_id(q->arena, q->period, q->council->year_start));
    return true;
}

static bool write_format(const struct site *s, const struct asked *asked, const struct route *r,
                         const struct page_request *q, const struct tree *page,
                         struct http_response *res, struct err *e)
{
    if (asked->format == FORMAT_HTML) {
        return site_render(s, r->template_name, page, res, e);
    }
    struct buf out = buf_new(q->arena, SITE_PAGE_MAX);
    bool written = false;
    if (asked->format == FORMAT_CSV) {
        written = write_csv(q, page, &out, res, e);
    } else {
        res->content_type = "application/json";
        written = render_json(page, &out, e);
    }
    res->body = buf_cstr(&out);
    res->length = out.length;
    return written;
}

bool site_page_request(const struct http_request *req, const struct council *c, const char *path,
                       const char *rest, struct page_request *q, struct err *e)
{
    const char *mark = strchr(req->target, '?');
    *q = (struct page_request){.council = c,
                               .arena = req->arena,
                               .path = path,
                               .rest = rest,
                               .query_text = mark == NULL ? "" : mark + 1,
                               .query = query_of,
                               .context = (void *)(uintptr_t)req};
    return take_period(q, e);
}

bool site_make_page(const struct site *s, const struct asked *asked, const struct http_request *req,
                    const struct seen *seen, struct http_response *res, struct err *e)
{
    const char *rest = "";
    const struct route *r = site_route(asked->path, &rest);
    if (r == NULL) {
        return err_set(e, ERR_ABSENT, "There is no page at this address.");
    }
    struct page_request q;
    if (!site_page_request(req, seen->council, asked->page_path, rest, &q, e)) {
        return false;
    }
    struct tree *page = tree_new_map(req->arena);
    page_frame(&q, page, r->section);
    if (!r->view(&q, page, e)) {
        return false;
    }
    site_frame(s, seen, page);
    put_tables(&q, page);
    return write_format(s, asked, r, &q, page, res, e);
}
