#include "view/import_page.h"

#include "view/edit_form.h"
#include "view/words.h"

static void put_files(struct tree *page, const struct import_report *r, bool done)
{
    static const struct {
        const char *key, *title;
    } columns[] = {{"file", "File"},
                   {"created", "New"},
                   {"updated", "Changed"},
                   {"unchanged", "As it stands"},
                   {"refused", "Refused"}};
    struct tree *files =
        tree_table(page, "files", "files", done ? "What the files did" : "What the files would do");
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        tree_column(files, columns[i].key, columns[i].title, i > 0);
    }
    for (size_t i = 0; i < r->file_count; i++) {
        const struct import_file *f = &r->files[i];
        struct tree *row = tree_row(files);
        tree_text(row, "file", f->name);
        tree_int(row, "created", (int64_t)f->created);
        tree_int(row, "updated", (int64_t)f->updated);
        tree_int(row, "unchanged", (int64_t)f->unchanged);
        tree_int(row, "refused", (int64_t)f->refused);
    }
}

static void put_refusals(struct arena *a, struct tree *page, const struct import_report *r)
{
    static const struct {
        const char *key, *title;
    } columns[] = {{"file", "File"},
                   {"row", "Row"},
                   {"column", "Column"},
                   {"found", "What stands there"},
                   {"why", "Why, and what would do"}};
    struct tree *refusals = tree_table(page, "refusals", "refusals", "What has to be mended first");
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        tree_column(refusals, columns[i].key, columns[i].title, i == 1);
    }
    for (size_t i = 0; i < r->listed; i++) {
        const struct import_refusal *f = &r->refusals[i];
        struct tree *row = tree_row(refusals);
        tree_text(row, "file", f->file);
        tree_text(row, "row", f->row == 0 ? "" : arena_printf(a, "%zu", f->row));
        tree_text(row, "column", f->column);
        tree_text(row, "found", f->found);
        tree_text(row, "why", f->why);
    }
}

void import_page_put(struct page_request *q, struct tree *page, const struct import_page *p)
{
    const struct import_report *r = p->report;
    page_title(page, "Import files");
    page_crumb(page, "Change the record", edit_href(q, NULL, NULL, NULL));
    tree_text(page, "action", page_href(q, "import", NULL));
    tree_text(page, "limits",
              arena_printf(q->arena,
                           "CSV files of a council folder, such as observations.csv, by the names "
                           "they have there: up to %d files, together smaller than %d MB, saved "
                           "as \"CSV UTF-8\".",
                           UPLOAD_FILES_MAX, UPLOAD_BYTES_MAX >> 20));
    tree_text(page, "saved", p->done);
    tree_text(page, "fault", p->fault);
    if (p->fault != NULL) {
        edit_error(page, "#files", p->fault);
    }
    tree_bool(page, "tried", r != NULL);
    bool refused = r != NULL && r->refused > 0;
    tree_bool(page, "has_refusals", refused);
    tree_text(page, "refused_words",
              !refused
                  ? NULL
                  : arena_printf(q->arena, "%s: nothing of the files was taken.",
                                 words_count(q->arena, (int)r->refused, "refusal", "refusals")));
    tree_text(page, "more_refusals",
              refused && r->refused > r->listed
                  ? arena_printf(q->arena, "The first %zu are listed.", r->listed)
                  : NULL);
    tree_bool(page, "unchanged", r != NULL && p->done == NULL && !refused && !r->changed);
    tree_text(page, "digest", refused || r == NULL || !r->changed ? NULL : p->digest);
    if (r == NULL) {
        tree_null(page, "files");
        tree_null(page, "refusals");
        return;
    }
    put_files(page, r, p->done != NULL);
    if (refused) {
        put_refusals(q->arena, page, r);
    } else {
        tree_null(page, "refusals");
    }
}
