// Period labels as people write them: what each means, and what is refused with its readings.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "engine/period.h"

// Every reading as its id, with " | " between; "" when the label is not a period.
static const char *readings(struct arena *a, const struct period_reading *r, int year_start)
{
    struct buf b = buf_new(a, 1000);
    for (int i = 0; i < r->count; i++) {
        buf_text(&b, i == 0 ? "" : " | ");
        period_write_id(&b, r->readings[i], year_start);
    }
    return buf_cstr(&b);
}

struct row {
    const char *label, *hint, *expected;
};

static void check_rows(struct arena *a, const struct row *rows, size_t count, int year_start)
{
    for (size_t i = 0; i < count; i++) {
        enum period_kind hint = period_kind_from_text(rows[i].hint);
        assert_int_equal(hint == PERIOD_NONE, rows[i].hint == NULL);
        struct period_reading r =
            period_read_label(a, rows[i].label, strlen(rows[i].label), hint, year_start);
        const char *got = readings(a, &r, year_start);
        if (strcmp(got, rows[i].expected) != 0) {
            fail_msg("'%s' (%s): got '%s', expected '%s'", rows[i].label,
                     rows[i].hint == NULL ? "no hint" : rows[i].hint, got, rows[i].expected);
        }
    }
}

// clang-format off
static const struct row YEARS[] = {
    {"2016", NULL, "2016"},
    {"2016", "year", "2016"}, // an id means itself, whatever the hint
    {" 2016 ", NULL, "2016"},
    {"calendar year 2016", NULL, "2016"},
    {"2016-17", NULL, "2016-17-FY"},
    {"2016/17", NULL, "2016-17-FY"},
    {"2016 / 17", NULL, "2016-17-FY"},
    {"2016\u201317", NULL, "2016-17-FY"},
    {"2017/2018", NULL, "2017-18-FY"},
    {"2018 \u2013 2019", NULL, "2018-19-FY"},
    {"2018-2019", NULL, "2018-19-FY"},
    {"1999/00", NULL, "1999-00-FY"},
    {"1999-2000", NULL, "1999-00-FY"},
    {"2099/00", NULL, "2099-00-FY"},
    {"FY 2016/17", NULL, "2016-17-FY"},
    {"2016/17 FY", NULL, "2016-17-FY"},
    {"Financial year 2016-17", NULL, "2016-17-FY"},
    {"2016-17", "year", "2016-17-FY"},
    {"2016-17", "quarter", "2016-17-FY"},
    {"2016-17", "month", "2016-17-FY"}, // there is no month 17
    {"2016-17", "academic_year", "2016-17-AY"},
    {"2016-17", "years", "2016_2017"},
    {"2016-17", "calendar_year", "2016_2017"},
    {"2022/23 AY", NULL, "2022-23-AY"},
    {"Academic Year 2022/23", NULL, "2022-23-AY"},
    {"school year 2022-2023", NULL, "2022-23-AY"},
    {"22/23", NULL, "2022-23-FY"},
    {"98/99", NULL, "1998-99-FY"},
    {"99/00", NULL, "1999-00-FY"},
    {"68/69", NULL, "2068-69-FY"}, // the first year decides the century
    {"22/23", "academic_year", "2022-23-AY"},
    {"2014-16", NULL, "2014_2016"},
    {"2014-16", "year", "2014_2016"},
    {"2018-21", NULL, "2018_2021"},
    {"2000 - 02", NULL, "2000_2002"},
    {"2015 - 17", NULL, "2015_2017"},
    {"2014/16", NULL, "2014_2016"},
    {"2014 to 2016", NULL, "2014_2016"},
    {"from 2014 to 2016", NULL, "2014_2016"},
    {"2020-2040", NULL, "2020_2040"},
    {"2020-40", NULL, "2020_2040"},
    {"1998-2002", NULL, "1998_2002"},
    {"2001\u201303", NULL, "2001_2003"}, // an en dash is never inside a month
    {"2001 - 03", NULL, "2001_2003"},
    {"2010 - 11", NULL, "2010-11-FY"},
    {"2010\u201311", NULL, "2010-11-FY"},
    {"2010/11", NULL, "2010-11-FY"}, // a slash between years that follow each other: no month
    {"2010/11", "month", "2010-11-FY"},
    {"2010-2011", NULL, "2010-11-FY"},
};

static const struct row AMBIGUOUS_YEARS[] = {
    {"2010-11", NULL, "2010-11 | 2010-11-FY"},
    {"2010-11", "month", "2010-11"},
    {"2010-11", "year", "2010-11-FY"},
    {"2010-11", "academic_year", "2010-11-AY"},
    {"2010-11", "years", "2010_2011"},
    {"2010-11", "quarter", "2010-11 | 2010-11-FY"},
    {"2010-11", "span", "2010-11 | 2010-11-FY"},
    {"2009-10", NULL, "2009-10 | 2009-10-FY"},
    {"2011-12", NULL, "2011-12 | 2011-12-FY"},
    {"2004-05", NULL, "2004-05 | 2004-05-FY"},
    {"2004-05", "month", "2004-05"},
    {"2000-01", NULL, "2000-01 | 2000-01-FY"},
    {"2012-13", NULL, "2012-13-FY"},
    {"2004-09", NULL, "2004-09 | 2004_2009"},
    {"2004-09", "month", "2004-09"},
    {"2004-09", "years", "2004_2009"},
    {"2004-09", "year", "2004-09 | 2004_2009"},
    {"2009-11", NULL, "2009-11 | 2009_2011"},
    {"2001/03", NULL, "2001-03 | 2001_2003"},
    {"1998-02", NULL, "1998-02 | 1998_2002"},
    {"1999-01", NULL, "1999-01 | 1999_2001"},
    {"2018 to 2019", NULL, "2018-19-FY | 2018_2019"},
    {"2018 to 2019", "year", "2018-19-FY"},
    {"2018 to 2019", "years", "2018_2019"},
    {"2016-7", NULL, "2016-07 | 2016-17-FY"},
    {"2016/7", NULL, "2016-07 | 2016-17-FY"},
    {"2016-7", "year", "2016-17-FY"},
    {"FY 2016", NULL, "2015-16-FY | 2016-17-FY"},
    {"2016 FY", NULL, "2015-16-FY | 2016-17-FY"},
    {"FY16", NULL, "2015-16-FY | 2016-17-FY"},
    {"Academic year 2016", NULL, "2015-16-AY | 2016-17-AY"},
    {"04/05", NULL, "2004-05-FY | 2005-04 | 2004-05"},
    {"04/05", "year", "2004-05-FY"},
    {"04/05", "month", "2005-04 | 2004-05"},
    {"10/12", NULL, "2012-10 | 2010-12"},
    {"12/13", NULL, "2012-13-FY | 2013-12"},
    {"12/13", "month", "2013-12"},
    {"H1 2025", NULL, "2025-26-H1 | 2024-25-H1 | 2025-01-01_2025-06-30"},
    {"H1 2025", "half", "2025-26-H1 | 2024-25-H1"},
    {"H2 2025", NULL, "2025-26-H2 | 2024-25-H2 | 2025-07-01_2025-12-31"},
};

static const struct row QUARTERS_AND_HALVES[] = {
    {"2016 Q4", NULL, "2016-Q4"},
    {"2016Q4", NULL, "2016-Q4"},
    {"Q1 2022", NULL, "2022-Q1"},
    {"q1 2022", NULL, "2022-Q1"},
    {"2011, Q1", NULL, "2011-Q1"},
    {"Quarter 3 2011", NULL, "2011-Q3"},
    {"Q1 2022", "calendar_quarter", "2022-Q1"},
    {"Q1 2022", "month", "2022-Q1"},
    {"2016 Q4", "quarter", "2016-17-Q4 | 2015-16-Q4"},
    {"Q1 2022", "quarter", "2022-23-Q1 | 2021-22-Q1"},
    {"2016-Q4", "quarter", "2016-Q4"}, // an id means itself
    {"2022/23 Q3", NULL, "2022-23-Q3"},
    {"Q4 2021/22", NULL, "2021-22-Q4"},
    {"22/23 Q1", NULL, "2022-23-Q1"},
    {"10/11 Q2", NULL, "2010-11-Q2"},
    {"2010-11 Q2", NULL, "2010-11-Q2"},
    {"2018-19;Q1", NULL, "2018-19-Q1"},
    {"2018-2019 Q1", NULL, "2018-19-Q1"},
    {"Qtr 2, 2018/19", NULL, "2018-19-Q2"},
    {"1st quarter 2018/19", NULL, "2018-19-Q1"},
    {"Quarter 4 of 2018/19", NULL, "2018-19-Q4"},
    {"2022/23 - Q3", NULL, "2022-23-Q3"},
    {"Q3 2022/23", "calendar_quarter", "2022-23-Q3"},
    {"2025/26 H1", NULL, "2025-26-H1"},
    {"H2 2025/26", NULL, "2025-26-H2"},
    {"2nd half 2025/26", NULL, "2025-26-H2"},
    {"Q5 2022/23", NULL, ""},
    {"Q0 2022", NULL, ""},
    {"H3 2022/23", NULL, ""},
    {"Q1", NULL, ""},
    {"Q1 2020/23", NULL, ""}, // years that do not follow each other have no quarters
};

static const struct row MONTHS_AND_DAYS[] = {
    {"2014;April", NULL, "2014-04"},
    {"April 2021", NULL, "2021-04"},
    {"APRIL 2021", NULL, "2021-04"},
    {"2021 April", NULL, "2021-04"},
    {"Nov 2023", NULL, "2023-11"},
    {"March 2023", NULL, "2023-03"},
    {"Sept. 2004", NULL, "2004-09"},
    {"Sep-04", NULL, "2004-09"},
    {"Apr 23", NULL, "2023-04"},
    {"Apr '23", NULL, "2023-04"},
    {"Dec-68", NULL, "2068-12"},
    {"Dec-69", NULL, "1969-12"},
    {"April 2014/15", NULL, "2014-04"},
    {"2014/15 March", NULL, "2015-03"},
    {"June 2014/15", "academic_year", "2015-06"},
    {"2009-08", NULL, "2009-08"},
    {"2023-04", NULL, "2023-04"},
    {"2023-04", "year", "2023-04"},
    {"2023/04", NULL, "2023-04"},
    {"2012-12", NULL, "2012-12"},
    {"04/2023", NULL, "2023-04"},
    {"4-2023", NULL, "2023-04"},
    {"04/23", NULL, "2023-04"},
    {"2008-12-31", NULL, "2008-12-31_2008-12-31"},
    {"2008/12/31", NULL, "2008-12-31_2008-12-31"},
    {"31/12/2008", NULL, "2008-12-31_2008-12-31"},
    {"31.12.2008", NULL, "2008-12-31_2008-12-31"},
    {"01/04/2023", NULL, "2023-04-01_2023-04-01"}, // the day comes first
    {"01/04/23", NULL, "2023-04-01_2023-04-01"},
    {"23-04-05", NULL, "2005-04-23_2005-04-23 | 2023-04-05_2023-04-05"},
    {"17 May 2023", NULL, "2023-05-17_2023-05-17"},
    {"17th May 2023", NULL, "2023-05-17_2023-05-17"},
    {"17-May-23", NULL, "2023-05-17_2023-05-17"},
    {"May 17, 2023", NULL, "2023-05-17_2023-05-17"},
    {"29 Feb 2024", NULL, "2024-02-29_2024-02-29"},
    {"29 Feb 2023", NULL, ""},
    {"2023-02-29", NULL, ""},
    {"12/31/2008", NULL, ""}, // the day comes first, and there is no month 31
    {"04-Sep", NULL, ""},
    {"Sep", NULL, ""},
    {"2023-13", NULL, ""},
    {"13/2023", NULL, ""},
    {"2023-00", NULL, ""},
};

static const struct row SPANS[] = {
    {"Jan 2012-Dec 2012", NULL, "2012-01-01_2012-12-31"}, // one kind for a rolling series
    {"Oct 2021-Sep 2022", NULL, "2021-10-01_2022-09-30"},
    {"Oct 2021 - Sep 2022", NULL, "2021-10-01_2022-09-30"},
    {"Oct 2021 to Sep 2022", NULL, "2021-10-01_2022-09-30"},
    {"Mar 2023 to Feb 2024", NULL, "2023-03-01_2024-02-29"},
    {"Oct-21 - Sep-22", NULL, "2021-10-01_2022-09-30"},
    {"2010-04 to 2010-09", NULL, "2010-04-01_2010-09-30"},
    {"April to June 2025", NULL, "2025-04-01_2025-06-30"},
    {"Apr-Jun 2025", NULL, "2025-04-01_2025-06-30"},
    {"Oct \u2013 Mar 2022/23", NULL, "2022-10-01_2023-03-31"},
    {"Oct - Mar 2023", NULL, "2022-10-01_2023-03-31 | 2023-10-01_2024-03-31"},
    {"Dec to Feb 2023", NULL, "2022-12-01_2023-02-28 | 2023-12-01_2024-02-29"},
    {"17 May to 11 June 2023", NULL, "2023-05-17_2023-06-11"},
    {"from 17 May to 11 June 2023", NULL, "2023-05-17_2023-06-11"},
    {"17 May 2023 - 11 June 2023", NULL, "2023-05-17_2023-06-11"},
    {"1-7 May 2023", NULL, "2023-05-01_2023-05-07"},
    {"2023-05-17 to 2023-06-11", NULL, "2023-05-17_2023-06-11"},
    {"17/05/2023 - 11/06/2023", NULL, "2023-05-17_2023-06-11"},
    {"2007/08 to 2008/09", NULL, "2007-04-01_2009-03-31"},
    {"2020/21 - 24/25", NULL, "2020-04-01_2025-03-31"},
    {"2020/21 - 2024/25", NULL, "2020-04-01_2025-03-31"},
    {"2009/10 - 10/11", NULL, "2009-04-01_2011-03-31"},
    {"2010-11 to 2012-13", NULL, "2010-04-01_2013-03-31"},
    {"2010-11 to 2011-12", NULL, "2010-11-01_2011-12-31 | 2010-04-01_2012-03-31"},
    {"2010-11 to 2011-12", "year", "2010-04-01_2012-03-31"},
    {"2021/22 Q1 - 2021/22 Q2", NULL, "2021-04-01_2021-09-30"},
    {"2021/22 Q1 - 2022/23 Q1", NULL, "2021-04-01_2022-06-30"},
    {"2021/22 Q1 - Q3", NULL, "2021-04-01_2021-12-31"},
    {"Q1 - Q3 2021/22", NULL, "2021-04-01_2021-12-31"},
    {"Q1 2022 to Q2 2023", NULL, "2022-01-01_2023-06-30"},
    {"Q1 2022 to Q2 2023", "quarter", "2022-04-01_2023-09-30 | 2021-04-01_2022-09-30"},
    {"Year ending March 2023", NULL, "2022-04-01_2023-03-31"},
    {"year to Sep 2022", NULL, "2021-10-01_2022-09-30"},
    {"12 months to September 2022", NULL, "2021-10-01_2022-09-30"},
    {"Year ended 31 March 2024", NULL, "2023-04-01_2024-03-31"},
    {"Year ending Feb 2024", NULL, "2023-03-01_2024-02-29"},
    {"Sep 2022 - Oct 2021", NULL, ""}, // ends before it starts
    {"2023-06-11 to 2023-05-17", NULL, ""},
    {"2015 to Mar 2016", NULL, ""}, // two ends of different kinds
    {"2016 -", NULL, ""},
    {"to 2016", NULL, ""},
};

static const struct row IDS[] = {
    {"2025-04", NULL, "2025-04"},
    {"2025-26-Q1", NULL, "2025-26-Q1"},
    {"2025-26-H2", NULL, "2025-26-H2"},
    {"2025-26-FY", NULL, "2025-26-FY"},
    {"2010-11-FY", "month", "2010-11-FY"},
    {"2025-26-AY", NULL, "2025-26-AY"},
    {"2025", NULL, "2025"},
    {"2025-Q2", NULL, "2025-Q2"},
    {"2014_2016", NULL, "2014_2016"},
    {"2023-05-17_2023-06-11", NULL, "2023-05-17_2023-06-11"},
    {"2016-16", NULL, ""},
    {"2016-15", NULL, ""},
    {"2016-2014", NULL, ""},
    {"2016_2014", NULL, ""},
    {"2025-27-Q1", NULL, ""},
    {"2023-06-11_2023-05-17", NULL, ""},
};

static const struct row NO_PERIODS[] = {
    {"", NULL, ""},
    {"  ", NULL, ""},
    {"Q", NULL, ""},
    {"Total", NULL, ""},
    {"N/A", NULL, ""},
    {"16", NULL, ""},
    {"201", NULL, ""},
    {"20166", NULL, ""},
    {"20081231", NULL, ""},
    {"2016.0", NULL, ""},
    {"2,016", NULL, ""},
    {"10 - 11", NULL, ""}, // without a century and loose: could be ages
    {"1799", NULL, ""},
    {"2200", NULL, ""},
    {"H1 2200", "half", ""},
    {"0016-17", NULL, ""},
    {"9999-12-31", NULL, ""},
    {"Week 12 2023", NULL, ""},
    {"Autumn 2023", NULL, ""},
    {"2016/17 (prov", NULL, ""},
    {"2016/17 prov)", NULL, ""},
    {"2016/17 ((prov))", NULL, ""},
    {"(2016/17)", NULL, ""},
    {"2016/17 outturn", NULL, ""},
    {"Q1 2025/26 (July to September 2025)", NULL, ""}, // name and brackets disagree
    {"2016\x80", NULL, ""},
    {"--", NULL, ""},
    {"1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 9", NULL, ""},
};
// clang-format on

#define CHECK(rows) check_rows(*state, rows, COUNT_OF(rows), 4)

static void test_years(void **state)
{
    CHECK(YEARS);
}

static void test_ambiguous_years(void **state)
{
    CHECK(AMBIGUOUS_YEARS);
}

static void test_quarters_and_halves(void **state)
{
    CHECK(QUARTERS_AND_HALVES);
}

static void test_months_and_days(void **state)
{
    CHECK(MONTHS_AND_DAYS);
}

static void test_spans(void **state)
{
    CHECK(SPANS);
}

static void test_ids(void **state)
{
    CHECK(IDS);
}

static void test_what_is_no_period(void **state)
{
    CHECK(NO_PERIODS);
    struct arena *a = *state;
    char *label = arena_alloc(a, 1 << 20);
    memset(label, '2', (1 << 20) - 1);
    assert_int_equal(period_read_label(a, label, (1 << 20) - 1, PERIOD_NONE, 4).count, 0);
    memset(label, '(', (1 << 20) - 1);
    assert_int_equal(period_read_label(a, label, (1 << 20) - 1, PERIOD_NONE, 4).count, 0);
}

// Together at least the 150 the tables were asked to hold.
static void test_there_are_many_cases(void **state)
{
    (void)state;
    size_t count = COUNT_OF(YEARS) + COUNT_OF(AMBIGUOUS_YEARS) + COUNT_OF(QUARTERS_AND_HALVES) +
                   COUNT_OF(MONTHS_AND_DAYS) + COUNT_OF(SPANS) + COUNT_OF(IDS) +
                   COUNT_OF(NO_PERIODS);
    assert_true(count >= 150);
}

static void test_another_start_of_the_year(void **state)
{
    static const struct row january[] = {
        {"2016/17", NULL, "2016-17-FY"},
        {"FY 2016", NULL, "2016-17-FY"}, // starts and ends in 2016
        {"2016 Q4", "quarter", "2016-17-Q4"},
        {"H1 2025", "half", "2025-26-H1"},
    };
    check_rows(*state, january, COUNT_OF(january), 1);
    static const struct row october[] = {
        {"Q1 2016/17", NULL, "2016-17-Q1"},
        {"2016/17 to 2017/18", NULL, "2016-10-01_2018-09-30"},
        {"March 2016/17", NULL, "2017-03"},
        {"November 2016/17", NULL, "2016-11"},
        {"2016/17", "academic_year", "2016-17-AY"},
    };
    check_rows(*state, october, COUNT_OF(october), 10);
    struct arena *a = *state;
    struct period_reading r = period_read_label(a, "Q1 2016/17", 10, PERIOD_NONE, 10);
    assert_string_equal(day_text(a, r.readings[0].start), "2016-10-01");
    assert_string_equal(day_text(a, r.readings[0].end), "2016-12-31");
}

static void test_markers_are_kept_apart(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *label, *id, *marker;
    } cases[] = {
        {"2016/17 (prov)", "2016-17-FY", "prov"},
        {"2016/17(Rev)", "2016-17-FY", "Rev"},
        {"2016/17 (OT)", "2016-17-FY", "OT"},
        {"2016/17 (Final)", "2016-17-FY", "Final"},
        {"Q1 (prov) 2022/23", "2022-23-Q1", "prov"},
        {"(Rev) 2016/17", "2016-17-FY", "Rev"},
        {"2016/17 ( prov )", "2016-17-FY", "prov"},
        {"2016/17 (prov) (Rev)", "2016-17-FY", "prov; Rev"},
        {"2016/17 ()", "2016-17-FY", NULL},
        {"2016/17", "2016-17-FY", NULL},
        {"2025/26 Q1 (April to June 2025)", "2025-26-Q1", NULL},
        {"2025/26 Q1 (Apr-Jun)", "2025-26-Q1", "Apr-Jun"},
        {"FY 2016 (April 2016 to March 2017)", "2016-17-FY", NULL}, // the brackets settle it
        {"2010-11 (Nov 2010)", "2010-11", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period_reading r =
            period_read_label(a, cases[i].label, strlen(cases[i].label), PERIOD_NONE, 4);
        assert_string_equal(readings(a, &r, 4), cases[i].id);
        if (cases[i].marker == NULL) {
            assert_null(r.marker);
        } else {
            assert_non_null(r.marker);
            assert_string_equal(r.marker, cases[i].marker);
        }
    }
}

static void test_refusals_name_the_readings(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *label, *says;
    } cases[] = {
        {"2010-11", "\"2010-11\" could be November 2010 (write Nov 2010) or the financial year "
                    "2010/11 (write 2010-11-FY); write the one you mean."},
        {"H1 2025", "\"H1 2025\" could be 2025/26 H1 (write 2025-26-H1), 2024/25 H1 (write "
                    "2024-25-H1) or 1 January 2025 to 30 June 2025 (write "
                    "2025-01-01_2025-06-30); write the one you mean."},
        {"Total", "\"Total\" is not a period; write it like 2025-26-Q1, 2025-04, 2025-26-FY, 2025 "
                  "or 2023-05-17_2023-06-11."},
        {"an answer of many words that went into the wrong column, \u00a3\u00a3\u00a3\u00a3 and so "
         "on",
         "\"an answer of many words that went into the wrong column, \u00a3\u2026\" is not a "
         "period; write it like 2025-26-Q1, 2025-04, 2025-26-FY, 2025 or 2023-05-17_2023-06-11."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct period_reading r =
            period_read_label(a, cases[i].label, strlen(cases[i].label), PERIOD_NONE, 4);
        assert_string_equal(period_refusal(a, cases[i].label, &r, 4), cases[i].says);
    }
    // Each reading, written as the sentence says, means that reading.
    for (size_t i = 0; i < COUNT_OF(AMBIGUOUS_YEARS); i++) {
        const char *label = AMBIGUOUS_YEARS[i].label;
        struct period_reading r = period_read_label(a, label, strlen(label), PERIOD_NONE, 4);
        for (int j = 0; j < r.count; j++) {
            const char *plain = period_plain_id(a, r.readings[j], PERIOD_NONE, 4);
            struct period_reading again =
                period_read_label(a, plain, strlen(plain), PERIOD_NONE, 4);
            assert_int_equal(again.count, 1);
            assert_true(period_equal(again.readings[0], r.readings[j]));
        }
    }
}

static void test_what_we_write_we_read(void **state)
{
    (void)state;
    for (day d = day_from_ymd(1990, 1, 1); d < day_from_ymd(2030, 1, 1); d += 27) {
        struct arena *a = arena_new(0);
        assert_non_null(a);
        for (int kind = PERIOD_MONTH; kind <= PERIOD_CALENDAR_QUARTER; kind++) {
            for (int year_start = 1; year_start <= 12; year_start += 3) {
                struct period p = period_of((enum period_kind)kind, d, year_start);
                const char *id = period_id(a, p, year_start);
                struct period same = PERIOD_ABSENT;
                assert_true(period_parse_id(id, strlen(id), year_start, &same));
                assert_true(period_equal(p, same));
                // In a file that is read with any hint.
                for (int hint = PERIOD_NONE; hint <= PERIOD_SPAN; hint++) {
                    const char *plain = period_plain_id(a, p, (enum period_kind)hint, year_start);
                    struct period_reading r = period_read_label(a, plain, strlen(plain),
                                                                (enum period_kind)hint, year_start);
                    if (r.count != 1 || !period_equal(r.readings[0], p)) {
                        fail_msg("%s with hint %s", plain,
                                 period_kind_text((enum period_kind)hint));
                    }
                }
            }
        }
        arena_free(a);
    }
}

static int set_up(void **state)
{
    struct arena *a = arena_new(0);
    *state = a;
    return a == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_ambiguous_years),
        cmocka_unit_test(test_quarters_and_halves),
        cmocka_unit_test(test_months_and_days),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_what_is_no_period),
        cmocka_unit_test(test_there_are_many_cases),
        cmocka_unit_test(test_another_start_of_the_year),
        cmocka_unit_test(test_markers_are_kept_apart),
        cmocka_unit_test(test_refusals_name_the_readings),
        cmocka_unit_test(test_what_we_write_we_read),
    };
    return cmocka_run_group_tests_name("period_label", tests, set_up, tear_down);
}
