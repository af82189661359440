#include "view/measure_filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "view/parts.h"

static const char *const parameters[FILTER_FIELDS] = {
    [FILTER_TEXT] = "q",      [FILTER_STATUS] = "status", [FILTER_KIND] = "kind",
    [FILTER_CLASS] = "class", [FILTER_UNIT] = "unit",     [FILTER_OWNER] = "owner",
    [FILTER_STATE] = "state",
};

static const char *const sort_codes[SORT_COUNT] = {
    [SORT_STATUS] = "status", [SORT_CODE] = "code",   [SORT_TITLE] = "title",
    [SORT_TRAVEL] = "travel", [SORT_OWNER] = "owner", [SORT_LOOK] = "look",
};

const char *sort_code(enum measure_sort s)
{
    return sort_codes[s];
}

// ---- what is chosen ----

// Whether every word of `wanted` stands in one of the texts; all are folded already.
static bool holds_words(struct arena *a, const char *const *texts, size_t count, const char *wanted)
{
    for (const char *p = wanted; *p != '\0';) {
        p += strspn(p, " \t");
        size_t length = strcspn(p, " \t");
        if (length == 0) {
            break;
        }
        const char *word = arena_textn(a, p, length);
        bool found = false;
        for (size_t i = 0; i < count && !found; i++) {
            found = texts[i] != NULL && strstr(texts[i], word) != NULL;
        }
        if (!found) {
            return false;
        }
        p += length;
    }
    return true;
}

static const char *folded(struct arena *a, const char *text)
{
    if (text == NULL) {
        return NULL;
    }
    char *copy = arena_text(a, text);
    utf8_fold(text, copy);
    return copy;
}

static const bool *find_text(struct page_request *q, const char *text)
{
    const struct council *c = q->council;
    if (text == NULL) {
        return NULL;
    }
    bool *said = ARENA_ARRAY(q->arena, c->measure_count + 1, bool);
    const char *wanted = folded(q->arena, text);
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        const char *texts[] = {folded(q->arena, m->code), folded(q->arena, m->title),
                               folded(q->arena, m->definition)};
        said[i] = holds_words(q->arena, texts, COUNT_OF(texts), wanted);
    }
    return said;
}

static const int *find_look(struct page_request *q, const struct scope *s)
{
    int *look = ARENA_ARRAY(q->arena, q->council->measure_count + 1, int);
    size_t count = 0, total = 0;
    const struct reading **list = part_exceptions(q, s, SIZE_MAX, &count, &total);
    for (size_t i = 0; i < count; i++) {
        look[list[i]->measure->index] = (int)i + 1;
    }
    return look;
}

struct filter filter_read(struct page_request *q, const struct scope *s, unsigned fields,
                          enum measure_sort sort)
{
    struct filter f = {.fields = fields, .sort = sort};
    for (size_t i = 0; i < FILTER_FIELDS; i++) {
        f.value[i] = (fields & (1u << i)) == 0 ? NULL : page_query(q, parameters[i]);
    }
    const char *order = page_query(q, "sort");
    if (order == NULL && f.value[FILTER_STATUS] != NULL) {
        order = strcmp(f.value[FILTER_STATUS], "look") == 0 ? "status" : NULL; // worst first
    }
    for (size_t i = 0; order != NULL && i < SORT_COUNT; i++) {
        if (strcmp(order, sort_codes[i]) == 0) {
            f.sort = (enum measure_sort)i;
        }
    }
    f.said = find_text(q, f.value[FILTER_TEXT]);
    f.look = find_look(q, s);
    return f;
}

int filter_chosen(const struct filter *f)
{
    int count = 0;
    for (size_t i = 0; i < FILTER_FIELDS; i++) {
        count += i != FILTER_TEXT && f->value[i] != NULL ? 1 : 0;
    }
    return count;
}

// ---- whether a measure matches ----

static bool has_class(const struct measure *m, const char *word)
{
    return (strcmp(word, "corporate") == 0 && (m->classes & CLASS_CORPORATE) != 0) ||
           (strcmp(word, "service") == 0 && (m->classes & CLASS_SERVICE) != 0) ||
           (strcmp(word, "statutory") == 0 && (m->classes & CLASS_STATUTORY) != 0) ||
           (strcmp(word, "organisational") == 0 && (m->classes & CLASS_ORGANISATIONAL) != 0);
}

static bool is_in_unit(const struct measure *m, const char *code)
{
    enum { LEVELS_MAX = 64 }; // import refuses loops; the walk does not rely on it
    const struct unit *u = m->unit;
    for (int i = 0; u != NULL && i < LEVELS_MAX; i++, u = u->parent) {
        if (strcmp(u->code, code) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_in_state(const struct measure *m, const char *word)
{
    if (word == NULL) {
        return m->state != MEASURE_RETIRED;
    }
    return (m->state == MEASURE_LIVE && strcmp(word, "live") == 0) ||
           (m->state == MEASURE_DEVELOPMENT && strcmp(word, "development") == 0) ||
           (m->state == MEASURE_RETIRED && strcmp(word, "retired") == 0);
}

static bool field_matches(const struct filter *f, const struct reading *r, enum filter_field field)
{
    const struct measure *m = r->measure;
    const char *value = f->value[field];
    if (field == FILTER_STATE) {
        return (f->fields & (1u << FILTER_STATE)) == 0 || is_in_state(m, value);
    }
    if (value == NULL) {
        return true;
    }
    switch (field) {
    case FILTER_TEXT: return f->said[m->index];
    case FILTER_STATUS:
        return strcmp(value, "look") == 0 ? f->look[m->index] > 0
                                          : strcmp(status_code(r->status), value) == 0;
    case FILTER_KIND: return strcmp(m->contextual ? "contextual" : "performance", value) == 0;
    case FILTER_CLASS: return has_class(m, value);
    case FILTER_UNIT: return is_in_unit(m, value);
    case FILTER_OWNER: return m->owner != NULL && strcmp(m->owner->code, value) == 0;
    case FILTER_STATE:
    case FILTER_FIELDS: break;
    }
    return true;
}

bool filter_matches(const struct filter *f, const struct reading *r, enum filter_field except)
{
    for (int i = 0; i < FILTER_FIELDS; i++) {
        if (i != (int)except && !field_matches(f, r, (enum filter_field)i)) {
            return false;
        }
    }
    return true;
}

// ---- order ----

// A run of digits is compared as a number, all else letter by letter.
int code_compare(const char *left, const char *right)
{
    const char *x = left, *y = right;
    while (*x != '\0' && *y != '\0') {
        bool digits = *x >= '0' && *x <= '9' && *y >= '0' && *y <= '9';
        if (!digits) {
            if (*x != *y) {
                return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
            }
            x++;
            y++;
            continue;
        }
        x += strspn(x, "0");
        y += strspn(y, "0");
        size_t across = strspn(x, "0123456789"), down = strspn(y, "0123456789");
        int order = across == down ? strncmp(x, y, across) : across < down ? -1 : 1;
        if (order != 0) {
            return order;
        }
        x += across;
        y += down;
    }
    int order = (*x != '\0') - (*y != '\0');
    return order != 0 ? order : strcmp(left, right); // "NI 7" and "NI 07" are two codes
}

struct ordered {
    const struct reading *reading;
    enum measure_sort sort;
    int look; // place in what needs a look; INT32_MAX where it needs none
};

static int by_status(const struct ordered *x, const struct ordered *y)
{
    if (x->look != y->look) {
        return x->look < y->look ? -1 : 1;
    }
    return (int)x->reading->status - (int)y->reading->status;
}

static int by_travel(const struct ordered *x, const struct ordered *y)
{
    static const int place[] = {
        [TRAVEL_WORSE] = 0, [TRAVEL_SAME] = 1, [TRAVEL_IMPROVED] = 2, [TRAVEL_NOT_COMPARABLE] = 3};
    int order = place[x->reading->short_travel.travel] - place[y->reading->short_travel.travel];
    return order != 0
               ? order
               : place[x->reading->long_travel.travel] - place[y->reading->long_travel.travel];
}

// Measures nobody owns stand last.
static int by_owner(const struct ordered *x, const struct ordered *y)
{
    const struct person *mine = x->reading->measure->owner, *yours = y->reading->measure->owner;
    if (mine == NULL || yours == NULL) {
        return (mine == NULL) - (yours == NULL);
    }
    return strcmp(mine->name, yours->name);
}

static int in_order(const void *left, const void *right)
{
    const struct ordered *x = left, *y = right;
    const struct measure *m = x->reading->measure, *n = y->reading->measure;
    int order = 0;
    switch (x->sort) {
    case SORT_LOOK: // the place in what needs a look is by why already
    case SORT_STATUS: order = by_status(x, y); break;
    case SORT_TITLE: order = strcmp(m->title, n->title); break;
    case SORT_TRAVEL: order = by_travel(x, y); break;
    case SORT_OWNER: order = by_owner(x, y); break;
    case SORT_CODE:
    case SORT_COUNT: break;
    }
    return order != 0 ? order : code_compare(m->code, n->code);
}

const struct reading **filter_apply(struct page_request *q, const struct filter *f,
                                    const struct scope *s, size_t *ret_count)
{
    const struct reading *all = page_readings(q);
    struct ordered *found = ARENA_ARRAY(q->arena, s->count + 1, struct ordered);
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct reading *r = &all[s->measures[i]->index];
        if (filter_matches(f, r, FILTER_FIELDS)) {
            int look = f->look[r->measure->index];
            found[count++] = (struct ordered){r, f->sort, look > 0 ? look : INT32_MAX};
        }
    }
    qsort(found, count, sizeof *found, in_order);
    const struct reading **list = ARENA_ARRAY(q->arena, count + 1, const struct reading *);
    for (size_t i = 0; i < count; i++) {
        list[i] = found[i].reading;
    }
    *ret_count = count;
    return list;
}
