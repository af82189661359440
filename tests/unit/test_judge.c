// Judging a series as a whole says of every period what reading_of says of it alone: on random
// councils, on both examples, and on a council large enough to be shared out among threads.
#include <stdlib.h>
#include <string.h>

#include "domain/judging.h"
#include "domain/reading.h"
#include "domain/snapshot.h"
#include "fixture_reading.h"
#include "fixture_record.h"

enum { SERIES = 4000, FIRST_YEAR = 2009, YEARS = 6 };

static uint64_t seed = 20131004;

static uint32_t random_below(uint32_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % limit;
}

static bool one_in(uint32_t n)
{
    return random_below(n) == 0;
}

static struct dec random_value(void)
{
    return dec_make((int64_t)random_below(2000), (uint8_t)random_below(3));
}

static day random_day(void)
{
    return day_from_ymd(FIRST_YEAR, 1, 1) + (day)random_below(365 * YEARS);
}

static struct period random_period(enum period_kind frequency)
{
    static const enum period_kind others[] = {PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF,
                                              PERIOD_YEAR, PERIOD_CALENDAR_YEAR};
    enum period_kind kind = one_in(8) ? others[random_below(COUNT_OF(others))] : frequency;
    day d = random_day();
    if (kind == PERIOD_NONE || kind == PERIOD_SPAN || kind == PERIOD_YEARS) {
        return (struct period){PERIOD_SPAN, d, d + 40};
    }
    return period_of(kind, d, 4);
}

static int by_period(const void *left, const void *right)
{
    // The period is the first member of both.
    return period_compare(*(const struct period *)left, *(const struct period *)right);
}

// As the snapshot has them: by period, each once.
static size_t sort_once(void *rows, size_t count, size_t size)
{
    char *at = rows;
    qsort(rows, count, size, by_period);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || by_period(at + (kept - 1) * size, at + i * size) != 0) {
            memmove(at + kept++ * size, at + i * size, size);
        }
    }
    return kept;
}

static void put_figures(struct arena *a, const struct measure *m, struct series *s)
{
    static const enum marker markers[] = {MARKER_PROVISIONAL, MARKER_REVISED, MARKER_SUPPRESSED,
                                          MARKER_NOT_APPLICABLE, MARKER_MISSING};
    size_t count = random_below(30);
    struct figure *f = ARENA_ARRAY(a, count, struct figure);
    for (size_t i = 0; i < count; i++) {
        f[i] = (struct figure){.period = random_period(m->frequency), .known_from = DAY_NONE};
        if (!one_in(4)) {
            f[i].value = random_value();
        }
        if (one_in(2)) {
            f[i].numerator = random_value();
            f[i].denominator = one_in(10) ? dec_int(0) : random_value();
        }
        if (one_in(8)) {
            f[i].text = "Good";
            f[i].value = DEC_NONE;
        }
        if (one_in(6)) {
            f[i].marker = markers[random_below(COUNT_OF(markers))];
        }
    }
    s->figures = f;
    s->figure_count = sort_once(f, count, sizeof *f);
}

static void put_targets(struct arena *a, const struct measure *m, struct series *s)
{
    size_t count = one_in(4) ? 0 : random_below(25);
    struct target *t = ARENA_ARRAY(a, count, struct target);
    for (size_t i = 0; i < count; i++) {
        t[i] = (struct target){.period = random_period(one_in(4) ? PERIOD_YEAR : m->frequency)};
        if (one_in(3)) {
            t[i].lower = random_value();
            t[i].upper = dec_add(t[i].lower, random_value());
        } else {
            t[i].target = random_value();
        }
        t[i].amber = one_in(3) ? random_value() : DEC_NONE;
        t[i].green_within = one_in(9) ? random_value() : DEC_NONE;
        t[i].amber_within = one_in(9) ? random_value() : DEC_NONE;
    }
    s->targets = t;
    s->target_count = sort_once(t, count, sizeof *t);
}

static void put_overrides(struct arena *a, struct measure *m)
{
    size_t count = one_in(5) ? 3 : 0;
    struct override *o = ARENA_ARRAY(a, count, struct override);
    for (size_t i = 0; i < count; i++) {
        o[i] = (struct override){.period = random_period(m->frequency),
                                 .status = (enum status)random_below(STATUS_COUNT)};
    }
    m->overrides = o;
    m->override_count = count;
}

static struct measure *random_measure(struct council *c)
{
    static const char *const rules[] = {"ABS", "HELD", "JUDGE", "MET", "RNG",
                                        "STD", "TWO",  "YEAR",  NULL,  "GONE"};
    struct arena *a = c->arena;
    c->measure_count = 0; // the one before is done with
    struct measure *m = add_measure(c, "M", "number quarter sum higher");
    m->value_type = (enum value_type)random_below(VALUE_TEXT + 1);
    m->frequency = (enum period_kind)random_below(PERIOD_SPAN + 1);
    m->aggregation = (enum aggregation)random_below(AGGREGATE_RATIO + 1);
    m->polarity = (enum polarity)random_below(POLARITY_RANGE + 1);
    m->cumulative = one_in(4);
    m->decimals = (int)random_below(3);
    m->per = 1000;
    m->lag_days = (int)random_below(60);
    m->rule_code = rules[random_below(COUNT_OF(rules))];
    m->state = one_in(6) ? (enum measure_state)random_below(3) : MEASURE_LIVE;
    m->retired_on = one_in(2) ? random_day() : DAY_NONE;
    m->min_denominator = one_in(8) ? random_value() : DEC_NONE;
    struct series *s = (struct series *)(uintptr_t)m->series;
    s->part = one_in(5) ? "Dallow" : "";
    put_figures(a, m, s);
    put_targets(a, m, s);
    put_overrides(a, m);
    return m;
}

static bool same_result(const struct result *kept, const struct reading *r)
{
    return period_equal(kept->period, r->period) && dec_equal(kept->value, r->value) &&
           dec_equal(kept->target, r->why.goal) && kept->status == r->status &&
           kept->computed == r->why.status && kept->reason == r->why.reason &&
           kept->travel_short == r->short_travel.travel &&
           kept->travel_long == r->long_travel.travel;
}

static void check_results(const struct council *c, const struct measure *m, const struct series *s)
{
    for (size_t i = 0; i < s->result_count; i++) {
        const struct result *kept = &s->results[i];
        struct reading r = reading_of(c, m, s, kept->period);
        if (!same_result(kept, &r)) {
            fail_msg("measure %s, part \"%s\", %s: kept as %s, reading %s", m->code, s->part,
                     period_id(c->arena, kept->period, c->year_start), status_code(kept->status),
                     status_code(r.status));
        }
    }
}

// The periods a series is judged for, one after the other, as domain/judging.h says it.
static void check_periods(const struct council *c, const struct measure *m, const struct series *s)
{
    day first = DAY_NONE, last = DAY_NONE, target = DAY_NONE;
    for (size_t i = 0; i < s->figure_count; i++) {
        day end = s->figures[i].period.end;
        first = first == DAY_NONE || end < first ? end : first;
        last = end > last ? end : last;
    }
    for (size_t i = 0; i < s->target_count; i++) {
        day end = s->targets[i].period.end;
        first = first == DAY_NONE || end < first ? end : first;
        target = end > target ? end : target;
    }
    size_t count = 0;
    struct period p = period_of(m->frequency, first, c->year_start);
    for (; first != DAY_NONE && (p.end <= last || (p.end <= target && p.end <= c->today));
         count++) {
        assert_true(count < s->result_count);
        assert_true(period_equal(s->results[count].period, p));
        p = period_step(p, 1, c->year_start);
    }
    assert_int_equal(s->result_count, count);
}

static void test_random_series(void **state)
{
    (void)state;
    size_t periods = 0;
    for (int i = 0; i < SERIES; i++) {
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2013-08-01");
        c->today = random_day();
        struct judging *j = judging_new(c, a);
        // Two in turn, so that what is kept between series is met.
        for (int turn = 0; turn < 2; turn++) {
            struct measure *m = random_measure(c);
            struct series *s = (struct series *)(uintptr_t)m->series;
            judge_series(j, m, s);
            check_results(c, m, s);
            if (m->frequency != PERIOD_NONE && m->frequency != PERIOD_SPAN &&
                m->frequency != PERIOD_YEARS) {
                check_periods(c, m, s);
            }
            periods += s->result_count;
        }
        arena_free(a);
    }
    assert_true(periods > SERIES);
}

static size_t check_council(const struct council *c)
{
    size_t results = 0;
    for (size_t i = 0; i < c->measure_count; i++) {
        for (size_t k = 0; k < c->measures[i].series_count; k++) {
            check_results(c, &c->measures[i], &c->measures[i].series[k]);
            results += c->measures[i].series[k].result_count;
        }
    }
    return results;
}

static void test_the_examples(void **state)
{
    (void)state;
    static const struct {
        const char *folder, *today, *at;
        size_t results; // at least
    } cases[] = {{"luton", "2014-05-15", NULL, 700},
                 {"luton", "2013-11-01", NULL, 700},
                 {"luton", "2013-11-01", "2013-11-01", 0},
                 {"bracknell-forest", "2024-06-01", NULL, 37}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct place *p = place_new();
        p->organisation = cases[i].folder;
        place_import_folder(
            p, arena_printf(p->arena, "%s/examples/%s", source_folder(), cases[i].folder),
            "2014-05-15T09:00:00Z");
        size_t results = check_council(place_council(p, cases[i].today, cases[i].at));
        if (results < cases[i].results) {
            fail_msg("%s: %zu results", cases[i].folder, results);
        }
        place_free(p);
    }
}

// More measures than one thread takes: each must have got its own figures and nobody else's.
static void test_many_measures(void **state)
{
    (void)state;
    enum { MEASURES = 640, QUARTERS = 8 };
    struct place *p = place_new();
    struct buf measures = buf_new(p->arena, 1 << 20), figures = buf_new(p->arena, 4 << 20);
    struct buf targets = buf_new(p->arena, 4 << 20);
    buf_text(&measures, "code,title,value_type,polarity,frequency,aggregation\n");
    buf_text(&figures, "measure,part,period,value\n");
    buf_text(&targets, "measure,part,period,target\n");
    for (int i = 0; i < MEASURES; i++) {
        buf_printf(&measures, "M%03d,Measure,number,higher,quarter,sum\n", i);
        for (int q = 0; q < QUARTERS; q++) {
            const char *period =
                arena_printf(p->arena, "20%d-%d-Q%d", 11 + q / 4, 12 + q / 4, q % 4 + 1);
            buf_printf(&figures, "M%03d,,%s,%d\n", i, period, i * 10 + q);
            buf_printf(&figures, "M%03d,Dallow,%s,%d\n", i, period, i);
            buf_printf(&targets, "M%03d,,%s,%d\n", i, period, i * 10 + 4);
        }
        buf_printf(&targets, "M%03d,Biscot,2012-13-Q1,%d\n", i, i);
    }
    place_write(p, "organisation.csv", "code,name,default_rule\ntown,Town Council,STD\n");
    place_write(p, "rules.csv",
                "code,title,kind,amber_within,within_unit\n"
                "STD,Corporate rule,tolerance,0,absolute\n");
    place_write(p, "measures.csv", buf_cstr(&measures));
    place_write(p, "observations.csv", buf_cstr(&figures));
    place_write(p, "targets.csv", buf_cstr(&targets));
    place_import(p, "2013-07-11T09:00:00Z");
    const struct council *c = place_council(p, "2013-08-01", NULL);
    assert_int_equal(c->measure_count, MEASURES);
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        assert_int_equal(m->series_count, 3);
        assert_string_equal(m->series[1].part, "Biscot");
        assert_string_equal(m->series[2].part, "Dallow");
        assert_int_equal(m->series[1].target_count, 1);
        assert_int_equal(m->series[0].figure_count, QUARTERS);
        assert_int_equal(m->series[0].figures[QUARTERS - 1].value.units, (int)i * 10 + 7);
        assert_int_equal(m->series[2].figures[0].value.units, (int)i);
        assert_int_equal(m->series[0].result_count, QUARTERS);
        for (size_t q = 0; q < QUARTERS; q++) {
            enum status expected = q >= 4 ? STATUS_ON_TARGET : STATUS_OFF_TARGET;
            assert_int_equal(m->series[0].results[q].status, expected);
        }
    }
    check_council(c);
    place_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_series),
        cmocka_unit_test(test_the_examples),
        cmocka_unit_test(test_many_measures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
