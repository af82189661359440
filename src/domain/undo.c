#include "domain/undo.h"

#include <string.h>

#include "base/grow.h"
#include "base/json_read.h"

static bool same(const char *a, const char *b)
{
    return (a == NULL ? b == NULL || b[0] == '\0' : b == NULL ? a[0] == '\0' : strcmp(a, b) == 0);
}

// ---- what a step changed ----

static void add(struct grow *g, const struct descriptor *d, int column, const char *before,
                const char *after)
{
    bool hidden = d->columns[column].private;
    struct undo_field *f = grow_add(g);
    *f = (struct undo_field){column, hidden, hidden ? NULL : before, hidden ? NULL : after};
}

static void read_versions(struct grow *g, const struct descriptor *d, const struct audit_step *s,
                          const struct audit_step *before)
{
    for (size_t c = 0; c < d->count; c++) {
        const char *was = before == NULL ? NULL : before->cells[c];
        if (!same(was, s->cells[c])) {
            add(g, d, (int)c, was, s->cells[c]);
        }
    }
}

static bool read_changes(struct grow *g, const struct descriptor *d, const char *changes,
                         struct err *e)
{
    const struct json *all = NULL;
    if (!json_read(g->arena, changes, strlen(changes), &all, e)) {
        return false;
    }
    for (const struct json *m = all->first; m != NULL; m = m->next) {
        int c = descriptor_column(d, m->name);
        if (c >= 0 && m->kind == JSON_ROW && m->count == 2) {
            add(g, d, c, m->first->text, m->first->next->text);
        }
    }
    return true;
}

bool undo_read(struct arena *a, const struct descriptor *d, const struct audit_step *steps,
               size_t count, size_t at, struct undo_told *out, struct err *e)
{
    (void)count;
    struct grow g = grow_new(a, sizeof(struct undo_field));
    const struct audit_step *s = &steps[at];
    bool versions = s->cells != NULL;
    if (versions) {
        read_versions(&g, d, s, at == 0 ? NULL : &steps[at - 1]);
    } else if (!read_changes(&g, d, s->changes, e)) {
        return false;
    }
    bool made = versions ? at == 0 : strcmp(s->action, "create") == 0;
    bool gone = strcmp(s->action, "retire") == 0;
    *out = (struct undo_told){made ? UNDO_MADE : gone ? UNDO_GONE : UNDO_CHANGED, g.items, g.count};
    return true;
}

// ---- taking it back ----

struct undo {
    struct arena *arena;
    const struct descriptor *kind;
    const struct audit_step *steps;
    size_t count, at;
    const struct undo_told *told;
    const struct door_row *now;
    const char **ret_why;
    struct err *err;
};

static bool refuse(const struct undo *u, const char *why)
{
    *u->ret_why = why;
    return false;
}

// The next step after `at` that touched the column; NULL when none did.
static bool later(const struct undo *u, int column, const struct audit_step **ret)
{
    *ret = NULL;
    for (size_t i = u->at + 1; i < u->count; i++) {
        struct undo_told told;
        if (!undo_read(u->arena, u->kind, u->steps, u->count, i, &told, u->err)) {
            return false;
        }
        for (size_t f = 0; f < told.count; f++) {
            if (told.fields[f].column == column) {
                *ret = &u->steps[i];
                return true;
            }
        }
    }
    return true;
}

static bool check_field(const struct undo *u, const struct undo_field *f)
{
    const struct column *c = &u->kind->columns[f->column];
    if (f->hidden) {
        return refuse(u, arena_printf(u->arena,
                                      "%s is private: the history says that it changed, and not "
                                      "what it was. Change it by hand.",
                                      c->label));
    }
    if (f->column == u->kind->known_from || same(u->now->cells[f->column], f->after)) {
        return true;
    }
    const struct audit_step *s = NULL;
    if (!later(u, f->column, &s)) {
        return false;
    }
    return refuse(u, s == NULL ? arena_printf(u->arena,
                                              "%s is something else by now. Look at it, and change "
                                              "it by hand.",
                                              c->label)
                               : arena_printf(u->arena,
                                              "%s was changed again on %.10s. Undo that change "
                                              "first, or change it by hand.",
                                              c->label, s->at));
}

// A row that went is made again from what its event kept of it.
static bool bring_back(const struct undo *u, struct door_change *out)
{
    const char **cells = ARENA_ARRAY(u->arena, u->kind->count, const char *);
    if (u->now->cells != NULL) {
        return refuse(u, "It has been added again since. Change it by hand.");
    }
    for (size_t i = 0; i < u->told->count; i++) {
        const struct undo_field *f = &u->told->fields[i];
        if (f->hidden) {
            return refuse(u, arena_printf(u->arena,
                                          "%s is private: the history has not kept it. Add it "
                                          "again by hand.",
                                          u->kind->columns[f->column].label));
        }
        cells[f->column] = f->before;
    }
    *out = (struct door_change){.action = WHO_CREATES, .kind = u->kind->kind, .cells = cells};
    return true;
}

static bool set_back(const struct undo *u, const char *day_text_, struct door_change *out)
{
    const struct descriptor *d = u->kind;
    const char **cells = ARENA_ARRAY(u->arena, d->count, const char *);
    bool *told = ARENA_ARRAY(u->arena, d->count, bool);
    if (u->now->cells == NULL) {
        return refuse(u, "It is no longer there. Undo the step that took it out first.");
    }
    for (size_t c = 0; c < d->count; c++) {
        cells[c] = u->now->cells[c];
    }
    for (size_t i = 0; i < u->told->count; i++) {
        const struct undo_field *f = &u->told->fields[i];
        if (!check_field(u, f)) {
            return false;
        }
        cells[f->column] = f->before;
        told[f->column] = true;
    }
    if (d->known_from >= 0) {
        cells[d->known_from] = day_text_;
        told[d->known_from] = true;
    }
    *out = (struct door_change){
        .action = WHO_CHANGES, .kind = d->kind, .cells = cells, .told = told, .seen = u->now->seen};
    return true;
}

bool undo_make(struct arena *a, const struct descriptor *d, const struct audit_step *steps,
               size_t count, size_t at, const struct door_row *now, const char *day_text_,
               struct door_change *out, const char **ret_why, struct err *e)
{
    struct undo_told told;
    *ret_why = NULL;
    if (!undo_read(a, d, steps, count, at, &told, e)) {
        return false;
    }
    struct undo u = {a, d, steps, count, at, &told, now, ret_why, e};
    if (told.what == UNDO_MADE) {
        return refuse(&u, "This step added it. To undo that, take it out.");
    }
    if (told.count == 0) {
        return refuse(&u, "This step changed nothing that could be set back.");
    }
    // Of kinds with versions a retirement is a version like any other.
    return told.what == UNDO_GONE && now->cells == NULL ? bring_back(&u, out)
                                                        : set_back(&u, day_text_, out);
}
