// Computed measures in a council: which figures they have, by what their formulas name; how each is
// explained; in which order they are worked out.
#include "fixture_record.h"

#include <string.h>

#include "domain/check.h"
#include "domain/formula_explain.h"
#include "domain/formula_order.h"
#include "domain/reading.h"

// What is counted. Whatever is called C_... is worked out.
static const char MEASURES[] =
    "code,title,value_type,per,decimals,polarity,frequency,aggregation,cumulative,rule,formula,"
    "missing_parts,zero_denominator\n"
    "CASES,Cases,number,,0,none,month,sum,,,,,\n"
    "DONE,Cases done in time,number,,0,none,month,sum,,,,,\n"
    "OPEN,Open cases,number,,0,lower,month,last,,,,,\n"
    "YEARLY,Cases so far,number,,0,none,month,sum,yes,,,,\n"
    "POP,Residents,number,,0,none,year,last,,,,,\n"
    "SHARE,Answered,percent,,1,higher,quarter,ratio,,,,,\n"
    "MED,Median wait,days,,0,lower,quarter,none,,,,,\n"
    "YN,Plan agreed,yes_no,,0,none,quarter,none,,,,,\n"
    "LATEST,Survey,number,,0,none,month,none,,,,,\n"
    "C DONE,Done in time,percent,,1,higher,quarter,ratio,,STD,[DONE] / [CASES] * 100,,\n"
    "C MONTH,Done in time by month,percent,,1,higher,month,ratio,,STD,[DONE] / [CASES] * 100,,\n"
    "C CHANGE,Change,number,,0,none,quarter,none,,,[CASES] - previous([CASES]),,\n"
    "C TWICE,Change doubled,number,,0,none,quarter,none,,,2 * [C CHANGE],,\n"
    "C GROWTH,Growth,percent,,1,none,quarter,none,,,"
    "[CASES] / same_period_last_year([CASES]) * 100 - 100,,\n"
    "C YTD,Cases this year,number,,0,none,quarter,none,yes,,ytd([CASES]),,\n"
    "C YTD2,As counted,number,,0,none,quarter,none,yes,,ytd([YEARLY]),,\n"
    "C YTD3,Of a stock,number,,0,none,quarter,none,,,ytd([OPEN]),,\n"
    "C RATE,Cases for 1000 residents,rate,1000,1,none,quarter,none,,,[CASES] / [POP] * 1000,,\n"
    "C PARTS,Of the parts,number,,0,none,quarter,sum,,,"
    "numerator([SHARE]) + denominator([SHARE]),,\n"
    "C STOCK,Open and done,number,,0,none,quarter,none,,,[OPEN] + [DONE],,\n"
    "C SKIP,Either,number,,0,none,quarter,none,,,\"sum([CASES], [MED])\",skip,\n"
    "C ZERO,Or none,number,,0,none,quarter,none,,,\"sum([CASES], [MED])\",zero,\n"
    "C BLANK,Both,number,,0,none,quarter,none,,,\"sum([CASES], [MED])\",,\n"
    "C NOUGHT,Over nought,number,,2,none,quarter,none,,,[CASES] / ([OPEN] - [OPEN]),,zero\n"
    "C OVER,Over nought,number,,2,none,quarter,none,,,1 + [CASES] / ([OPEN] - [OPEN]),,\n"
    "C YES,Agreed,percent,,0,none,quarter,none,,,[YN] * 100,,\n"
    "C LATEST,As last told,number,,0,none,quarter,none,,,[LATEST],,\n"
    "C IF,Where there are many,number,,0,none,quarter,none,,,"
    "\"if([CASES] >= 100, [CASES], [MED])\",,\n";

static const char FIGURES[] = "measure,part,period,value,numerator,denominator,marker\n"
                              "CASES,,2012-04,5,,,\nCASES,,2012-05,10,,,\nCASES,,2012-06,15,,,\n"
                              "CASES,,2013-04,10,,,\nCASES,,2013-05,20,,,\nCASES,,2013-06,30,,,\n"
                              "CASES,,2013-07,40,,,\nCASES,,2013-08,50,,,\n"
                              "CASES,,2013-09,60,,,provisional\n"
                              "CASES,,2013-10,7,,,\n"
                              "DONE,,2013-04,5,,,\nDONE,,2013-05,15,,,\nDONE,,2013-06,25,,,\n"
                              "DONE,,2013-07,20,,,\nDONE,,2013-08,25,,,\nDONE,,2013-09,45,,,\n"
                              "OPEN,,2013-04,9,,,\nOPEN,,2013-05,8,,,\nOPEN,,2013-06,7,,,\n"
                              "YEARLY,,2013-04,10,,,\nYEARLY,,2013-05,30,,,\n"
                              "YEARLY,,2013-06,60,,,\n"
                              "POP,,2012-13-FY,2000,,,\n"
                              "SHARE,,2013-14-Q1,,3,4,\nSHARE,,2013-14-Q2,,0,0,\n"
                              "MED,,2013-14-Q1,12,,,\nMED,,2013-14-Q2,,,,suppressed\n"
                              "YN,,2013-14-Q1,yes,,,\nYN,,2013-14-Q2,no,,,\n"
                              "LATEST,,2013-05,3,,,\nLATEST,,2013-09,4,,,\n"
                              "CASES,North,2013-04,4,,,\nCASES,North,2013-05,4,,,\n"
                              "CASES,North,2013-06,2,,,\n"
                              "DONE,North,2013-04,1,,,\nDONE,North,2013-05,2,,,\n"
                              "DONE,North,2013-06,2,,,\n"
                              "CASES,South,2013-04,6,,,\n"
                              "POP,North,2012-13-FY,100,,,\n";

static struct place *put_town(void)
{
    struct place *p = place_new();
    place_write(p, "organisation.csv", "code,name\ntown,Town Council\n");
    place_write(p, "rules.csv",
                "code,title,kind,amber_within,within_unit\nSTD,Standard,tolerance,5,percent\n");
    place_write(p, "measures.csv", MEASURES);
    place_write(p, "observations.csv", FIGURES);
    place_write(p, "targets.csv",
                "measure,part,period,target\n"
                "C DONE,,2013-14-Q1,75\nC DONE,,2013-14-Q2,75\nC DONE,North,2013-14-Q1,45\n"
                "C DONE,West,2013-14-Q1,45\n");
    place_import(p, "2013-08-01T09:00:00Z");
    return p;
}

static const char TODAY[] = "2013-12-15";

static struct period period_named(const char *id)
{
    struct period p;
    if (!period_parse_id(id, strlen(id), 4, &p)) {
        fail_msg("\"%s\" is no period", id);
    }
    return p;
}

static const struct series *series_named(const struct council *c, const char *measure,
                                         const char *part)
{
    const struct measure *m = council_measure(c, measure);
    if (m == NULL) {
        fail_msg("there is no measure %s", measure);
        return NULL;
    }
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part) == 0) {
            return &m->series[i];
        }
    }
    return NULL;
}

// "75 = 45 of 60 provisional", "suppressed", "none".
static const char *figure_text(struct arena *a, const struct measure *m, const struct figure *f)
{
    if (f == NULL) {
        return "none";
    }
    const char *fraction = !f->numerator.present
                               ? ""
                               : arena_printf(a, " = %s of %s", dec_text(a, dec_trim(f->numerator)),
                                              dec_text(a, dec_trim(f->denominator)));
    const char *marker = marker_text(f->marker);
    return arena_printf(a, "%s%s%s%s%s", f->made == NULL ? "entered " : "",
                        dec_text(a, dec_round(f->value, m->decimals)), fraction,
                        marker != NULL && f->value.present ? " " : "",
                        marker == NULL ? "" : marker);
}

struct figure_case {
    const char *what, *measure, *part, *period, *figure;
};

static void check_figures(const struct council *c, const struct figure_case *cases, size_t count)
{
    int wrong = 0;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < count; i++) {
        const struct figure_case *k = &cases[i];
        const struct measure *m = council_measure(c, k->measure);
        const struct series *s = series_named(c, k->measure, k->part);
        const char *found =
            s == NULL ? "no series" : figure_text(a, m, series_figure(s, period_named(k->period)));
        if (strcmp(found, k->figure) != 0) {
            print_error("%s: %s %s in %s is \"%s\", not \"%s\"\n", k->what, k->measure, k->part,
                        k->period, found, k->figure);
            wrong++;
        }
    }
    arena_free(a);
    assert_int_equal(wrong, 0);
}

static void test_figures(void **state)
{
    (void)state;
    static const struct figure_case cases[] = {
        {"months made into the quarter", "C DONE", "", "2013-14-Q1", "75.0 = 45 of 60"},
        {"provisional where a part is", "C DONE", "", "2013-14-Q2", "60.0 = 90 of 150 provisional"},
        {"two months are missing", "C DONE", "", "2013-14-Q3", "none"},
        {"before there is anything", "C DONE", "", "2011-12-Q4", "none"},
        {"by month", "C MONTH", "", "2013-06", "83.3 = 25 of 30"},
        {"one part is not there", "C MONTH", "", "2013-10", "none"},
        {"the quarter before", "C CHANGE", "", "2013-14-Q2", "90 provisional"},
        {"no quarter before", "C CHANGE", "", "2013-14-Q1", "none"},
        {"a formula of a formula", "C TWICE", "", "2013-14-Q2", "180 provisional"},
        {"the same quarter last year", "C GROWTH", "", "2013-14-Q1", "100.0"},
        {"none last year", "C GROWTH", "", "2013-14-Q2", "none"},
        {"the year so far", "C YTD", "", "2013-14-Q1", "60"},
        {"the year so far", "C YTD", "", "2013-14-Q2", "210 provisional"},
        {"the year so far lacks two months", "C YTD", "", "2013-14-Q3", "none"},
        {"figures that are the year so far", "C YTD2", "", "2013-14-Q1", "60"},
        {"of a stock the closing figure", "C YTD3", "", "2013-14-Q1", "7"},
        {"the latest yearly figure then", "C RATE", "", "2013-14-Q1", "30.0 = 60 of 2000"},
        {"numerator and denominator of another", "C PARTS", "", "2013-14-Q1", "7"},
        {"nought of nought is 0 of 0", "C PARTS", "", "2013-14-Q2", "0"},
        {"a stock closes the quarter", "C STOCK", "", "2013-14-Q1", "52"},
        {"no closing figure", "C STOCK", "", "2013-14-Q2", "none"},
        {"all there", "C SKIP", "", "2013-14-Q1", "72"},
        {"suppressed is not left out", "C SKIP", "", "2013-14-Q2", "suppressed"},
        {"suppressed is not nought", "C ZERO", "", "2013-14-Q2", "suppressed"},
        {"missing is left out", "C SKIP", "", "2012-13-Q1", "30"},
        {"missing is nought", "C ZERO", "", "2012-13-Q1", "30"},
        {"missing is missing", "C BLANK", "", "2012-13-Q1", "none"},
        {"one month of three is not missing", "C SKIP", "", "2013-14-Q3", "none"},
        {"one month of three is not nought", "C ZERO", "", "2013-14-Q3", "none"},
        {"nobody said anything", "C ZERO", "", "2012-13-Q3", "none"},
        {"divided by nought, that counts as nought", "C NOUGHT", "", "2013-14-Q1", "0.00"},
        {"divided by nought", "C OVER", "", "2013-14-Q1", "not_applicable"},
        {"yes is 1", "C YES", "", "2013-14-Q1", "100"},
        {"no is 0", "C YES", "", "2013-14-Q2", "0"},
        {"the closing month stands for the quarter", "C LATEST", "", "2013-14-Q2", "4"},
        {"no other month does", "C LATEST", "", "2013-14-Q1", "none"},
        {"what an if passes over", "C IF", "", "2013-14-Q2", "150 provisional"},
        {"what an if takes", "C IF", "", "2013-14-Q1", "12"},
        {"a ward that both have", "C DONE", "North", "2013-14-Q1", "50.0 = 5 of 10"},
        {"a ward with a target and nothing else", "C DONE", "West", "2013-14-Q1", "none"},
        {"a ward that one has not", "C DONE", "South", "2013-14-Q1", "no series"},
        {"a ward by month", "C MONTH", "North", "2013-05", "50.0 = 2 of 4"},
        {"a ward for its own residents", "C RATE", "North", "2013-14-Q1", "100.0 = 10 of 100"},
        {"a ward of which nothing comes", "C GROWTH", "North", "2013-14-Q1", "no series"},
        {"what was entered stays as it was", "CASES", "", "2013-04", "entered 10"},
    };
    struct place *p = put_town();
    check_figures(place_council(p, TODAY, NULL), cases, COUNT_OF(cases));
    place_free(p);
}

// ---- read and judged as any measure ----

static void test_judged(void **state)
{
    (void)state;
    static const struct {
        const char *measure, *part, *asked, *value, *status, *reason;
    } cases[] = {
        {"C DONE", "", "2013-14-Q1", "75.0", "on_target", "target_met"},
        {"C DONE", "", "2013-14-Q2", "60.0", "off_target", "beyond"},
        {"C DONE", "North", "2013-14-Q1", "50.0", "on_target", "target_met"},
        // Months made into a quarter by their numerators and denominators: 45 of 60.
        {"C MONTH", "", "2013-14-Q1", "75.0", "no_target", "no_target"},
        {"C PARTS", "", "2013-14-FY", "7", "not_due", "not_due"},
        {"C OVER", "", "2013-14-Q1", "", "not_applicable", "not_applicable"},
        {"C SKIP", "", "2013-14-Q2", "", "suppressed", "suppressed"},
        {"C CHANGE", "", "2013-14-Q1", "", "not_due", "not_due"},
    };
    struct place *p = put_town();
    const struct council *c = place_council(p, TODAY, NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct measure *m = council_measure(c, cases[i].measure);
        const struct series *s = series_named(c, cases[i].measure, cases[i].part);
        assert_non_null(s);
        struct reading r = reading_of(c, m, s, period_named(cases[i].asked));
        const char *value = dec_text(p->arena, dec_round(r.value, m->decimals));
        const char *status = status_code(r.status);
        if (strcmp(value, cases[i].value) != 0 || strcmp(status, cases[i].status) != 0 ||
            strcmp(status_reason_code(r.why.reason), cases[i].reason) != 0) {
            print_error("%s %s in %s: %s %s %s\n", m->code, s->part, cases[i].asked, value, status,
                        status_reason_code(r.why.reason));
            fail();
        }
    }
    place_free(p);
}

// What was judged all at once is what reading says of each period.
static void check_results(const struct council *c, const struct measure *m, const struct series *s)
{
    for (size_t i = 0; i < s->result_count; i++) {
        struct reading r = reading_of(c, m, s, s->results[i].period);
        assert_true(dec_equal(r.value, s->results[i].value));
        assert_int_equal(r.status, s->results[i].status);
        assert_int_equal(r.short_travel.travel, s->results[i].travel_short);
        assert_int_equal(r.long_travel.travel, s->results[i].travel_long);
    }
}

// ---- explained ----

// From what the explanation tells, and nothing else.
static void check_recomputed(struct arena *a, const struct formula_explanation *x,
                             const struct figure *f)
{
    struct formula_given *given = ARENA_ARRAY(a, x->line_count, struct formula_given);
    for (size_t i = 0; i < x->line_count; i++) {
        given[i] = (struct formula_given){x->lines[i].value, x->lines[i].state};
    }
    struct formula_value v = formula_evaluate(x->formula, &x->policy, given, NULL);
    assert_true(dec_equal(v.value, f->value));
    assert_int_equal(v.state, f->made->state);
    if (!f->value.present) {
        assert_null(x->worked);
        return;
    }
    const struct formula *alone = NULL;
    struct formula_fault fault;
    assert_non_null(x->worked);
    assert_true(formula_read(a, x->worked, strlen(x->worked), &alone, &fault));
    assert_int_equal(alone->part_count, 0);
    v = formula_evaluate(alone, &x->policy, NULL, NULL);
    assert_true(dec_equal(v.value, f->value));
}

static size_t check_measure(const struct council *c, struct arena *a, const struct measure *m)
{
    size_t checked = 0;
    for (size_t k = 0; k < m->series_count; k++) {
        const struct series *s = &m->series[k];
        check_results(c, m, s);
        for (size_t i = 0; i < s->figure_count; i++) {
            struct formula_explanation x;
            assert_non_null(s->figures[i].made);
            assert_true(formula_explain(c, a, m, s->part, s->figures[i].period, &x));
            check_recomputed(a, &x, &s->figures[i]);
            checked++;
        }
    }
    return checked;
}

static void test_recomputed_from_its_explanation(void **state)
{
    (void)state;
    struct place *p = put_town();
    const struct council *c = place_council(p, TODAY, NULL);
    size_t checked = 0;
    for (size_t i = 0; i < c->measure_count; i++) {
        checked += c->measures[i].formula == NULL ? 0 : check_measure(c, p->arena, &c->measures[i]);
    }
    assert_true(checked > 40);
    place_free(p);
}

static void test_explanations(void **state)
{
    (void)state;
    static const struct {
        const char *measure, *part, *period, *worked, *lines;
    } cases[] = {
        {"C DONE", "", "2013-14-Q1", "45 / 60 * 100",
         "[DONE] 45 2013-14-Q1, [CASES] 60 2013-14-Q1"},
        {"C DONE", "North", "2013-14-Q1", "5 / 10 * 100",
         "[DONE] 5 2013-14-Q1, [CASES] 10 2013-14-Q1"},
        {"C RATE", "", "2013-14-Q1", "60 / 2000 * 1000",
         "[CASES] 60 2013-14-Q1, [POP] 2000 2012-13-FY (latest)"},
        {"C CHANGE", "", "2013-14-Q2", "150 - 60",
         "[CASES] 150 2013-14-Q2, previous([CASES]) 60 2013-14-Q1"},
        {"C SKIP", "", "2012-13-Q1", "sum(30)", "[CASES] 30 2012-13-Q1, [MED] left out 2012-13-Q1"},
        {"C ZERO", "", "2012-13-Q1", "sum(30, 0)",
         "[CASES] 30 2012-13-Q1, [MED] as nought 2012-13-Q1"},
        {"C BLANK", "", "2012-13-Q1", "", "[CASES] 30 2012-13-Q1, [MED] lacked 2012-13-Q1"},
        {"C IF", "", "2013-14-Q2", "if(150 >= 100, 150, 0)",
         "[CASES] 150 2013-14-Q2, [MED] not needed 2013-14-Q2"},
        {"C DONE", "", "2013-14-Q3", "", "[DONE] lacked 2013-14-Q3, [CASES] 1 of 3 2013-14-Q3"},
    };
    static const char *const uses[] = {
        [FORMULA_NOT_NEEDED] = "not needed", [FORMULA_USED] = "used",
        [FORMULA_LEFT_OUT] = "left out",     [FORMULA_AS_ZERO] = "as nought",
        [FORMULA_LACKED] = "lacked",
    };
    struct place *p = put_town();
    struct arena *a = p->arena;
    const struct council *c = place_council(p, TODAY, NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct formula_explanation x;
        assert_true(formula_explain(c, a, council_measure(c, cases[i].measure), cases[i].part,
                                    period_named(cases[i].period), &x));
        struct buf b = buf_new(a, 4096);
        for (size_t k = 0; k < x.line_count; k++) {
            const struct formula_line *l = &x.lines[k];
            const char *told = l->state == FORMULA_KNOWN ? dec_text(a, dec_trim(l->value))
                               : l->state == FORMULA_INCOMPLETE
                                   ? arena_printf(a, "%d of %d", l->present, l->expected)
                                   : uses[l->use];
            buf_printf(&b, "%s%s %s %s%s", k == 0 ? "" : ", ", l->text, told,
                       period_id(a, l->period, 4), l->carried ? " (latest)" : "");
        }
        assert_string_equal(buf_cstr(&b), cases[i].lines);
        assert_string_equal(x.worked == NULL ? "" : x.worked, cases[i].worked);
    }
    place_free(p);
}

// ---- as known then ----

static void test_a_part_revised_later(void **state)
{
    (void)state;
    struct place *p = put_town();
    place_write(p, "observations.csv", "measure,period,value\nDONE,2013-04,11\n");
    place_import(p, "2013-11-01T09:00:00Z");
    static const struct figure_case now[] = {
        {"now", "C DONE", "", "2013-14-Q1", "85.0 = 51 of 60"}};
    static const struct figure_case then[] = {
        {"as known then", "C DONE", "", "2013-14-Q1", "75.0 = 45 of 60"}};
    const struct council *c = place_council(p, TODAY, NULL);
    check_figures(c, now, 1);
    const struct figure *f =
        series_figure(series_named(c, "C DONE", ""), period_named("2013-14-Q1"));
    assert_string_equal(day_text(p->arena, f->known_from), "2013-11-01");
    check_figures(place_council(p, TODAY, "2013-10-01"), then, 1);
    place_free(p);
}

// ---- order ----

static void test_order_and_loops(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    // 0 needs 1 and 2, 2 needs 1; 3 needs 4, 4 needs 5, 5 needs 3; 6 needs 5; 7 needs itself.
    static const uint32_t n0[] = {1, 2}, n2[] = {1}, n3[] = {4}, n4[] = {5}, n5[] = {3}, n6[] = {5},
                          n7[] = {7};
    static const struct formula_needs needs[] = {{n0, 2}, {NULL, 0}, {n2, 1}, {n3, 1},
                                                 {n4, 1}, {n5, 1},   {n6, 1}, {n7, 1}};
    uint32_t order[8];
    struct grow loops = grow_new(a, sizeof(struct formula_loop));
    assert_int_equal(formula_order(a, needs, 8, order, &loops), 3);
    assert_int_equal(order[0], 1);
    assert_int_equal(order[1], 2);
    assert_int_equal(order[2], 0);
    const struct formula_loop *found = loops.items;
    assert_int_equal(loops.count, 2);
    assert_int_equal(found[0].count, 3);
    assert_int_equal(found[0].nodes[0], 3);
    assert_int_equal(found[0].nodes[1], 4);
    assert_int_equal(found[0].nodes[2], 5);
    assert_int_equal(found[1].count, 1);
    assert_int_equal(found[1].nodes[0], 7);
    arena_free(a);
}

// A hundred thousand in a row, the last first.
static void test_a_long_row(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    struct arena *a = arena_new(0);
    struct formula_needs *needs = ARENA_ARRAY(a, COUNT, struct formula_needs);
    uint32_t *next = ARENA_ARRAY(a, COUNT, uint32_t), *order = ARENA_ARRAY(a, COUNT, uint32_t);
    for (uint32_t i = 0; i + 1 < COUNT; i++) {
        next[i] = i + 1;
        needs[i] = (struct formula_needs){&next[i], 1};
    }
    struct grow loops = grow_new(a, sizeof(struct formula_loop));
    assert_int_equal(formula_order(a, needs, COUNT, order, &loops), COUNT);
    assert_int_equal(order[0], COUNT - 1);
    assert_int_equal(order[COUNT - 1], 0);
    arena_free(a);
}

// ---- what goldthread check finds that an import would have refused ----

static bool has_fault(const struct checking *x, const char *code, const char *object,
                      const char *fault)
{
    for (size_t i = 0; i < x->faults.count; i++) {
        const struct check_fault *f = &((const struct check_fault *)x->faults.items)[i];
        if (strcmp(f->rule->code, code) == 0 && strcmp(f->object, object) == 0 &&
            strcmp(f->fault, fault) == 0) {
            return true;
        }
    }
    return false;
}

static void test_broken_formulas_are_found(void **state)
{
    (void)state;
    struct place *p = put_town();
    struct council changed = *place_council(p, TODAY, NULL);
    struct measure *m = arena_grow(p->arena, changed.measures, changed.measure_count,
                                   changed.measure_count, sizeof *m);
    changed.measures = m;
    for (size_t i = 0; i < changed.measure_count; i++) {
        if (strcmp(m[i].code, "C YES") == 0) {
            m[i].formula = "[YM]";
        } else if (strcmp(m[i].code, "C CHANGE") == 0) {
            m[i].formula = "[C TWICE]";
        } else if (strcmp(m[i].code, "LATEST") == 0) {
            m[i].state = MEASURE_RETIRED;
        }
    }
    struct checking x = check_council(&changed, p->arena);
    assert_true(has_fault(&x, "FORMULA-1", "C YES",
                          "Its formula cannot be worked out at character 1: [YM] is not the code "
                          "of a measure; the nearest is [YN]: mend it, or add it to "
                          "measures.csv."));
    assert_true(has_fault(&x, "FORMULA-1", "C CHANGE",
                          "Its formula goes round in a loop (C CHANGE needs C TWICE, C TWICE needs "
                          "C CHANGE): take one of them out of a formula."));
    assert_true(has_fault(&x, "FORMULA-2", "C LATEST", "It needs LATEST, which is retired."));
    place_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_judged),
        cmocka_unit_test(test_recomputed_from_its_explanation),
        cmocka_unit_test(test_explanations),
        cmocka_unit_test(test_a_part_revised_later),
        cmocka_unit_test(test_order_and_loops),
        cmocka_unit_test(test_a_long_row),
        cmocka_unit_test(test_broken_formulas_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
