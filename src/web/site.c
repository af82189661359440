#include "web/site.h"

#include <string.h>

#include "base/log.h"
#include "render/page.h"
#include "render/table_csv.h"
#include "render/template_place.h"
#include "web/assets.h"

enum { PAGE_MAX = 16 << 20 };

struct site {
    struct keeper *keeper;
    const struct templates *templates;
    const char *stylesheet;
};

bool site_new(struct arena *a, struct keeper *keeper, const char *templates_folder,
              struct site **ret, struct err *e)
{
    struct site *s = ARENA_NEW(a, struct site);
    s->keeper = keeper;
    struct template_place *place = ARENA_NEW(a, struct template_place);
    *place = (struct template_place){a, templates_folder};
    size_t count = site_route_count();
    const char **names = ARENA_ARRAY(a, count + 2, const char *);
    for (size_t i = 0; i < count; i++) {
        names[i] = site_route_at(i)->template_name;
    }
    names[count] = "error.html";
    names[count + 1] = "organisations.html";
    s->templates = templates_load(a, names, count + 2, template_from_place, place, e);
    s->stylesheet = asset_href(a, "goldthread.css");
    *ret = s;
    return s->templates != NULL;
}

// ---- a page in its formats ----

enum format { FORMAT_HTML, FORMAT_JSON, FORMAT_CSV };

struct asked {
    enum format format;
    const char *organisation;
    const char *path;      // behind the organisation: "measures/NI 117", "" for its own page
    const char *page_path; // as addresses are written, without the format's ending
};

static bool cut_ending(char *path, const char *ending)
{
    size_t length = strlen(path), cut = strlen(ending);
    if (length > cut && strcmp(path + length - cut, ending) == 0) {
        path[length - cut] = '\0';
        return true;
    }
    return false;
}

static struct asked ask(const struct http_request *req)
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

static void finish_view(const struct site *s, const struct page_request *q, struct tree *page)
{
    tree_text(page, "stylesheet_href", s->stylesheet);
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
    struct buf out = buf_new(q->arena, PAGE_MAX);
    bool written = false;
    switch (asked->format) {
    case FORMAT_HTML: written = render_page(s->templates, r->template_name, page, &out, e); break;
    case FORMAT_JSON:
        res->content_type = "application/json";
        written = render_json(page, &out, e);
        break;
    case FORMAT_CSV: written = write_csv(q, page, &out, res, e); break;
    }
    res->body = buf_cstr(&out);
    res->length = out.length;
    return written;
}

static bool make_page(const struct site *s, const struct asked *asked,
                      const struct http_request *req, const struct council *c,
                      struct http_response *res, struct err *e)
{
    const char *rest = "";
    const struct route *r = site_route(asked->path, &rest);
    if (r == NULL) {
        return err_set(e, ERR_ABSENT, "There is no page at this address.");
    }
    const char *mark = strchr(req->target, '?');
    struct page_request q = {.council = c,
                             .arena = req->arena,
                             .path = asked->page_path,
                             .rest = rest,
                             .query_text = mark == NULL ? "" : mark + 1,
                             .query = query_of,
                             .context = (void *)(uintptr_t)req};
    if (!take_period(&q, e)) {
        return false;
    }
    struct tree *page = tree_new_map(req->arena);
    page_frame(&q, page, r->section);
    if (!r->view(&q, page, e)) {
        return false;
    }
    finish_view(s, &q, page);
    return write_format(s, asked, r, &q, page, res, e);
}

// ---- kept pages ----

// Names a version of the bytes: equal bytes, equal tag.
static const char *tag_of(struct arena *a, const char *bytes, size_t length)
{
    uint64_t h = 14695981039346656037u + length, g = 0x9E3779B97F4A7C15u;
    while (length > 0) {
        uint64_t eight = 0;
        size_t taken = length < sizeof eight ? length : sizeof eight;
        memcpy(&eight, bytes, taken);
        h = (h ^ eight) * 0x9FB21C651E98DF25u;
        h ^= h >> 32;
        g = (g + eight) * 0xD6E8FEB86659FD93u;
        g ^= g >> 29;
        bytes += taken;
        length -= taken;
    }
    return arena_printf(a, "%016llx%08llx", (unsigned long long)h, (unsigned long long)(g >> 32));
}

// A page outlives its request: its bytes move into one block of their own.
static struct http_ready *make_ready(const struct http_request *req, struct http_response *res,
                                     size_t *ret_bytes)
{
    struct arena *own = arena_new(0);
    if (own == NULL) {
        return NULL;
    }
    struct http_response kept = *res;
    kept.body = arena_textn(own, res->body, res->length);
    kept.gzip = http_gzip(own, res->body, res->length, 6, &kept.gzip_length);
    kept.etag = tag_of(own, res->body, res->length);
    kept.content_type = arena_text(own, res->content_type);
    kept.file_name = arena_text(own, res->file_name);
    kept.cache_control = "no-cache"; // kept by the browser, but asked about each time (ETag)
    kept.release = (void (*)(void *))arena_free;
    kept.held = own;
    struct http_ready *ready = http_ready_new(&kept, req->tls_in_front);
    if (ready == NULL) {
        arena_free(own);
        return NULL;
    }
    *ret_bytes = arena_used(own);
    return ready;
}

static void free_ready(void *ready)
{
    http_ready_free(ready);
}

static bool answer_page(struct site *s, const struct http_request *req, const struct keeper_view *v,
                        struct http_response *res, struct err *e)
{
    struct asked asked = ask(req);
    const struct council *c = NULL;
    if (!keeper_council(s->keeper, v, asked.organisation, NULL, &c, e)) {
        return false;
    }
    res->ready = keeper_kept(v, c, req->target);
    if (res->ready != NULL) {
        return true;
    }
    if (!make_page(s, &asked, req, c, res, e)) {
        return false;
    }
    size_t bytes = 0;
    struct http_ready *ready =
        keeper_has_room(v, c, res->length) ? make_ready(req, res, &bytes) : NULL;
    if (ready != NULL) {
        res->ready = keeper_keep(v, c, req->target, ready, bytes, free_ready);
    }
    if (res->ready == NULL) {
        // No room left: this answer is sent once, from the request's own memory.
        http_ready_free(ready);
        res->etag = tag_of(req->arena, res->body, res->length);
        res->cache_control = "no-cache";
        if (req->gzip) {
            res->gzip = http_gzip(req->arena, res->body, res->length, 1, &res->gzip_length);
        }
    }
    return true;
}

// "/" (or "/.json"): the organisation where there is one, else the list of them.
static bool answer_root(struct site *s, const struct http_request *req, const struct keeper_view *v,
                        struct http_response *res, struct err *e)
{
    size_t count = 0;
    const struct organisation_name *names = keeper_organisations(v, &count);
    if (count == 1) {
        res->status = 302;
        res->location = arena_printf(req->arena, "/%s", http_encode(req->arena, names[0].code));
        return true;
    }
    struct tree *page = tree_new_map(req->arena);
    tree_text(page, "stylesheet_href", s->stylesheet);
    tree_text(page, "product", "Goldthread");
    struct tree *list = tree_list(page, "organisations");
    for (size_t i = 0; i < count; i++) {
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "code", names[i].code);
        tree_text(item, "name", names[i].name);
        tree_text(item, "href",
                  arena_printf(req->arena, "/%s", http_encode(req->arena, names[i].code)));
    }
    struct buf out = buf_new(req->arena, PAGE_MAX);
    bool json = strcmp(req->path, "/.json") == 0;
    bool made = json ? render_json(page, &out, e)
                     : render_page(s->templates, "organisations.html", page, &out, e);
    if (!made) {
        return false;
    }
    res->content_type = json ? "application/json" : NULL;
    res->body = buf_cstr(&out);
    res->length = out.length;
    res->etag = tag_of(req->arena, res->body, res->length);
    res->cache_control = "no-cache";
    return true;
}

bool site_answer(void *context, const struct http_request *req, struct http_response *res,
                 struct err *e)
{
    struct site *s = context;
    if (strncmp(req->path, "/assets/", 8) == 0 || strcmp(req->path, "/favicon.ico") == 0) {
        return asset_answer(req, res, e);
    }
    struct err why = {.arena = req->arena};
    const struct keeper_view *v = keeper_take(s->keeper, req->thread, &why);
    if (v == NULL) {
        *e = why;
        return false;
    }
    if (why.message != NULL) {
        // The page is made of the last good state; who runs the server must know.
        log_line(LOG_ERROR, "%s %s", why.message, why.cause == NULL ? "" : why.cause);
    }
    if (strcmp(req->path, "/") == 0 || strcmp(req->path, "/.json") == 0) {
        return answer_root(s, req, v, res, e);
    }
    return answer_page(s, req, v, res, e);
}

// The search of the organisation whose address it was; NULL when there is no such organisation.
static const char *search_of(struct site *s, const struct http_request *req)
{
    if (req->path == NULL || req->path[0] != '/') {
        return NULL;
    }
    struct err ignored = {.arena = req->arena};
    const struct keeper_view *v = keeper_take(s->keeper, req->thread, &ignored);
    size_t length = strcspn(req->path + 1, "/"), count = 0;
    const struct organisation_name *names = v == NULL ? NULL : keeper_organisations(v, &count);
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i].code) == length && strncmp(names[i].code, req->path + 1, length) == 0) {
            return arena_printf(req->arena, "/%s/search", http_encode(req->arena, names[i].code));
        }
    }
    return NULL;
}

void site_failed(void *context, const struct http_request *req, int status, const char *message,
                 struct http_response *res)
{
    struct site *s = context;
    struct tree *page = tree_new_map(req->arena);
    tree_text(page, "stylesheet_href", s->stylesheet);
    tree_text(page, "product", "Goldthread");
    tree_text(page, "message", message);
    tree_bool(page, "absent", status == 404);
    tree_bool(page, "ours", status >= 500);
    tree_bool(page, "refused", status != 404 && status < 500);
    tree_text(page, "search_href", search_of(s, req));
    struct buf out = buf_new(req->arena, PAGE_MAX);
    struct err inner = {.arena = req->arena};
    if (render_page(s->templates, "error.html", page, &out, &inner)) {
        res->content_type = NULL;
        res->body = buf_cstr(&out);
        res->length = out.length;
    }
}

void site_done(void *context, unsigned thread)
{
    struct site *s = context;
    keeper_release(s->keeper, thread);
}
