#include "domain/door.h"

#include <string.h>

#include "domain/door_retire.h"
#include "domain/import_run.h"

// ---- one row as it stands ----

static struct slice slice_of(const char *text)
{
    return (struct slice){text, text == NULL ? 0 : strlen(text)};
}

static struct slice *slices(struct arena *a, const struct descriptor *d, const char *const *cells)
{
    struct slice *made = ARENA_ARRAY(a, d->count, struct slice);
    for (size_t c = 0; c < d->count; c++) {
        made[c] = slice_of(cells[c]);
    }
    return made;
}

static const char *const *texts(struct arena *a, const struct descriptor *d,
                                const struct slice *cells)
{
    const char **made = ARENA_ARRAY(a, d->count, const char *);
    for (size_t c = 0; c < d->count; c++) {
        made[c] = cells[c].length == 0 ? NULL : arena_textn(a, cells[c].text, cells[c].length);
    }
    return made;
}

bool door_read(struct db *db, struct arena *a, const char *organisation, enum kind kind,
               const char *const *key, struct door_row *out, struct err *e)
{
    const struct descriptor *d = descriptor_of(kind);
    struct store_row row = {0};
    bool found = false;
    const char *salt = NULL;
    if (!store_row(db, a, kind, organisation, key, &row, &found, e) ||
        !store_audit_salt(db, a, false, &salt, e)) {
        return false;
    }
    *out = (struct door_row){0};
    if (found) {
        const struct slice *cells = slices(a, d, row.cells);
        *out =
            (struct door_row){row.cells, row.version, trail_seen(a, salt, d, cells, row.version)};
    }
    return true;
}

// ---- a change becomes a row, as if a file had it ----

static void conflict_of(struct door *door, size_t number, const struct door_row *now,
                        const char *const *mine)
{
    door->answer->conflict = number;
    door->answer->now = now->cells;
    door->answer->mine = mine;
    (void)err_set(door->run.err, ERR_CONFLICT,
                  now->cells == NULL
                      ? "What you changed is no longer there; look at it again."
                      : "Somebody else changed this meanwhile; nothing of yours was kept. Compare "
                        "both and save again.");
}

static const char *blank_to_null(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : text;
}

// What the row would be: the fields told laid over what stands there.
static const char *const *laid_over(struct door *door, const struct door_change *change,
                                    const struct door_row *now)
{
    const struct descriptor *d = descriptor_of(change->kind);
    const char **cells = ARENA_ARRAY(door->run.arena, d->count, const char *);
    for (size_t c = 0; c < d->count; c++) {
        bool told =
            now->cells == NULL || change->told == NULL || change->told[c] || d->columns[c].key;
        cells[c] = told ? blank_to_null(change->cells[c]) : now->cells[c];
    }
    return cells;
}

static bool ask(struct door *door, const struct door_change *change, const struct door_row *now,
                const char *const *after)
{
    const struct descriptor *d = descriptor_of(change->kind);
    struct import_run *run = &door->run;
    const char *why = "may not be changed by you: ask your administrator";
    struct who_request request = {.action = change->action,
                                  .organisation = door->options->organisation,
                                  .kind = d,
                                  .before =
                                      now->cells == NULL ? NULL : slices(run->arena, d, now->cells),
                                  .after = after == NULL ? NULL : slices(run->arena, d, after)};
    return run->who->may(run->who, &request, &why) ||
           err_set(run->err, ERR_DENIED, "This %s %s.", d->name, why);
}

static void add_source(struct door *door, size_t number, const char *const *cells)
{
    const struct door_change *change = &door->changes[number];
    struct import_run *run = &door->run;
    struct import_source *s = ARENA_NEW(run->arena, struct import_source);
    struct import_told *told = ARENA_NEW(run->arena, struct import_told);
    *told =
        (struct import_told){change->action, slices(run->arena, descriptor_of(change->kind), cells),
                             change->seen, change->reason};
    s->run = run;
    s->kind = descriptor_of(change->kind);
    s->name = s->path = arena_text(run->arena, s->kind->file); // its own: list_refusals
    s->file = run->files.count;
    s->told = told;
    s->bytes = "";
    struct import_file *f = grow_add(&run->files);
    f->name = f->path = s->name;
    *(struct import_source **)grow_add(&run->tables[change->kind].sources) = s;
    door->sources[number] = s;
}

// Authorised before anything else is looked at; the row that results is asked for once more when
// it is written, in its canonical form.
static bool prepare(struct door *door, size_t number)
{
    const struct door_change *change = &door->changes[number];
    struct import_run *run = &door->run;
    struct door_row now = {0};
    if (change->action != WHO_CREATES &&
        !door_read(run->db, run->arena, door->options->organisation, change->kind, change->cells,
                   &now, run->err)) {
        return false;
    }
    const char *const *after = NULL;
    bool goes =
        change->action == WHO_RETIRES && !door_retired(door, change->kind, now.cells, &after);
    if (change->action != WHO_RETIRES) {
        after = laid_over(door, change, &now);
    }
    if (!ask(door, change, &now, after)) {
        return false;
    }
    bool moved = now.seen == NULL || change->seen == NULL || strcmp(now.seen, change->seen) != 0;
    if (change->action != WHO_CREATES && moved) {
        conflict_of(door, number, &now, after);
        return false;
    }
    if (goes) {
        return door_remove(door, number, &now);
    }
    add_source(door, number, after);
    return true;
}

// ---- the answer ----

static void list_refusals(struct door *door)
{
    struct import_run *run = &door->run;
    const struct import_refusal *from = run->refusals.items;
    struct door_refusal *list = ARENA_ARRAY(run->arena, run->refusals.count, struct door_refusal);
    for (size_t i = 0; i < run->refusals.count; i++) {
        list[i] = (struct door_refusal){0, from[i].column, from[i].found, from[i].why};
        for (size_t n = 0; n < door->count; n++) {
            // Each source has a text of its own for its name: add_source.
            if (door->sources[n] != NULL && door->sources[n]->name == from[i].file) {
                list[i].change = n;
            }
        }
    }
    door->answer->refusals = list;
    door->answer->refusal_count = run->refusals.count;
}

static bool explain(struct door *door)
{
    struct import_run *run = &door->run;
    list_refusals(door);
    if (run->denied != NULL) {
        return err_set(run->err, ERR_DENIED, "This %s.", run->denied);
    }
    if (run->conflict != NULL) {
        size_t number = 0;
        while (door->sources[number] != run->conflict) {
            number++;
        }
        const struct descriptor *d = run->conflict->kind;
        struct door_row now = {0};
        if (run->conflict_before != NULL) {
            now.cells = texts(run->arena, d, run->conflict_before);
        }
        conflict_of(door, number, &now, texts(run->arena, d, run->conflict_after));
        return false;
    }
    struct import_refusal first = *(const struct import_refusal *)run->refusals.items;
    size_t number = door->answer->refusals[0].change;
    first.file = descriptor_of(door->changes[number].kind)->name;
    first.row = 0;
    return err_set(run->err, ERR_INPUT, "%s", import_refusal_text(run->arena, &first));
}

static bool work(struct door *door)
{
    struct import_run *run = &door->run;
    if (!trail_start(&run->trail, run->db, run->arena, run->who, door->options->at, run->err)) {
        return false;
    }
    run->trail.organisation = door->options->organisation;
    run->organisation = door->options->organisation;
    for (size_t i = 0; i < door->count; i++) {
        if (!prepare(door, i)) {
            return false;
        }
    }
    return import_work(run) && (run->refused == 0 || explain(door));
}

static struct door *door_new(struct db *db, struct arena *a, const struct door_options *options,
                             const struct door_change *changes, size_t count,
                             struct door_answer *answer, struct err *e)
{
    struct door *door = ARENA_NEW(a, struct door);
    struct import_options *of_run = ARENA_NEW(a, struct import_options);
    *of_run = (struct import_options){
        .organisation = options->organisation, .now = options->at, .what = "change"};
    *answer = (struct door_answer){0};
    import_start(&door->run, db, a, of_run, e);
    door->run.who = options->who;
    door->run.told = true;
    door->options = options;
    door->changes = changes;
    door->count = count;
    door->answer = answer;
    door->sources = ARENA_ARRAY(a, count, struct import_source *);
    return door;
}

static void say_changed(struct door *door)
{
    door->answer->changed = true;
    door->answer->first_event = door->run.trail.first;
    door->answer->last_event = door->run.trail.first + door->run.trail.events.count - 1;
}

bool door_apply_within(struct db *db, struct arena *a, const struct door_options *options,
                       const struct door_change *changes, size_t count, struct door_answer *answer,
                       struct err *e)
{
    struct door *door = door_new(db, a, options, changes, count, answer, e);
    if (!work(door)) {
        return false;
    }
    if (door->run.changed) {
        say_changed(door);
    }
    return true;
}

bool door_apply(struct db *db, struct arena *a, const struct door_options *options,
                const struct door_change *changes, size_t count, struct door_answer *answer,
                struct err *e)
{
    struct door *door = door_new(db, a, options, changes, count, answer, e);
    if (!import_begin(&door->run)) {
        return false;
    }
    bool keep = work(door) && door->run.changed;
    if (!import_end(&door->run, keep) || !keep) {
        return e->kind == ERR_NONE;
    }
    say_changed(door);
    return true;
}
