#include "domain/people.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "domain/people_event.h"
#include "store/audit.h"

enum { EVENT_MAX = 1 << 16, DAY_SECONDS = 86400 };

const char *people_time(struct arena *a, int64_t seconds)
{
    if (seconds == 0) {
        return NULL;
    }
    int of_day = (int)(seconds % DAY_SECONDS);
    return arena_printf(a, "%sT%02d:%02d:%02dZ", day_text(a, (day)(seconds / DAY_SECONDS)),
                        of_day / 3600, of_day / 60 % 60, of_day % 60);
}

static void put_value(struct buf *b, const char *salt, const char *kind,
                      const struct people_field *f, const char *text)
{
    if (text == NULL) {
        buf_text(b, "null");
        return;
    }
    if (!f->private) {
        json_put_text(b, text);
        return;
    }
    char hex[DIGEST_HEX + 1];
    struct digest *d = digest_new(b->arena);
    const char *line = arena_printf(b->arena, "%s|%s.%s|%s", salt, kind, f->name, text);
    digest_put(d, line, strlen(line));
    digest_end(d, hex);
    buf_printf(b, "{\"sha256\":\"%s\"}", hex);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static const char *changes_of(struct arena *a, const char *salt, const struct people_event *event)
{
    struct buf b = buf_new(a, EVENT_MAX);
    buf_char(&b, '{');
    bool first = true;
    for (size_t i = 0; i < event->field_count; i++) {
        const struct people_field *f = &event->fields[i];
        if (!same(f->before, f->after)) {
            buf_text(&b, first ? "" : ",");
            json_put_text(&b, f->name);
            buf_text(&b, ":[");
            put_value(&b, salt, event->kind, f, f->before);
            buf_char(&b, ',');
            put_value(&b, salt, event->kind, f, f->after);
            buf_char(&b, ']');
            first = false;
        }
    }
    buf_char(&b, '}');
    return buf_cstr(&b);
}

static const char *key_of(struct arena *a, const struct people_event *event)
{
    struct buf b = buf_new(a, EVENT_MAX);
    for (size_t i = 0; i < COUNT_OF(event->key) && event->key[i] != NULL; i++) {
        buf_char(&b, i == 0 ? '[' : ',');
        json_put_text(&b, event->key[i]);
    }
    buf_char(&b, ']');
    return buf_cstr(&b);
}

bool people_event(const struct people_act *act, const struct people_event *event, struct err *e)
{
    const char *salt = NULL;
    if (!store_audit_salt(act->db, act->arena, true, &salt, e)) {
        return false;
    }
    struct audit_event line = {.at = people_time(act->arena, act->now),
                               .actor = act->actor,
                               .session = act->session == NULL ? "" : act->session,
                               .action = event->action,
                               .organisation = "",
                               .kind = event->kind,
                               .key = key_of(act->arena, event),
                               .changes = changes_of(act->arena, salt, event),
                               .reason = act->reason == NULL ? "" : act->reason,
                               .digest = ""};
    return store_audit_append(act->db, act->arena, &line, 1, e);
}
