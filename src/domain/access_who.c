// The door's question, answered: may this caller write this row, so?

#include <string.h>

#include "domain/access_refusal.h"
#include "domain/access_table.h"
#include "model/columns.h"

struct asking {
    struct arena *arena;
    const struct caller *caller;
    const char *organisation;
    struct facts facts;
};

struct question {
    struct asking *asking;
    const struct who_request *request;
    enum kind kind;
    const char *const *before, *const *after; // cells as texts, NULL: blank; NULL: no such side
};

// ---- grants ----

static bool has_duty(const struct caller *c, const struct grant *g, const char *organisation,
                     enum duty d)
{
    return access_grant_counts(g, organisation) &&
           (role_duties(g->role) & c->duties_limit & DUTY_BIT(d)) != 0;
}

static bool is_let_in(const struct caller *c)
{
    return c->account != NULL && !c->open_record && c->second_factor_done &&
           !c->must_change_password;
}

// A role that is bound to what is its person's own.
static bool owns_only(enum role r)
{
    return !access_reaches_others(r);
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

// What belongs to a measure, a risk or a project is theirs whose that is; what belongs to none is
// theirs whom it names. Whom a row names may change it where it stands, and not hang it elsewhere.
static bool is_own(const struct place *side, const struct place *before, const struct place *after)
{
    if (side->parent == NULL ? side->own : side->own_parent) {
        return true;
    }
    return before != NULL && after != NULL && before->own && after->own &&
           same(before->parent, after->parent);
}

// ---- one side of the row ----

struct sides {
    struct place before, after;
    bool has_before, has_after;
};

static bool holds(const struct question *q, enum duty d, const struct sides *s,
                  const struct place *side, struct refusal *why)
{
    const struct caller *c = q->asking->caller;
    bool own = is_own(side, s->has_before ? &s->before : NULL, s->has_after ? &s->after : NULL);
    for (size_t i = 0; i < c->grant_count; i++) {
        const struct grant *g = &c->grants[i];
        if (!has_duty(c, g, q->asking->organisation, d)) {
            continue;
        }
        why->elsewhere = true;
        if (!place_in_scope(&q->asking->facts, side, g)) {
            continue;
        }
        if (!owns_only(g->role) || own) {
            return true;
        }
        why->not_own = true;
    }
    return false;
}

// Whose unit a caller reads is told whom to ask there; nobody else is told its name.
static const char *unit_told(const struct question *q, const struct place *p)
{
    const struct caller *c = q->asking->caller;
    for (size_t i = 0; i < c->grant_count; i++) {
        const struct grant *g = &c->grants[i];
        if (p->unit != NULL && access_grant_counts(g, q->asking->organisation) &&
            g->role != ROLE_PUBLIC && place_in_scope(&q->asking->facts, p, g)) {
            return facts_cell(&q->asking->facts, KIND_UNIT, p->unit, UNIT_NAME);
        }
    }
    return NULL;
}

static struct sides sides_of(const struct question *q)
{
    struct facts *f = &q->asking->facts;
    const struct caller *c = q->asking->caller;
    struct sides s = {.has_before = q->before != NULL, .has_after = q->after != NULL};
    if (s.has_before) {
        s.before = place_of_row(f, c, q->kind, q->before, q->after);
    }
    if (s.has_after) {
        s.after = place_of_row(f, c, q->kind, q->after, q->before);
    }
    if (!s.has_before && (q->kind == KIND_MEASURE || q->kind == KIND_BOARD)) {
        // What is new has no place by its own code yet.
        s.after.measure = s.after.board = NULL;
    }
    return s;
}

static bool may_do(const struct question *q, enum duty d, int column, const char **ret_why)
{
    struct sides s = sides_of(q);
    struct refusal why = {.request = q->request, .duty = d, .column = column};
    bool before = !s.has_before || holds(q, d, &s, &s.before, &why);
    bool after = !s.has_after || holds(q, d, &s, &s.after, &why);
    if (before && after && !q->asking->facts.failed) {
        return true;
    }
    why.cells = before && s.has_after ? q->after : s.has_before ? q->before : q->after;
    why.unit = unit_told(q, before ? &s.after : &s.before);
    *ret_why = q->asking->facts.failed
                   ? "could not be checked: the record cannot be read just now; try again"
                   : access_refusal(q->asking->arena, q->asking->caller, &why);
    return false;
}

// ---- what it takes ----

static bool differs(const struct question *q, size_t column)
{
    return !same(q->before == NULL ? NULL : q->before[column],
                 q->after == NULL ? NULL : q->after[column]);
}

// Of a new row each field that is filled counts, of a changed one each that differs. A field is
// named where fields of the kind take different duties; else it is the row that is refused.
static bool may_fields(const struct question *q, enum duty of_row, unsigned *asked,
                       const char **ret_why)
{
    for (size_t i = 0; i < q->request->kind->count; i++) {
        enum duty d = access_of_field(q->kind, (int)i);
        if (!differs(q, i) || (*asked & DUTY_BIT(d)) != 0) {
            continue;
        }
        *asked |= DUTY_BIT(d);
        bool changed = q->before != NULL && access_of_kind(q->kind)->field_count > 0;
        if (!may_do(q, d, d != of_row || changed ? (int)i : -1, ret_why)) {
            return false;
        }
    }
    return true;
}

static bool may_row(const struct question *q, const char **ret_why)
{
    const struct access_kind *k = access_of_kind(q->kind);
    unsigned asked = 0;
    if (q->request->action == WHO_RETIRES) {
        return may_do(q, k->retire, -1, ret_why);
    }
    if (q->before == NULL) {
        asked = DUTY_BIT(k->create) | DUTY_BIT(k->change);
        if (!may_do(q, k->create, -1, ret_why)) {
            return false;
        }
    }
    if (!may_fields(q, k->change, &asked, ret_why)) {
        return false;
    }
    // A row that is sent as it stands changes nothing, but is not theirs to try.
    return asked != 0 || may_do(q, k->change, -1, ret_why);
}

// ---- the door's question ----

// Nothing need be read for whoever has every duty over the whole organisation.
static bool may_all(const struct question *q)
{
    unsigned wanted = access_kind_duties(q->kind), held = 0;
    const struct caller *c = q->asking->caller;
    for (size_t i = 0; i < c->grant_count && is_let_in(c); i++) {
        const struct grant *g = &c->grants[i];
        if (access_grant_counts(g, q->asking->organisation) && g->scope == SCOPE_ORGANISATION &&
            !owns_only(g->role)) {
            held |= role_duties(g->role);
        }
    }
    return (wanted & ~(held & c->duties_limit)) == 0;
}

static const char *const *texts_of(struct arena *a, const struct descriptor *d,
                                   const struct slice *cells)
{
    const char **made = cells == NULL ? NULL : ARENA_ARRAY(a, d->count, const char *);
    for (size_t c = 0; made != NULL && c < d->count; c++) {
        struct slice s = cells[c].text == NULL ? cells[c] : slice_trim(cells[c]);
        made[c] = s.text == NULL || s.length == 0 ? NULL : arena_textn(a, s.text, s.length);
    }
    return made;
}

// Of these the place of others is found.
static bool is_fact(enum kind kind)
{
    return kind == KIND_UNIT || kind == KIND_PERSON || kind == KIND_PLAN || kind == KIND_AIM ||
           kind == KIND_MEASURE || kind == KIND_RISK || kind == KIND_PROJECT;
}

static bool may_write(const struct who *who, const struct who_request *request,
                      const char **ret_why)
{
    // The context is ours, and open to change: `who` only passes it through.
    struct asking *x = (struct asking *)(uintptr_t)who->context;
    struct question q = {.asking = x, .request = request, .kind = request->kind->kind};
    if (may_all(&q) && strcmp(request->organisation, x->organisation) == 0) {
        return true;
    }
    q.before = texts_of(x->arena, request->kind, request->before);
    q.after = texts_of(x->arena, request->kind, request->after);
    if (!is_let_in(x->caller)) {
        struct refusal why = {.request = request, .duty = access_of_kind(q.kind)->change};
        *ret_why = access_refusal(x->arena, x->caller, &why);
        return false;
    }
    if (strcmp(request->organisation, x->organisation) != 0) {
        *ret_why = "is refused: it belongs to another organisation; open that one first";
        return false;
    }
    if (!may_row(&q, ret_why)) {
        return false;
    }
    if (is_fact(q.kind) && q.after != NULL && q.after[0] != NULL) {
        facts_allowed(&x->facts, q.kind, q.after);
    }
    return true;
}

bool access_touches(const struct who *who, const char *organisation, const struct descriptor *kind,
                    const char *const *cells)
{
    struct asking *x = (struct asking *)(uintptr_t)who->context;
    struct who_request row = {WHO_CHANGES, organisation, kind, NULL, NULL};
    struct question q = {x, &row, kind->kind, cells, cells};
    if (!is_let_in(x->caller) || strcmp(organisation, x->organisation) != 0) {
        return false;
    }
    unsigned wanted = access_kind_duties(kind->kind) | DUTY_BIT(DUTY_AUDIT);
    struct sides s = sides_of(&q);
    for (int d = 0; d < DUTY_COUNT; d++) {
        struct refusal ignored = {0};
        if ((wanted & DUTY_BIT(d)) != 0 && holds(&q, (enum duty)d, &s, &s.before, &ignored)) {
            return !x->facts.failed;
        }
    }
    return false;
}

bool access_who(struct db *db, struct arena *a, const struct caller *c, const char *organisation,
                struct who *out, struct err *e)
{
    (void)e; // nothing is read before it is asked for
    struct asking *x = ARENA_NEW(a, struct asking);
    x->arena = a;
    x->caller = c;
    x->organisation = arena_text(a, organisation);
    facts_start(&x->facts, db, a, x->organisation);
    *out = (struct who){.actor = c->account == NULL ? "the public" : c->account,
                        .session = c->session == NULL ? "" : c->session,
                        .in_part = access_visibility(a, c, x->organisation) != NULL,
                        .may = may_write,
                        .context = x};
    return true;
}
