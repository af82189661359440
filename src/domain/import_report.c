#include <string.h>

#include "domain/import_run.h"

enum { FOUND_SHOWN = 60 }; // bytes of a long cell that a message repeats

struct import_file *import_file_of(struct import_run *run, const struct import_source *s)
{
    return &((struct import_file *)run->files.items)[s->file];
}

// The start of a long cell, cut between characters, its line ends made blanks.
static const char *shown(struct arena *a, struct slice found)
{
    size_t length = found.length;
    bool cut = length > FOUND_SHOWN;
    if (cut) {
        length = FOUND_SHOWN;
        while (length > 0 && ((unsigned char)found.text[length] & 0xc0) == 0x80) {
            length--;
        }
    }
    char *text = arena_alloc(a, length + 4);
    for (size_t i = 0; i < length; i++) {
        text[i] = (unsigned char)found.text[i] < ' ' ? ' ' : found.text[i];
    }
    if (cut) {
        memcpy(text + length, "\xe2\x80\xa6", 3);
    }
    return text;
}

bool import_refuse(struct import_run *run, const struct import_source *s, size_t row,
                   const char *column, struct slice found, const char *why)
{
    run->refused++;
    import_file_of(run, s)->refused++;
    if (run->refusals.count < IMPORT_REFUSALS_LISTED) {
        struct import_refusal *r = grow_add(&run->refusals);
        r->file = s->name;
        r->row = row;
        r->column = arena_text(run->arena, column);
        r->found = found.text == NULL ? NULL : shown(run->arena, found);
        r->why = arena_text(run->arena, why);
    }
    return false;
}

bool import_refuse_cell(struct import_run *run, const struct import_row *r, int column,
                        const char *why)
{
    return import_refuse(run, r->source, r->row, import_header_of(r->source, column),
                         import_cell(r, column), why);
}

bool import_is_full(const struct import_run *run)
{
    return run->refused >= IMPORT_REFUSALS_MAX;
}

void import_progress(struct import_run *run, const char *doing, size_t done)
{
    run->work_done += done;
    if (run->options->progress != NULL && run->work_all > 0) {
        size_t most = run->work_done > run->work_all ? run->work_all : run->work_done;
        run->options->progress(run->options->progress_context, doing,
                               (int)(most * 1000 / run->work_all));
    }
}

const char *import_refusal_text(struct arena *a, const struct import_refusal *r)
{
    struct buf b = buf_new(a, 1 << 16);
    buf_text(&b, r->file);
    if (r->row > 0) {
        buf_text(&b, ", row ");
        buf_int(&b, (int64_t)r->row);
    }
    if (r->column != NULL) {
        buf_text(&b, ", column ");
        buf_text(&b, r->column);
    }
    buf_text(&b, ": ");
    if (r->found != NULL && r->found[0] != '\0') {
        buf_char(&b, '"');
        buf_text(&b, r->found);
        buf_text(&b, "\" ");
    }
    buf_text(&b, r->why);
    buf_char(&b, '.');
    return buf_cstr(&b);
}
