#include "jobs/write_report.h"

#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "render/table_csv.h"
#include "render/template_place.h"
#include "render/whole_file.h"
#include "view/statuses.h"

enum { REPORT_MAX = 64 << 20 };

struct report_out {
    const struct page_request *request;
    const char *stem; // folder and name without the ending
    struct tree *paths;
    struct err *err;
};

static bool write_file(const struct report_out *o, const char *ending, struct buf *b)
{
    if (b->full) {
        return err_set(o->err, ERR_SYSTEM, "The report is over its limit of %d MB.",
                       REPORT_MAX >> 20);
    }
    const char *path = arena_printf(b->arena, "%s%s", o->stem, ending);
    if (!file_write(path, buf_cstr(b), b->length, o->err)) {
        return false;
    }
    tree_text(o->paths, NULL, path);
    return true;
}

// Rows of tables link to pages of the site: a file on its own has none.
static void show_links(struct tree *node, bool shown)
{
    if (node->kind != TREE_MAP && node->kind != TREE_LIST) {
        return;
    }
    for (struct tree *child = node->first; child != NULL; child = child->next) {
        if (child->key != NULL && strcmp(child->key, "href") == 0 && child->text != NULL &&
            child->text[0] == '/') {
            child->kind = shown ? TREE_TEXT : TREE_NULL;
        }
        show_links(child, shown);
    }
}

static bool write_html(const struct report_out *o, const struct report_kind *kind,
                       struct tree *view)
{
    struct arena *a = o->request->arena;
    struct template_place place = {a, NULL};
    struct templates *set =
        templates_load(a, &kind->file_template, 1, template_from_place, &place, o->err);
    const struct embedded *css = embed_find("assets/goldthread.css");
    if (set == NULL) {
        return false;
    }
    if (css == NULL) {
        return err_set(o->err, ERR_SYSTEM, "The style sheet is missing from this program.");
    }
    struct buf b = buf_new(a, REPORT_MAX);
    show_links(view, false);
    bool made = render_whole_file(set, kind->file_template, view, (const char *)css->bytes,
                                  css->length, &b, o->err);
    show_links(view, true);
    return made && write_file(o, ".html", &b);
}

static bool write_json(const struct report_out *o, const struct tree *view)
{
    struct buf b = buf_new(o->request->arena, REPORT_MAX);
    return render_json(view, &b, o->err) && write_file(o, ".json", &b);
}

static bool write_table(const struct report_out *o, const struct tree *table, const char *ending)
{
    struct buf b = buf_new(o->request->arena, REPORT_MAX);
    if (!table_csv(&b, table)) {
        return err_set(o->err, ERR_SYSTEM, "A table of the report could not be written.");
    }
    return write_file(o, ending, &b);
}

static bool write_tables(const struct report_out *o, const struct tree *node)
{
    if (node->role == TREE_TABLE) {
        // Codes may hold anything; a file name may not.
        char *id = arena_text(o->request->arena, tree_get(node, "id")->text);
        for (char *p = id; *p != '\0'; p++) {
            bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                         (*p >= '0' && *p <= '9') || *p == '.' || *p == '-';
            *p = plain ? *p : '_';
        }
        return write_table(o, node, arena_printf(o->request->arena, "-%s.csv", id));
    }
    if (node->kind != TREE_MAP && node->kind != TREE_LIST) {
        return true;
    }
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        if (!write_tables(o, child)) {
            return false;
        }
    }
    return true;
}

// The report as one table: every measure, with what FORMAT.md 2 fixes for `status --csv`.
static bool write_csv(const struct report_out *o, const struct tree *view)
{
    struct page_request q = *o->request;
    struct tree *all = tree_new_map(q.arena);
    view_statuses(&q, all, NULL, false);
    return write_table(o, tree_find_table(all, "statuses"), ".csv") && write_tables(o, view);
}

bool write_report(struct page_request *request, const struct report_kind *kind, unsigned formats,
                  const char *folder, struct tree *ret_paths, struct err *e)
{
    struct arena *a = request->arena;
    struct tree *view = tree_new_map(a);
    if (!kind->view(request, view, e) || !file_make_folder(folder, e)) {
        return false;
    }
    struct report_out o = {
        .request = request,
        .stem = arena_printf(a, "%s/%s-%s", folder, kind->name,
                             period_id(a, request->period, request->council->year_start)),
        .paths = ret_paths,
        .err = e};
    return ((formats & REPORT_HTML) == 0 || write_html(&o, kind, view)) &&
           ((formats & REPORT_JSON) == 0 || write_json(&o, view)) &&
           ((formats & REPORT_CSV) == 0 || write_csv(&o, view));
}
