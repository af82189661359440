#include "domain/access_refusal.h"

#include <string.h>

#include "base/buf.h"
#include "domain/access_table.h"
#include "model/columns.h"

enum { SENTENCE_MAX = 4096 };

static const char *done_by(enum duty d)
{
    static const char *const words[DUTY_COUNT] = {
        [DUTY_ENTER] = "entered",   [DUTY_COMMENT] = "written", [DUTY_FORECAST] = "given",
        [DUTY_TARGET] = "agreed",   [DUTY_JUDGE] = "set",       [DUTY_DELIVER] = "kept",
        [DUTY_PLAN] = "kept",       [DUTY_DEFINE] = "set",      [DUTY_ORGANISE] = "kept",
        [DUTY_MONEY] = "kept",      [DUTY_APPROVE] = "settled", [DUTY_IMPORT] = "imported",
        [DUTY_ACCOUNTS] = "managed"};
    return words[d] == NULL ? "done" : words[d];
}

// "a head of service or a performance officer": the roles of the table that have the duty.
static void put_roles(struct buf *b, enum duty d)
{
    size_t count = 0, put = 0;
    for (int r = 0; r < ROLE_COUNT; r++) {
        count += (role_duties((enum role)r) & DUTY_BIT(d)) != 0 ? 1 : 0;
    }
    for (int r = 0; r < ROLE_COUNT; r++) {
        if ((role_duties((enum role)r) & DUTY_BIT(d)) != 0) {
            const char *title = role_title((enum role)r);
            buf_text(b, put == 0 ? "" : put + 1 == count ? " or " : ", ");
            buf_printf(b, "%s %s", strchr("aeiou", title[0]) != NULL ? "an" : "a", title);
            put++;
        }
    }
}

// What of a measure's things people call otherwise than the descriptor does.
static const char *thing_word(enum kind kind)
{
    switch (kind) {
    case KIND_OBSERVATION: return "figure";
    case KIND_OVERRIDE: return "status by judgement";
    case KIND_REBASE: return "step change";
    case KIND_MEASURE_AIM: return "place among the aims";
    default: return descriptor_of(kind)->name;
    }
}

static void put_subject(struct buf *b, const struct refusal *r)
{
    enum kind kind = r->request->kind->kind;
    const char *code = r->cells == NULL || r->cells[0] == NULL ? "?" : r->cells[0];
    if (r->column >= 0) {
        buf_printf(b, "the field \"%s\" of ", r->request->kind->columns[r->column].name);
    }
    if (r->request->kind->columns[0].type == COLUMN_CODE) {
        buf_printf(b, "the %s %s", thing_word(kind), code);
    } else {
        buf_printf(b, "the %s of %s", thing_word(kind), code);
    }
}

static void put_whom(struct buf *b, const struct refusal *r)
{
    bool head = (role_duties(ROLE_HEAD) & DUTY_BIT(r->duty)) != 0;
    if (head && r->unit != NULL) {
        buf_printf(b, "; ask the head of %s or a performance officer", r->unit);
    } else {
        buf_text(b, "; ask a performance officer");
    }
}

// What is wrong with whoever asks, before the row is looked at; NULL: nothing.
static const char *caller_fault(const struct caller *c, enum duty d)
{
    if (c->open_record) {
        return "nobody has an account here, so nothing can be changed this way; make the first "
               "account at the machine (goldthread user add)";
    }
    if (c->account == NULL) {
        return "you are not signed in; sign in first";
    }
    if (c->must_change_password) {
        return "your password must be changed first; choose a new one under Your account";
    }
    if (!c->second_factor_done) {
        return "your second factor has not been shown yet; sign in again and give its code";
    }
    return (c->duties_limit & DUTY_BIT(d)) == 0
               ? "this token was not made for it; make another token that is"
               : NULL;
}

const char *access_refusal(struct arena *a, const struct caller *c, const struct refusal *r)
{
    const char *fault = caller_fault(c, r->duty);
    if (fault != NULL) {
        return arena_printf(a, "is refused: %s", fault);
    }
    struct buf b = buf_new(a, SENTENCE_MAX);
    buf_text(&b, "is refused: ");
    put_subject(&b, r);
    if (r->not_own) {
        buf_text(&b, " is not your own: you are neither named for it nor owner or checker of the "
                     "measure");
    } else if (r->elsewhere) {
        buf_text(&b, " is not within what you may change");
    } else {
        buf_printf(&b, " is %s by ", done_by(r->duty));
        put_roles(&b, r->duty);
    }
    put_whom(&b, r);
    return buf_cstr(&b);
}
