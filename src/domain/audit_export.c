#include "domain/audit_export.h"

#include <stdio.h>

#include "base/csv.h"

enum { PIECE = 1 << 16, PIECE_MAX = 128 << 20 };

// Without the arena, which would grow with every event.
static void put_count(struct csv_writer *w, uint64_t count)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)count);
    csv_number(w, text);
}

static void put_csv(struct csv_writer *w, const struct audit_event *event)
{
    put_count(w, event->seq);
    csv_text(w, event->at);
    csv_text(w, event->actor);
    csv_text(w, event->session);
    csv_text(w, event->action);
    csv_text(w, event->organisation);
    csv_text(w, event->kind);
    csv_text(w, event->key);
    csv_text(w, event->changes);
    csv_text(w, event->reason);
    put_count(w, event->rows);
    csv_text(w, event->digest);
    csv_text(w, event->previous);
    csv_text(w, event->hash);
    csv_end_row(w);
}

static bool hand_over(struct buf *b, audit_take take, void *context, struct err *e)
{
    bool good = !b->full && (b->length == 0 || take(context, b->text, b->length));
    b->length = 0;
    return good || err_set(e, ERR_SYSTEM, "The audit trail could not be written out.");
}

static bool put_all(struct audit_reader *r, struct buf *b, bool csv, audit_take take, void *context,
                    struct err *e)
{
    struct csv_writer w = csv_writer(b, "\r\n", true);
    enum db_step step = DB_DONE;
    if (csv) {
        buf_text(b, "seq,at,actor,session,action,organisation,kind,key,changes,reason,rows,digest,"
                    "previous,hash\r\n");
    }
    while ((step = store_audit_next(r, e)) == DB_ROW) {
        if (csv) {
            put_csv(&w, &r->event);
        } else {
            audit_line(b, &r->event, true);
            buf_char(b, '\n');
        }
        if (b->length >= PIECE && !hand_over(b, take, context, e)) {
            return false;
        }
    }
    return step == DB_DONE && hand_over(b, take, context, e);
}

bool audit_export(struct db *db, struct arena *a, uint64_t from, bool csv, audit_take take,
                  void *context, struct err *e)
{
    struct audit_reader r;
    struct buf b = buf_new(a, PIECE_MAX);
    if (!store_audit_start(&r, db, from, e)) {
        return false;
    }
    bool good = put_all(&r, &b, csv, take, context, e);
    store_audit_end(&r);
    return good;
}

bool audit_head(struct db *db, struct audit_head *out, struct err *e)
{
    return store_audit_head(db, out, e);
}
