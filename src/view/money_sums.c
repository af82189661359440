#include "view/money_sums.h"

#include <stdlib.h>
#include <string.h>

enum { SHARE_PLACES = 1 };

static void add(struct money_sum *sum, struct dec figure)
{
    sum->lines++;
    if (!figure.present) {
        return;
    }
    sum->total = sum->present == 0 ? figure : dec_add(sum->total, figure);
    sum->present++;
}

static int places_of(struct dec figure, int most)
{
    // Noughts after the point say nothing: a file may hold 1.20 beside 0.8.
    int places = figure.present ? dec_trim(figure).scale : 0;
    return places > most ? places : most;
}

const char *money_note_unit(struct arena *a, const char *note, const char **ret_rest)
{
    static const char pound[] = "£";
    if (ret_rest != NULL) {
        *ret_rest = note;
    }
    if (note == NULL || strncmp(note, pound, sizeof pound - 1) != 0) {
        return NULL;
    }
    size_t length = strcspn(note, " .,;:");
    // "£250,000 of it ..." is an amount, not a unit; "£000" is one.
    char first = note[sizeof pound - 1];
    if (first >= '1' && first <= '9') {
        return NULL;
    }
    if (ret_rest != NULL) {
        const char *rest = note + length;
        rest += strspn(rest, " .,;:");
        *ret_rest = rest[0] == '\0' ? NULL : rest;
    }
    return arena_textn(a, note, length);
}

// One unit for all, or none: figures of different units cannot stand in one column.
struct unit_finder {
    const char *unit;
    bool mixed;
    int lines;
};

static void find_unit(struct unit_finder *f, struct arena *a, const char *note)
{
    const char *unit = money_note_unit(a, note, NULL);
    if (unit == NULL || (f->lines > 0 && (f->unit == NULL || strcmp(f->unit, unit) != 0))) {
        f->mixed = true;
    }
    f->unit = unit;
    f->lines++;
}

struct dec money_variance(const struct budget *b)
{
    return dec_sub(b->actual.present ? b->actual : b->forecast, b->budget);
}

struct dec money_share(const struct money_kind *m, const struct budget *b)
{
    if (!b->budget.present || dec_sign(b->budget) < 0) {
        return DEC_NONE;
    }
    return dec_ratio(b->budget, m->base, 100, SHARE_PLACES);
}

static void check_shares(struct money_kind *m)
{
    int counted = 0;
    m->shares = DEC_NONE;
    for (size_t i = 0; i < m->count; i++) {
        struct dec share = money_share(m, m->lines[i]);
        if (share.present) {
            m->shares = counted == 0 ? share : dec_add(m->shares, share);
            counted++;
        }
    }
    // Each share is off by half a place at most.
    struct dec off = dec_abs(dec_sub(m->shares, dec_int(100)));
    m->shares_add_up = off.present && dec_cmp(off, dec_make(5 * (int64_t)counted, 2)) <= 0;
}

// The largest budget first; lines without one last.
static int largest_first(const void *left, const void *right)
{
    const struct budget *x = *(const struct budget *const *)left;
    const struct budget *y = *(const struct budget *const *)right;
    if (x->budget.present != y->budget.present) {
        return x->budget.present ? -1 : 1;
    }
    int order = x->budget.present ? dec_cmp(y->budget, x->budget) : 0;
    if (order != 0) {
        return order;
    }
    return x < y ? -1 : x > y ? 1 : 0; // as the record orders them
}

struct money_kind money_kind_of(const struct council *c, struct arena *a, const char *kind,
                                struct period year)
{
    struct money_kind m = {.kind = kind, .year = year};
    m.lines = ARENA_ARRAY(a, c->budget_count + 1, const struct budget *);
    struct unit_finder units = {0};
    struct money_sum base = {0};
    for (size_t i = 0; i < c->budget_count; i++) {
        const struct budget *b = &c->budgets[i];
        if (!period_equal(b->year, year) || b->kind == NULL || strcmp(b->kind, kind) != 0) {
            continue;
        }
        m.lines[m.count++] = b;
        find_unit(&units, a, b->note);
        const struct dec figures[] = {b->budget, b->forecast, b->actual, b->prior};
        for (size_t k = 0; k < COUNT_OF(figures); k++) {
            m.decimals = places_of(figures[k], m.decimals);
        }
        add(&m.budget, b->budget);
        add(&m.forecast, b->forecast);
        add(&m.actual, b->actual);
        add(&m.prior, b->prior);
        add(&m.variance, money_variance(b));
        if (b->budget.present && dec_sign(b->budget) > 0) {
            add(&base, b->budget);
        }
    }
    qsort(m.lines, m.count, sizeof(const struct budget *), largest_first);
    m.unit = units.mixed ? NULL : units.unit;
    m.base = base.total;
    check_shares(&m);
    return m;
}

// ---- savings ----

static bool parts_known(const struct saving *s)
{
    return s->delivered.present && s->on_track.present && s->at_risk.present &&
           s->undeliverable.present;
}

enum saving_check saving_check(const struct saving *s, struct dec *ret_difference)
{
    struct dec parts =
        dec_add(dec_add(s->delivered, s->on_track), dec_add(s->at_risk, s->undeliverable));
    struct dec difference = dec_sub(s->target, parts);
    *ret_difference = difference;
    if (!difference.present) {
        return SAVING_UNKNOWN;
    }
    return dec_sign(difference) == 0 ? SAVING_ADDS_UP : SAVING_DIFFERS;
}

static bool above_nought(struct dec d)
{
    return d.present && dec_sign(d) > 0;
}

enum saving_state saving_state(const struct saving *s)
{
    if (above_nought(s->undeliverable)) {
        bool all = s->target.present && dec_cmp(s->undeliverable, s->target) >= 0;
        return all ? SAVING_LOST : SAVING_PARTLY_LOST;
    }
    if (above_nought(s->at_risk)) {
        return SAVING_AT_RISK;
    }
    if (above_nought(s->on_track)) {
        return SAVING_ON_TRACK;
    }
    return above_nought(s->delivered) ? SAVING_DELIVERED : SAVING_NO_FIGURES;
}

static void add_saving(struct savings_sum *sum, const struct saving *s)
{
    sum->lines[sum->count++] = s;
    const struct dec figures[] = {s->target, s->delivered, s->on_track, s->at_risk,
                                  s->undeliverable};
    struct money_sum *sums[] = {&sum->target, &sum->delivered, &sum->on_track, &sum->at_risk,
                                &sum->undeliverable};
    for (size_t k = 0; k < COUNT_OF(figures); k++) {
        sum->decimals = places_of(figures[k], sum->decimals);
        add(sums[k], figures[k]);
    }
    add(s->one_off ? &sum->one_off : &sum->recurrent, s->target);
    struct dec difference;
    enum saving_check check = saving_check(s, &difference);
    sum->differ += check == SAVING_DIFFERS ? 1 : 0;
    sum->unknown += check == SAVING_UNKNOWN ? 1 : 0;
}

// What is lost first, what is delivered last.
static int worst_first(const void *left, const void *right)
{
    const struct saving *x = *(const struct saving *const *)left;
    const struct saving *y = *(const struct saving *const *)right;
    enum saving_state sx = saving_state(x), sy = saving_state(y);
    if (sx != sy) {
        return sx > sy ? -1 : 1;
    }
    return x < y ? -1 : x > y ? 1 : 0; // as the record orders them
}

struct savings_sum savings_sum_of(const struct council *c, struct arena *a, struct period year,
                                  bool up_to)
{
    struct savings_sum sum = {.lines = ARENA_ARRAY(a, c->saving_count + 1, const struct saving *)};
    struct unit_finder units = {0};
    for (size_t i = 0; i < c->saving_count; i++) {
        const struct saving *s = &c->savings[i];
        if (up_to ? s->year.end <= year.end : period_equal(s->year, year)) {
            add_saving(&sum, s);
            find_unit(&units, a, s->note);
        }
    }
    qsort(sum.lines, sum.count, sizeof(const struct saving *), worst_first);
    sum.unit = units.mixed ? NULL : units.unit;
    struct saving whole = {.target = sum.target.total,
                           .delivered = sum.delivered.total,
                           .on_track = sum.on_track.total,
                           .at_risk = sum.at_risk.total,
                           .undeliverable = sum.undeliverable.total};
    sum.whole = saving_check(&whole, &sum.difference);
    bool all_known = sum.count > 0;
    for (size_t i = 0; i < sum.count; i++) {
        all_known = all_known && sum.lines[i]->target.present && parts_known(sum.lines[i]);
    }
    if (!all_known) {
        sum.whole = SAVING_UNKNOWN;
    }
    return sum;
}
