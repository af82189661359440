#include "domain/audit.h"

#include <string.h>

#include "domain/audit_people.h"
#include "domain/audit_rows.h"

enum { LINE_MAX_BYTES = 64 << 20 };

void audit_fault(struct audit_check *c, uint64_t seq, const char *what)
{
    if (c->verdict.whole || seq < c->verdict.seq) {
        c->verdict.whole = false;
        c->verdict.seq = seq;
        c->verdict.what = what;
    }
}

// ---- the chain ----

static bool check_links(struct audit_check *c, const struct audit_event *event,
                        const struct audit_head *last)
{
    struct arena *a = c->arena;
    unsigned long long seq = event->seq;
    if (event->seq != last->seq + 1) {
        audit_fault(c, last->seq + 1,
                    arena_printf(a, "event %llu is not there: %llu follows event %llu",
                                 (unsigned long long)last->seq + 1, seq,
                                 (unsigned long long)last->seq));
        return false;
    }
    if (strcmp(event->previous, last->hash) != 0) {
        audit_fault(c, event->seq,
                    arena_printf(a,
                                 "event %llu does not follow the one before it: its previous is "
                                 "%s, but the hash before it is %s",
                                 seq, event->previous, last->hash));
        return false;
    }
    return true;
}

static bool check_hash(struct audit_check *c, const struct audit_event *event,
                       struct audit_head *last)
{
    c->text.length = 0;
    audit_line(&c->text, event, false);
    digest_put(c->digest, c->text.text, c->text.length);
    digest_end(c->digest, last->hash);
    last->seq = event->seq;
    if (strcmp(event->hash, last->hash) != 0) {
        audit_fault(c, event->seq,
                    arena_printf(c->arena,
                                 "event %llu was changed: its hash is %s, but what it says gives "
                                 "%s",
                                 (unsigned long long)event->seq, event->hash, last->hash));
        return false;
    }
    return true;
}

static bool check_anchors(struct audit_check *c, const struct audit_head *last)
{
    for (size_t i = 0; i < c->anchor_count; i++) {
        const struct audit_anchor *anchor = &c->anchors[i];
        if (anchor->seq == last->seq && strcasecmp(anchor->hash, last->hash) != 0) {
            audit_fault(c, last->seq,
                        arena_printf(c->arena,
                                     "event %llu is not the one whose head was written down: its "
                                     "hash is %s, the head's %s",
                                     (unsigned long long)last->seq, last->hash, anchor->hash));
            return false;
        }
    }
    return true;
}

static void check_end(struct audit_check *c, const struct audit_head *last)
{
    for (size_t i = 0; i < c->anchor_count; i++) {
        if (c->anchors[i].seq > last->seq) {
            audit_fault(c, last->seq + 1,
                        arena_printf(c->arena,
                                     "event %llu is not there: the trail ends at %llu, but a head "
                                     "of event %llu was written down",
                                     (unsigned long long)last->seq + 1,
                                     (unsigned long long)last->seq,
                                     (unsigned long long)c->anchors[i].seq));
        }
    }
}

// Every event to the first that is broken: nothing behind that one can be trusted.
static bool check_chain(struct audit_check *c)
{
    struct audit_reader r;
    struct audit_head last = {0};
    memset(last.hash, '0', DIGEST_HEX);
    if (!store_audit_start(&r, c->db, 1, c->err)) {
        return false;
    }
    enum db_step step = DB_DONE;
    while ((step = store_audit_next(&r, c->err)) == DB_ROW) {
        if (!check_links(c, &r.event, &last) || !check_hash(c, &r.event, &last) ||
            !check_anchors(c, &last)) {
            break;
        }
        audit_rows_expect(c, &r.event);
    }
    store_audit_end(&r);
    if (c->verdict.whole) {
        check_end(c, &last);
    }
    c->verdict.events = last.seq;
    c->verdict.head = last;
    return step != DB_FAULT;
}

static bool check_all(struct audit_check *c)
{
    if (!store_organisations(c->db, c->arena, &c->organisations, &c->organisation_count, c->err) ||
        !store_audit_salt(c->db, c->arena, false, &c->salt, c->err) || !check_chain(c)) {
        return false;
    }
    return !c->verdict.whole || (audit_rows_check(c) && audit_people_check(c));
}

bool audit_verify(struct db *db, struct arena *a, const struct audit_anchor *anchors,
                  size_t anchor_count, struct audit_verdict *out, struct err *e)
{
    struct audit_check c = {.db = db,
                            .arena = a,
                            .err = e,
                            .anchors = anchors,
                            .anchor_count = anchor_count,
                            .digest = digest_new(a),
                            .text = buf_new(a, LINE_MAX_BYTES),
                            .expected = grow_new(a, sizeof(struct audit_expected)),
                            .verdict = {.whole = true}};
    if (!db_begin_read(db, e)) {
        return false;
    }
    bool good = check_all(&c);
    db_rollback(db);
    *out = c.verdict;
    return good;
}
