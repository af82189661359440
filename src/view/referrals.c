#include "view/referrals.h"

#include "view/words.h"
#include "view/words_referral.h"

struct tables {
    struct tree *quarters, *referrals, *summary; // of what is not told: NULL
};

static void put_columns(struct tree *table, const char *const *columns, size_t count)
{
    // Key, title, "9" for a figure: three texts a column.
    for (size_t i = 0; i + 2 < count; i += 3) {
        tree_column(table, columns[i], columns[i + 1], columns[i + 2][0] == '9');
    }
}

static struct tree *quarters_table(struct tree *page)
{
    static const char *const columns[] = {
        "rule",  "Rule",           "",  "quarter", "Quarter",         "",
        "newly", "Newly referred", "9", "open",    "Open at its end", "9",
        "ended", "Ended",          "9"};
    struct tree *table = tree_table(page, "quarters", "quarters", "Referred, quarter by quarter");
    put_columns(table, columns, COUNT_OF(columns));
    return table;
}

static struct tree *referrals_table(struct tree *page, bool back_test)
{
    static const char *const columns[] = {"measure", "Measure", "",  "title",     "Title",   "",
                                          "rule",    "Rule",    "",  "since",     "Since",   "",
                                          "why",     "Why",     "",  "until",     "Until",   "",
                                          "periods", "Periods", "9", "months",    "Months",  "9",
                                          "noise",   "Noise",   "",  "noise_why", "Because", ""};
    struct tree *table = tree_table(page, "referrals", "referrals",
                                    back_test ? "What would have been referred" : "Referred now");
    put_columns(table, columns, COUNT_OF(columns));
    return table;
}

static struct tree *summary_table(struct tree *page)
{
    static const char *const columns[] = {"rule",
                                          "Rule",
                                          "",
                                          "looked_at",
                                          "Measures looked at",
                                          "9",
                                          "referrals",
                                          "Referrals",
                                          "9",
                                          "measures",
                                          "Measures referred",
                                          "9",
                                          "recovered",
                                          "Recovered",
                                          "9",
                                          "open",
                                          "Still open",
                                          "9",
                                          "retired",
                                          "Retired",
                                          "9",
                                          "most_open",
                                          "Most open at the end of a quarter",
                                          "9",
                                          "most_open_in",
                                          "In",
                                          "",
                                          "median_periods",
                                          "Median periods until the end",
                                          "9",
                                          "median_months",
                                          "Median months until the end",
                                          "9",
                                          "noise",
                                          "Noise",
                                          "9",
                                          "not_noise",
                                          "Not noise",
                                          "9",
                                          "cannot_tell",
                                          "Cannot tell",
                                          "9",
                                          "noise_share",
                                          "Noise, % of those that can be told",
                                          "9"};
    struct tree *table = tree_table(page, "summary", "summary", "In all");
    put_columns(table, columns, COUNT_OF(columns));
    return table;
}

static void put_period(struct page_request *q, struct tree *to, const char *key, struct period p)
{
    struct tree *map = tree_map(to, key);
    tree_text(map, "id", period_id(q->arena, p, q->council->year_start));
    tree_text(map, "title", words_period(q->arena, p, q->council->year_start));
}

static const char *until_id(struct page_request *q, const struct referred *r)
{
    return r->end == REFER_RECOVERED ? period_id(q->arena, r->until, q->council->year_start)
                                     : words_referral_until(q->arena, q->council, r);
}

static void put_referred(struct page_request *q, struct tree *row, const struct refer_rule *rule,
                         const struct referred *r)
{
    struct arena *a = q->arena;
    const struct council *c = q->council;
    tree_text(row, "measure", r->measure->code);
    tree_text(row, "title", r->measure->title);
    tree_text(row, "rule", rule->name);
    tree_text(row, "since", period_id(a, r->since, c->year_start));
    tree_text(row, "why", words_referral_why(a, c, r, &rule->how));
    tree_text(row, "until", until_id(q, r));
    tree_int(row, "periods", r->periods);
    tree_int(row, "months", r->months);
    tree_text(row, "noise", referral_noise_code(r->noise));
    tree_text(row, "noise_why", words_referral_noise_why(a, c, r));
    tree_text(row, "since_title", words_period_short(a, r->since, c->year_start));
    tree_text(row, "until_title", words_referral_until(a, c, r));
    tree_text(row, "length", words_referral_length(a, r));
    tree_text(row, "noise_word", words_referral_noise(r->noise));
    tree_text(row, "end",
              r->end == REFER_RECOVERED ? "recovered"
              : r->end == REFER_RETIRED ? "retired"
                                        : "open");
}

static void put_quarter(struct page_request *q, struct tree *row, const struct refer_rule *rule,
                        const struct refer_quarter *at)
{
    tree_text(row, "rule", rule->name);
    tree_text(row, "quarter", period_id(q->arena, at->quarter, q->council->year_start));
    tree_int(row, "newly", at->newly);
    tree_int(row, "open", at->open);
    tree_int(row, "ended", at->ended);
    tree_text(row, "quarter_title",
              words_period_short(q->arena, at->quarter, q->council->year_start));
}

// ---- sums ----

static const char *counted(struct page_request *q, const struct refer_summary *s)
{
    struct arena *a = q->arena;
    if (s->referrals == 0) {
        return "Nothing would have been referred.";
    }
    const char *most =
        s->most_open == 0
            ? "none open at the end of a quarter"
            : arena_printf(a, "at most %d open at the end of a quarter (first %s)", s->most_open,
                           words_period_short(a, s->most_open_in, q->council->year_start));
    return arena_printf(a, "%s of %s; %s.", words_count(a, s->referrals, "referral", "referrals"),
                        words_count(a, s->measures, "measure", "measures"), most);
}

static const char *lasted(struct page_request *q, const struct refer_summary *s)
{
    struct arena *a = q->arena;
    const char *still = arena_printf(a, "%d still open%s", s->open,
                                     s->retired == 0 ? ""
                                                     : arena_printf(a,
                                                                    ", %d of a measure that was "
                                                                    "retired first",
                                                                    s->retired));
    if (s->recovered == 0) {
        return arena_printf(a, "None has ended; %s.", still);
    }
    return arena_printf(a, "%d ended, at the median after %s %s (%s months); %s.", s->recovered,
                        dec_text(a, s->median_periods),
                        dec_equal(s->median_periods, dec_int(1)) ? "period" : "periods",
                        dec_text(a, s->median_months), still);
}

static struct dec noise_share(const struct refer_summary *s)
{
    return rollup_share(s->noise, s->noise + s->not_noise, 0);
}

static const char *noisy(struct page_request *q, const struct refer_summary *s)
{
    struct arena *a = q->arena;
    int told = s->noise + s->not_noise;
    if (told == 0) {
        return arena_printf(a, "Noise: cannot be told of any of the %d.", s->cannot_tell);
    }
    return arena_printf(a, "Noise: %d of the %d that can be told (%s%%); %d cannot be told.",
                        s->noise, told, dec_text(a, noise_share(s)), s->cannot_tell);
}

static void put_summary(struct page_request *q, struct tree *row, const struct refer_play *play)
{
    struct refer_summary s = refer_summarise(play, q->arena);
    tree_text(row, "rule", play->rule->name);
    tree_int(row, "looked_at", play->looked_at);
    tree_int(row, "referrals", s.referrals);
    tree_int(row, "measures", s.measures);
    tree_int(row, "recovered", s.recovered);
    tree_int(row, "open", s.open);
    tree_int(row, "retired", s.retired);
    tree_int(row, "most_open", s.most_open);
    tree_text(row, "most_open_in",
              s.most_open == 0 ? NULL
                               : period_id(q->arena, s.most_open_in, q->council->year_start));
    tree_number(row, "median_periods", s.median_periods, 1);
    tree_number(row, "median_months", s.median_months, 1);
    tree_int(row, "noise", s.noise);
    tree_int(row, "not_noise", s.not_noise);
    tree_int(row, "cannot_tell", s.cannot_tell);
    tree_number(row, "noise_share", noise_share(&s), 0);
    tree_text(row, "counted", counted(q, &s));
    tree_text(row, "lasted", s.referrals == 0 ? NULL : lasted(q, &s));
    tree_text(row, "noisy", s.referrals == 0 ? NULL : noisy(q, &s));
}

// ---- the whole ----

static void put_rule(struct page_request *q, struct tree *rules, const struct refer_play *play)
{
    const struct refer_rule *rule = play->rule;
    struct tree *map = tree_map(rules, NULL);
    tree_text(map, "rule", rule->name);
    tree_text(map, "title", rule->title);
    tree_text(map, "words", words_referral_rule(q->arena, &rule->how));
    tree_text(map, "exit", words_referral_exit(&rule->how));
    tree_text(map, "classes", rule->classes == 0 ? NULL : words_classes(q->arena, rule->classes));
    tree_int(map, "looked_at", play->looked_at);
    tree_text(map, "in_force_from", rule->from == DAY_NONE ? NULL : day_text(q->arena, rule->from));
}

// The quarters that any of the rules looked at.
static void put_span(struct page_request *q, struct tree *page, const struct refer_play *plays,
                     size_t count)
{
    struct period first = PERIOD_ABSENT, last = PERIOD_ABSENT;
    for (size_t i = 0; i < count; i++) {
        if (plays[i].quarter_count == 0) {
            continue;
        }
        struct period from = plays[i].quarters[0].quarter;
        struct period to = plays[i].quarters[plays[i].quarter_count - 1].quarter;
        first = first.kind == PERIOD_NONE || from.start < first.start ? from : first;
        last = last.kind == PERIOD_NONE || to.end > last.end ? to : last;
    }
    if (first.kind != PERIOD_NONE) {
        put_period(q, page, "from", first);
        put_period(q, page, "to", last);
    }
}

static void put_play(struct page_request *q, const struct tables *t, const struct refer_play *play)
{
    for (size_t i = 0; i < play->quarter_count && t->quarters != NULL; i++) {
        put_quarter(q, tree_row(t->quarters), play->rule, &play->quarters[i]);
    }
    for (size_t i = 0; i < play->count; i++) {
        if (t->summary != NULL || play->referred[i].end == REFER_OPEN) {
            put_referred(q, tree_row(t->referrals), play->rule, &play->referred[i]);
        }
    }
    if (t->summary != NULL) {
        put_summary(q, tree_row(t->summary), play);
    }
}

void view_referrals(struct page_request *q, struct tree *page, const struct refer_play *plays,
                    size_t count, bool back_test)
{
    tree_text(page, "organisation", q->council->name);
    tree_text(page, "notice", words_notice(q->arena, q->council));
    tree_bool(page, "back_test", back_test);
    put_span(q, page, plays, count);
    struct tree *rules = tree_list(page, "rules");
    struct tables t = {0};
    t.quarters = back_test ? quarters_table(page) : NULL;
    t.referrals = referrals_table(page, back_test);
    t.summary = back_test ? summary_table(page) : NULL;
    for (size_t i = 0; i < count; i++) {
        put_rule(q, rules, &plays[i]);
        put_play(q, &t, &plays[i]);
    }
}
