// Importing files in the browser: first a trial that changes nothing, then the very same bytes.
#include <string.h>

#include "domain/import.h"
#include "domain/upload.h"
#include "view/import_page.h"
#include "web/edit.h"
#include "web/families.h"

struct importing {
    struct visit *visit;
    struct upload upload;
    struct import_report report;
    bool confirmed;
    bool reported; // `report` is filled
};

// Keeps nothing (false, without a fault) where it was a trial or something was refused.
static bool work_import(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct importing *x = context;
    struct visit *v = x->visit;
    struct who who;
    x->reported = false;
    if (!access_who(db, a, &v->caller, v->organisation, &who, e)) {
        return false;
    }
    struct import_options options = {
        .organisation = v->organisation, .dry_run = !x->confirmed, .now = visit_at(v), .who = &who};
    if (!import_paths_within(db, a, x->upload.paths, x->upload.count, &options, &x->report, e)) {
        return false;
    }
    x->reported = true;
    return x->confirmed && x->report.refused == 0;
}

static bool show(struct importing *x, const char *fault, const char *done, struct err *e)
{
    struct visit *v = x->visit;
    struct import_page p = {.report = x->reported ? &x->report : NULL,
                            .digest = done != NULL ? NULL : x->upload.digest,
                            .done = done,
                            .fault = fault};
    struct tree *page = visit_tree(v, NULL);
    import_page_put(&v->page, page, &p);
    if (x->reported && x->report.refused > 0) {
        v->res->status = 422;
    }
    return visit_page(v, "import.html", page, e);
}

static bool take_files(struct importing *x, struct err *e)
{
    struct visit *v = x->visit;
    struct upload_file *files = ARENA_ARRAY(v->arena, v->posted.count, struct upload_file);
    size_t count = 0;
    for (size_t i = 0; i < v->posted.count; i++) {
        const struct http_field *f = &v->posted.fields[i];
        if (f->file_name != NULL && f->file_name[0] != '\0' && strcmp(f->name, "files") == 0) {
            files[count++] = (struct upload_file){f->file_name, f->value, f->length};
        }
    }
    return upload_keep(v->arena, v->caller.account, v->organisation, files, count, &x->upload, e);
}

static const char *done_words(struct arena *a, const struct import_report *r)
{
    if (!r->changed) {
        return "The record had all of it already; nothing was changed.";
    }
    return r->first_event == r->last_event
               ? arena_printf(a, "The files were imported: event %llu of the audit trail.",
                              (unsigned long long)r->first_event)
               : arena_printf(a, "The files were imported: events %llu to %llu of the audit trail.",
                              (unsigned long long)r->first_event,
                              (unsigned long long)r->last_event);
}

static bool run_import(struct visit *v, struct err *e)
{
    struct importing x = {.visit = v};
    const char *confirm = visit_posted(v, "confirm");
    if (v->req->method != HTTP_POST) {
        return show(&x, NULL, NULL, e);
    }
    x.confirmed = confirm[0] != '\0';
    bool ready = x.confirmed ? upload_find(v->arena, v->caller.account, v->organisation, confirm,
                                           &x.upload, e)
                             : take_files(&x, e);
    bool good = ready && visit_write(v, work_import, &x, e);
    if (e->kind == ERR_INPUT || e->kind == ERR_USAGE) {
        const char *why = edit_whole_fault(v->arena, e)->text;
        x.reported = false;
        x.upload.digest = NULL;
        return show(&x, why, NULL, e);
    }
    if (e->kind != ERR_NONE) {
        return false;
    }
    if (good || (x.reported && x.report.refused > 0)) {
        upload_forget(v->arena, &x.upload);
    }
    return show(&x, NULL, good ? done_words(v->arena, &x.report) : NULL, e);
}

const struct action_route import_actions[] = {
    {"/{org}/import", METHODS_FORM, DUTY_IMPORT, true, 0, UPLOAD_BYTES_MAX + (1 << 20), "",
     run_import, "import.html",
     "Importing files of the council folder: a trial first, then the very same bytes."},
};
const size_t import_action_count = sizeof import_actions / sizeof import_actions[0];
