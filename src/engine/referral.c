#include "engine/referral.h"

#include <string.h>

// How many periods running, ending with `row`, had this status.
static int running(const struct referral_history *h, size_t row, enum status wanted)
{
    int count = 0;
    for (size_t i = row + 1; i > 0 && h->status[i - 1] == wanted; i--) {
        count++;
    }
    return count;
}

static bool off_often(const struct referral_history *h, const struct referral_how *how, size_t row,
                      struct referral *r)
{
    size_t window = (size_t)how->m < row + 1 ? (size_t)how->m : row + 1;
    r->seen = 0;
    r->of = (int)window;
    for (size_t i = row + 1 - window; i <= row; i++) {
        r->seen += h->status[i] == STATUS_OFF_TARGET;
    }
    return h->status[row] == STATUS_OFF_TARGET && r->seen >= how->n;
}

static bool fires(const struct referral_history *h, const struct referral_how *how, size_t row,
                  struct referral *r)
{
    r->seen = 1;
    switch (how->kind) {
    case REFERRAL_OFF_RUNNING:
        r->seen = running(h, row, STATUS_OFF_TARGET);
        return r->seen >= how->n;
    case REFERRAL_OFF_OFTEN: return off_often(h, how, row, r);
    case REFERRAL_WORSENING: return variation_is_concern(h->then[row].variation);
    case REFERRAL_FAILING: return h->then[row].assurance == ASSURANCE_FAIL;
    case REFERRAL_MISSING: r->seen = running(h, row, STATUS_MISSING); return r->seen >= how->n;
    case REFERRAL_NO_ACTION: return h->status[row] == STATUS_OFF_TARGET && !h->acting[row];
    default: return false;
    }
}

static bool recovers(const struct referral_history *h, const struct referral_how *how, size_t row)
{
    enum status s = h->status[row];
    enum variation v = h->then[row].variation;
    enum assurance a = h->then[row].assurance;
    switch (how->kind) {
    case REFERRAL_OFF_RUNNING:
    case REFERRAL_OFF_OFTEN:
        return s == STATUS_ON_TARGET || (how->ends_slightly_off && s == STATUS_SLIGHTLY_OFF);
    case REFERRAL_WORSENING: return v == VARIATION_COMMON_CAUSE || variation_is_improvement(v);
    case REFERRAL_FAILING: return a != ASSURANCE_NONE && a != ASSURANCE_FAIL;
    case REFERRAL_MISSING: return s != STATUS_MISSING && s != STATUS_NOT_DUE;
    default: return h->acting[row] || s == STATUS_ON_TARGET || s == STATUS_SLIGHTLY_OFF;
    }
}

// ---- noise ----

static void say(struct referral *r, enum referral_noise noise, enum referral_why why)
{
    r->noise = noise;
    r->why = why;
}

static bool level_shifted(const struct referral_history *h, size_t since, size_t until)
{
    for (size_t i = since + 1; i <= until; i++) {
        if (h->then[i].is_level_shift) {
            return true;
        }
    }
    return false;
}

// The row at which the measure itself was well again. An action ends a referral for want of one,
// but mends no figure by itself.
static size_t recovery_of(const struct referral_history *h, const struct referral_how *how,
                          const struct referral *r)
{
    size_t row = r->until;
    if (how->kind == REFERRAL_NO_ACTION) {
        for (row = r->since + 1; row < h->count; row++) {
            if (h->status[row] == STATUS_ON_TARGET || h->status[row] == STATUS_SLIGHTLY_OFF) {
                break;
            }
        }
    }
    return row;
}

// What became of a referral that opened within the usual variation.
static void judge_outcome(const struct referral_history *h, const struct referral_how *how,
                          struct referral *r)
{
    size_t last = r->since + REFERRAL_NOISE_WITHIN;
    size_t until = recovery_of(h, how, r);
    if (until >= h->count && last >= h->count) {
        say(r, NOISE_CANNOT_TELL, WHY_TOO_EARLY);
    } else if (until >= h->count || until > last) {
        say(r, NOISE_NO, WHY_NOT_RECOVERED);
    } else if (level_shifted(h, r->since, until)) {
        say(r, NOISE_NO, WHY_LEVEL_SHIFT);
    } else {
        say(r, NOISE_YES, WHY_NOISE);
    }
}

static void judge_noise(const struct referral_history *h, const struct referral_how *how,
                        struct referral *r)
{
    const struct referral_then *then = &h->then[r->since];
    if (!h->is_charted) {
        say(r, NOISE_CANNOT_TELL, WHY_NO_CHART);
    } else if (then->figures == 0) {
        say(r, NOISE_CANNOT_TELL, WHY_NO_FIGURE);
    } else if (then->variation == VARIATION_NONE) {
        say(r, NOISE_CANNOT_TELL, WHY_FEW_POINTS);
    } else if (then->variation != VARIATION_COMMON_CAUSE) {
        say(r, NOISE_NO, WHY_SPECIAL_CAUSE);
    } else if (then->assurance == ASSURANCE_NONE) {
        say(r, NOISE_CANNOT_TELL, WHY_NO_TARGET);
    } else if (then->assurance != ASSURANCE_INCONSISTENT) {
        say(r, NOISE_NO, then->assurance == ASSURANCE_FAIL ? WHY_OUT_OF_REACH : WHY_WITHIN_REACH);
    } else {
        judge_outcome(h, how, r);
    }
}

size_t referral_evaluate(const struct referral_history *h, const struct referral_how *how,
                         struct referral *ret)
{
    size_t count = 0;
    bool is_open = false;
    for (size_t i = h->first; i < h->count; i++) {
        if (is_open && recovers(h, how, i)) {
            ret[count - 1].until = i;
            is_open = false;
        }
        struct referral found = {.since = i, .until = h->count};
        if (!is_open && fires(h, how, i, &found)) {
            ret[count++] = found;
            is_open = true;
        }
    }
    for (size_t i = 0; i < count; i++) {
        judge_noise(h, how, &ret[i]);
    }
    return count;
}

// ---- words of files and commands ----

static const char *const kind_texts[] = {[REFERRAL_OFF_RUNNING] = "off_target_running",
                                         [REFERRAL_OFF_OFTEN] = "off_target_often",
                                         [REFERRAL_WORSENING] = "worsening",
                                         [REFERRAL_FAILING] = "failing",
                                         [REFERRAL_MISSING] = "missing_running",
                                         [REFERRAL_NO_ACTION] = "red_without_action"};

bool referral_kind_from_text(const char *text, enum referral_kind *out)
{
    for (size_t i = 0; text != NULL && i < REFERRAL_KINDS; i++) {
        if (strcmp(text, kind_texts[i]) == 0) {
            *out = (enum referral_kind)i;
            return true;
        }
    }
    return false;
}

const char *referral_kind_text(enum referral_kind k)
{
    return k < REFERRAL_KINDS ? kind_texts[k] : "";
}

const char *referral_noise_code(enum referral_noise n)
{
    static const char *const codes[] = {
        [NOISE_CANNOT_TELL] = "cannot_tell", [NOISE_NO] = "no", [NOISE_YES] = "yes"};
    return n < NOISE_COUNT ? codes[n] : "";
}

// "4": 1 to REFERRAL_PERIODS_MAX, without a leading nought; moves *at behind it.
static bool take_number(const char **at, int *out)
{
    int number = 0;
    const char *p = *at;
    if (*p == '0') {
        return false;
    }
    for (; *p >= '0' && *p <= '9' && number <= REFERRAL_PERIODS_MAX; p++) {
        number = number * 10 + (*p - '0');
    }
    *out = number;
    *at = p;
    return number >= 1 && number <= REFERRAL_PERIODS_MAX;
}

static bool take_word(const char **at, const char *word)
{
    size_t length = strlen(word);
    bool is_there = strncmp(*at, word, length) == 0;
    *at += is_there ? length : 0;
    return is_there;
}

static bool read_off_target(const char *at, struct referral_how *how)
{
    how->kind = REFERRAL_OFF_RUNNING;
    if (!take_number(&at, &how->n)) {
        return false;
    }
    if (take_word(&at, "/")) {
        how->kind = REFERRAL_OFF_OFTEN;
        if (!take_number(&at, &how->m) || how->n > how->m) {
            return false;
        }
    }
    how->ends_slightly_off = take_word(&at, ":slightly_off");
    return *at == '\0';
}

bool referral_read(const char *text, struct referral_how *out)
{
    struct referral_how how = {0};
    const char *at = text;
    bool is_read = false;
    if (take_word(&at, "off_target:")) {
        is_read = read_off_target(at, &how);
    } else if (take_word(&at, "missing:")) {
        how.kind = REFERRAL_MISSING;
        is_read = take_number(&at, &how.n) && *at == '\0';
    } else {
        is_read = referral_kind_from_text(text, &how.kind) &&
                  (how.kind == REFERRAL_WORSENING || how.kind == REFERRAL_FAILING ||
                   how.kind == REFERRAL_NO_ACTION);
    }
    if (is_read) {
        *out = how;
    }
    return is_read;
}
