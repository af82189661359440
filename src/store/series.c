#include "store/series.h"

#include <string.h>

enum { FIRST_ROOM = 64 };

static const char LAST_TEXT[] = "\xf4\x8f\xbf\xbf"; // U+10FFFF: behind every code

static bool is_same(const struct db_value *cell, const char *text, size_t length)
{
    return cell->length == length && memcmp(cell->text, text, length) == 0;
}

static bool damaged(const struct series *s)
{
    return err_set(s->err, ERR_SYSTEM,
                   "The record holds a %s of measure \"%s\" that cannot be read; put back the last "
                   "backup, or import the file it came from again.",
                   s->kind->what, s->measure);
}

static void hand_over(struct series *s)
{
    if (s->count > 0) {
        s->kind->take(s, s->rows, s->count);
        s->count = 0;
    }
}

static void start_series(struct series *s, const struct db_value *measure,
                         const struct db_value *part)
{
    hand_over(s);
    if (s->measure == NULL || !is_same(measure, s->measure, s->measure_length)) {
        s->measure = arena_textn(s->arena, measure->text, measure->length);
        s->measure_length = measure->length;
    }
    s->part = part->length == 0 ? "" : arena_textn(s->arena, part->text, part->length);
    s->part_length = part->length;
}

static void *next_row(struct series *s)
{
    if (s->count == s->room) {
        s->rows = arena_grow(s->arena, s->rows, s->room, s->room * 2, s->kind->row);
        s->room *= 2;
    }
    return memset(s->rows + s->count++ * s->kind->row, 0, s->kind->row);
}

static bool take_row(struct series *s, const struct db_value *cells)
{
    enum { MEASURE, PART }; // the first two columns of both kinds
    if (s->measure == NULL || !is_same(&cells[PART], s->part, s->part_length) ||
        !is_same(&cells[MEASURE], s->measure, s->measure_length)) {
        start_series(s, &cells[MEASURE], &cells[PART]);
    }
    return s->kind->read(s, cells, next_row(s)) || damaged(s);
}

// Called from within the engine, over which nobody may jump when memory runs out.
static bool try_row(void *context, const struct db_value *cells)
{
    struct series *s = context;
    if (ARENA_TRAP(s->arena)) {
        s->out_of_memory = true;
        return false;
    }
    return take_row(s, cells);
}

static bool scan(struct series *s, struct db_statement *statement, struct err *e)
{
    struct arena_trap outer;
    arena_trap_aside(s->arena, &outer);
    bool good = db_scan(statement, try_row, s, e);
    arena_trap_back(s->arena, &outer);
    if (s->out_of_memory) {
        arena_give_up(s->arena);
    }
    return good;
}

bool series_scan(struct series *s, struct db *db, struct arena *a, const struct store_scope *scope,
                 struct err *e)
{
    s->arena = a;
    s->err = e;
    s->year_start = scope->year_start;
    s->periods = ARENA_ARRAY(a, SERIES_PERIODS, struct series_period);
    s->room = FIRST_ROOM;
    s->rows = arena_array(a, s->room, s->kind->row);
    struct db_statement *statement = NULL;
    if (!statement_prepare(db, STATEMENT_SCAN_BETWEEN, descriptor_of(s->kind->kind), &statement,
                           e)) {
        return false;
    }
    db_bind_text(statement, 1, scope->organisation);
    db_bind_text(statement, 2, scope->from == NULL ? "" : scope->from);
    db_bind_text(statement, 3, scope->to == NULL ? LAST_TEXT : scope->to);
    if (!scan(s, statement, e)) {
        return false;
    }
    hand_over(s);
    return true;
}

const char *series_text(struct series *s, const struct db_value *cell, struct series_last *last)
{
    if (cell->text == NULL) {
        return NULL;
    }
    if (last->text == NULL || !is_same(cell, last->text, last->length)) {
        last->text = arena_textn(s->arena, cell->text, cell->length);
        last->length = cell->length;
    }
    return last->text;
}

bool series_dec(const struct db_value *cell, struct dec *out)
{
    if (cell->text == NULL) {
        *out = DEC_NONE;
        return true;
    }
    return dec_parse(cell->text, cell->length, out);
}

static uint32_t hash(const char *text, size_t length)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    }
    return h ^ h >> 15;
}

// The slot of a period id, filled when it is new; NULL when it is no id, or the table is too full
// of others.
static struct series_period *find_slot(struct series *s, const struct db_value *id)
{
    enum { TRIES = 8 };
    uint32_t slot = hash(id->text, id->length) % SERIES_PERIODS;
    for (int tries = 0; tries < TRIES; tries++, slot = (slot + 1) % SERIES_PERIODS) {
        struct series_period *p = &s->periods[slot];
        if (p->id == NULL) {
            if (!period_parse_id(id->text, id->length, s->year_start, &p->period)) {
                return NULL;
            }
            p->id = arena_textn(s->arena, id->text, id->length);
            p->length = id->length;
        }
        if (is_same(id, p->id, p->length)) {
            return p;
        }
    }
    return NULL;
}

bool series_period(struct series *s, const struct db_value *id, struct period *out)
{
    if (id->text == NULL) {
        return false;
    }
    struct series_period *before = s->last_period;
    struct series_period *p = before == NULL ? NULL : before->after;
    if (p == NULL || !is_same(id, p->id, p->length)) {
        p = find_slot(s, id);
        if (p == NULL) {
            return period_parse_id(id->text, id->length, s->year_start, out);
        }
        if (before != NULL) {
            before->after = p;
        }
    }
    s->last_period = p;
    *out = p->period;
    return true;
}

// The date that a cell begins with, read once for all rows in which it is the same.
static day date_of(struct series *s, const struct db_value *cell, struct series_last *last)
{
    const char *before = last->text;
    const char *text = series_text(s, cell, last);
    if (text != before) {
        day date = DAY_NONE;
        bool read = cell->length >= 10 && day_parse(text, 10, &date);
        last->date = read ? date : DAY_NONE;
    }
    return last->date;
}

day series_day(struct series *s, const struct db_value *cell)
{
    return cell->text == NULL || cell->length != 10 ? DAY_NONE : date_of(s, cell, &s->own_date);
}

struct series_version series_version(struct series *s, const struct db_value *cells, day own)
{
    const struct db_value *of_version = cells + s->kind->columns;
    enum { NUMBER, RECORDED_AT, SUPERSEDED_AT };
    return (struct series_version){
        .number = (int32_t)of_version[NUMBER].integer,
        .current = of_version[SUPERSEDED_AT].text == NULL,
        .known_from =
            own != DAY_NONE ? own : date_of(s, &of_version[RECORDED_AT], &s->recorded_at)};
}
