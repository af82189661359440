// The distributions against reference figures over their whole range, and against themselves: what
// a quantile gives has the chance it was asked for.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "engine/special.h"
#include "near.h"
#include "special_tables.h"

static void test_the_normal(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(NORMAL); i++) {
        double p = NORMAL[i].chance;
        double z = NORMAL[i].z;
        ASSERT_NEAR(normal_quantile(p), z, 1e-15, "chance %g", p);
        ASSERT_NEAR(normal_quantile_upper(p), -z, 1e-15, "chance %g", p);
        // A value rounded to a double has a chance off by z^2 times as much; near 1 the chance
        // itself is rounded; the smallest double has no digits.
        if (p > 1e-307) {
            ASSERT_NEAR(normal_cdf(z), p, 1e-15 + 3e-16 * z * z, "at %g", z);
            ASSERT_NEAR(normal_upper(-z), p, 1e-15 + 3e-16 * z * z, "at %g", z);
        }
    }
    assert_true(normal_quantile(0) == -INFINITY);
    assert_true(normal_quantile(1) == INFINITY);
    assert_true(normal_cdf(INFINITY) == 1 && normal_cdf(-INFINITY) == 0);
}

static void test_chi_square(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CHI_SQUARE); i++) {
        const struct quantile_case *c = &CHI_SQUARE[i];
        double got = c->is_upper ? chi_square_quantile_upper(c->chance, c->df)
                                 : chi_square_quantile(c->chance, c->df);
        ASSERT_NEAR(got, c->x, 1e-14, "chance %g, df %g", c->chance, c->df);
        double chance = c->is_upper ? chi_square_upper(c->x, c->df) : chi_square_cdf(c->x, c->df);
        double other = c->is_upper ? chi_square_cdf(c->x, c->df) : chi_square_upper(c->x, c->df);
        double steep = fabs(c->x - c->df) + sqrt(c->df) + 10; // of the chance against x
        ASSERT_NEAR(chance, c->chance, 2e-16 * steep + 1e-14, "at %g, df %g", c->x, c->df);
        ASSERT_NEAR(other, 1 - c->chance, 2e-16 * steep + 1e-13, "at %g, df %g", c->x, c->df);
    }
}

// Where a library in wide use answers 30,873 and 578,002 (methods.md 12): half of these are the
// lower and upper limits of 25,000 and a million events.
static void test_chi_square_of_huge_counts(void **state)
{
    (void)state;
    ASSERT_NEAR(chi_square_quantile_upper(0.025, 2 * 25000 + 2) / 2, 25311.8497767051, 1e-13,
                "25,000 events");
    ASSERT_NEAR(chi_square_quantile_upper(0.025, 2 * 1e6 + 2) / 2, 1001961.91194543, 1e-13,
                "a million events");
    // And far beyond, where the expansion of Cornish and Fisher is exact.
    static const double FAR[] = {1e8, 1e10, 1e13, 1e17, 1e19, 1e40};
    for (size_t i = 0; i < COUNT_OF(FAR); i++) {
        double df = FAR[i];
        double z = normal_quantile(0.975);
        double expected =
            df + z * sqrt(2 * df) + 2 * (z * z - 1) / 3 + (z * z * z - 7 * z) / (9 * sqrt(2 * df));
        ASSERT_NEAR(chi_square_quantile(0.975, df), expected, 1e-14, "df %g", df);
    }
}

static void test_student(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(STUDENT); i++) {
        const struct quantile_case *c = &STUDENT[i];
        double got = c->is_upper ? student_quantile_upper(c->chance, c->df)
                                 : student_quantile(c->chance, c->df);
        ASSERT_NEAR(got, c->x, 1e-14, "chance %g, df %g", c->chance, c->df);
        double back = c->is_upper ? student_quantile(c->chance, c->df)
                                  : student_quantile_upper(c->chance, c->df);
        assert_true(back == -got);
        double chance = c->is_upper ? student_upper(c->x, c->df) : student_cdf(c->x, c->df);
        ASSERT_NEAR(chance, c->chance, 1e-14 + 3e-16 * fmin(c->df, c->x * c->x), "at %g, df %g",
                    c->x, c->df);
    }
    assert_true(student_quantile(0.5, 3) == 0);
    assert_true(student_cdf(0, 3) == 0.5);
    assert_true(student_quantile(0.975, INFINITY) == normal_quantile(0.975));
    ASSERT_NEAR(student_cdf(-1e200, 1), 3.18309886183790671538e-201, 1e-14, "far out");
}

static void test_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(POISSON); i++) {
        const struct chance_case *c = &POISSON[i];
        ASSERT_NEAR(poisson_cdf(c->x, c->first), c->lower, 2e-14, "%g, %g", c->x, c->first);
        ASSERT_NEAR(poisson_upper(c->x, c->first), c->upper, 2e-14, "%g, %g", c->x, c->first);
        assert_true(poisson_cdf(c->x + 0.75, c->first) == poisson_cdf(c->x, c->first));
    }
    for (size_t i = 0; i < COUNT_OF(BINOMIAL); i++) {
        const struct chance_case *c = &BINOMIAL[i];
        ASSERT_NEAR(binomial_cdf(c->x, c->first, c->second), c->lower, 2e-14, "%g of %g", c->x,
                    c->first);
        ASSERT_NEAR(binomial_upper(c->x, c->first, c->second), c->upper, 2e-14, "%g of %g", c->x,
                    c->first);
    }
}

// The smallest count with at least the chance: nothing at that count less one reaches it.
static void test_quantiles_of_counts(void **state)
{
    (void)state;
    static const double chances[] = {1e-12, 0.001, 0.025, 0.05, 0.3, 0.5, 0.95, 0.999};
    static const double sizes[] = {0.3, 1, 7, 24, 150, 4000, 1e6};
    for (size_t i = 0; i < COUNT_OF(chances); i++) {
        for (size_t k = 0; k < COUNT_OF(sizes); k++) {
            double p = chances[i];
            double count = poisson_quantile(p, sizes[k]);
            assert_true(poisson_cdf(count, sizes[k]) >= p * (1 - 1e-13));
            assert_true(count == 0 || poisson_cdf(count - 1, sizes[k]) < p);
            double n = ceil(sizes[k]);
            count = binomial_quantile(p, n, 0.3);
            assert_true(binomial_cdf(count, n, 0.3) >= p * (1 - 1e-13));
            assert_true(count == 0 || binomial_cdf(count - 1, n, 0.3) < p);
        }
    }
    // Fewest crossings of the median of a run chart (methods.md 1.3), as printed by Anhoej (2014):
    // 10 to 14, 20, 24 and 30 points.
    static const double POINTS[][2] = {{10, 2}, {11, 2}, {12, 3}, {13, 3},
                                       {14, 4}, {20, 6}, {24, 8}, {30, 10}};
    for (size_t i = 0; i < COUNT_OF(POINTS); i++) {
        assert_true(binomial_quantile(0.05, POINTS[i][0] - 1, 0.5) == POINTS[i][1]);
    }
    // A chance reached exactly.
    assert_true(binomial_quantile(0.5, 1, 0.5) == 0);
    assert_true(binomial_quantile(0.875, 3, 0.5) == 2);
    assert_true(binomial_quantile(1, 9, 0.5) == 9);
    assert_true(poisson_quantile(1, 2) == INFINITY);
}

static void test_edges(void **state)
{
    (void)state;
    // df = 0: always 0, so that no event has the lower limit 0.
    assert_true(chi_square_quantile(0.025, 0) == 0);
    assert_true(chi_square_cdf(0, 0) == 1);
    assert_true(chi_square_quantile(0, 5) == 0);
    assert_true(chi_square_quantile(1, 5) == INFINITY);
    assert_true(chi_square_cdf(-1, 5) == 0);
    assert_true(chi_square_quantile(1e-300, 0.01) == 0); // 1e-60000
    assert_true(poisson_cdf(-1, 3) == 0 && poisson_cdf(0, 0) == 1);
    assert_true(binomial_cdf(5, 5, 0.2) == 1 && binomial_upper(5, 5, 0.2) == 0);
    const double undefined[] = {
        normal_quantile(-0.1),        normal_quantile(NAN),        chi_square_quantile(1.1, 3),
        chi_square_quantile(0.5, -1), chi_square_cdf(1, -2),       student_quantile(0.5, 0.5),
        student_cdf(NAN, 3),          poisson_cdf(1, -1),          binomial_cdf(1, 2.5, 0.5),
        binomial_cdf(1, 2, 1.5),      binomial_quantile(2, 3, .5), gamma_lower(0, 1),
    };
    for (size_t i = 0; i < COUNT_OF(undefined); i++) {
        if (!isnan(undefined[i])) {
            fail_msg("number %zu is %g", i, undefined[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_normal),
        cmocka_unit_test(test_chi_square),
        cmocka_unit_test(test_chi_square_of_huge_counts),
        cmocka_unit_test(test_student),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_quantiles_of_counts),
        cmocka_unit_test(test_edges),
    };
    return cmocka_run_group_tests_name("special", tests, NULL, NULL);
}
