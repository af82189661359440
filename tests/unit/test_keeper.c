// The keeper: the newest council of every organisation for many readers at once, and the finished
// pages kept beside it. Run by hand under -fsanitize=thread too.
#include "fixture_record.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/page_cache.h"
#include "domain/snapshot.h"

static const char RULES[] = "code,title,kind,amber_within,within_unit,beyond,from\n"
                            "STD,Corporate rule,tolerance,10,percent,red,\n";

enum { FEW = 2, MANY = 700, FILE_MAX = 1 << 20 }; // many: so many that several threads read them

static void put_measures(struct place *p, int count)
{
    struct buf b = buf_new(p->arena, FILE_MAX);
    buf_text(&b, "code,title,value_type,decimals,polarity,frequency,aggregation\n");
    for (int i = 1; i <= count; i++) {
        buf_printf(&b, "M%d,Visits,number,0,higher,quarter,sum\n", i);
    }
    place_write(p, "measures.csv", buf_cstr(&b));
}

// All measures get the same figure, in one transaction.
static void put_figures(struct place *p, int count, int figure)
{
    struct buf b = buf_new(p->arena, FILE_MAX);
    buf_text(&b, "measure,period,value\n");
    for (int i = 1; i <= count; i++) {
        buf_printf(&b, "M%d,2013-14-Q1,%d\n", i, figure);
    }
    place_write(p, "observations.csv", buf_cstr(&b));
    place_import(p, "2013-07-11T09:00:00Z");
}

static void put_figure(struct place *p, int figure)
{
    put_figures(p, FEW, figure);
}

static void put_council_of(struct place *p, const char *code, int count, int figure)
{
    p->organisation = code;
    place_write(
        p, "organisation.csv",
        arena_printf(p->arena, "code,name,default_rule\n%s,Council of %s,STD\n", code, code));
    place_write(p, "rules.csv", RULES);
    put_measures(p, count);
    place_import(p, "2013-07-11T09:00:00Z");
    put_figures(p, count, figure);
}

static void put_council(struct place *p, const char *code, int figure)
{
    put_council_of(p, code, FEW, figure);
}

static struct keeper *open_keeper(struct place *p)
{
    struct err e = {.arena = p->arena};
    struct keeper *k = NULL;
    day today = day_from_ymd(2013, 8, 1);
    if (!keeper_open(p->url, today, &k, &e)) {
        fail_msg("%s", e.message);
    }
    return k;
}

static const struct keeper_view *take(struct keeper *k, unsigned reader, struct arena *a)
{
    struct err e = {.arena = a};
    const struct keeper_view *v = keeper_take(k, reader, &e);
    if (v == NULL) {
        fail_msg("%s", e.message);
    }
    return v;
}

static const struct council *council_in(struct keeper *k, const struct keeper_view *v,
                                        const char *code, struct arena *a)
{
    struct err e = {.arena = a};
    const struct council *c = NULL;
    if (!keeper_council(k, 0, v, code, NULL, &c, &e)) {
        fail_msg("%s", e.message);
    }
    return c;
}

static int64_t figure_of(const struct council *c, const char *measure)
{
    const struct measure *m = council_measure(c, measure);
    assert_int_equal(m->series[0].figure_count, 1);
    return m->series[0].figures[0].value.units;
}

// What the next page says.
static int64_t next_figure(struct keeper *k, const char *code)
{
    struct arena *a = arena_new(0);
    const struct keeper_view *v = take(k, 1, a);
    int64_t figure = figure_of(council_in(k, v, code, a), "M1");
    keeper_release(k, 1);
    arena_free(a);
    return figure;
}

static void test_a_change_is_seen_on_the_next_page(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_council(p, "town", 5);
    struct keeper *k = open_keeper(p);
    assert_int_equal(next_figure(k, "town"), 5);
    put_figure(p, 6);
    put_figure(p, 7);
    assert_int_equal(next_figure(k, "town"), 7);
    keeper_close(k);
    place_free(p);
}

static void test_what_is_being_read_stays_as_it_is(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_council(p, "town", 5);
    struct keeper *k = open_keeper(p);
    const struct keeper_view *old = take(k, 0, p->arena);
    const struct council *c = council_in(k, old, "town", p->arena);
    for (int figure = 6; figure < 9; figure++) {
        put_figure(p, figure);
        assert_int_equal(next_figure(k, "town"), figure);
        assert_int_equal(figure_of(c, "M1"), 5);
    }
    keeper_release(k, 0);
    assert_true(take(k, 0, p->arena) != old);
    keeper_release(k, 0);
    keeper_close(k);
    place_free(p);
}

static void test_without_a_change_nothing_is_read_again(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_council(p, "town", 5);
    struct keeper *k = open_keeper(p);
    const struct keeper_view *first = take(k, 0, p->arena);
    const struct council *c = council_in(k, first, "town", p->arena);
    keeper_release(k, 0);
    assert_ptr_equal(take(k, 0, p->arena), first);
    assert_ptr_equal(council_in(k, first, "town", p->arena), c);
    keeper_release(k, 0);
    keeper_close(k);
    place_free(p);
}

static void count_release(void *counter)
{
    (*(int *)counter)++;
}

static void test_pages_are_kept_by_council(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_council(p, "shire", 1);
    put_council(p, "town", 5);
    struct keeper *k = open_keeper(p);
    const struct keeper_view *v = take(k, 0, p->arena);
    size_t count = 0;
    const struct organisation_name *names = keeper_organisations(v, &count);
    assert_int_equal(count, 2);
    assert_string_equal(names[0].code, "shire");
    const struct council *shire = council_in(k, v, "shire", p->arena);
    const struct council *town = council_in(k, v, "town", p->arena);
    int of_shire = 0, of_town = 0, of_list = 0;
    assert_ptr_equal(keeper_keep(v, shire, "/x", &of_shire, 100, count_release), &of_shire);
    assert_ptr_equal(keeper_keep(v, town, "/x", &of_town, 100, count_release), &of_town);
    assert_ptr_equal(keeper_keep(v, NULL, "/", &of_list, 100, count_release), &of_list);
    assert_ptr_equal(keeper_kept(v, town, "/x"), &of_town);
    assert_null(keeper_kept(v, town, "/y"));
    keeper_release(k, 0);

    put_figure(p, 6); // of the town
    v = take(k, 0, p->arena);
    const struct council *shire_now = council_in(k, v, "shire", p->arena);
    const struct council *town_now = council_in(k, v, "town", p->arena);
    assert_ptr_equal(shire_now, shire); // what did not change is the same picture
    assert_ptr_equal(keeper_kept(v, shire_now, "/x"), &of_shire);
    assert_int_equal(figure_of(town_now, "M1"), 6);
    assert_null(keeper_kept(v, town_now, "/x"));
    assert_null(keeper_kept(v, NULL, "/"));
    assert_int_equal(of_town, 1);
    assert_int_equal(of_shire, 0);
    keeper_release(k, 0);
    keeper_close(k);
    assert_int_equal(of_shire, 1);
    assert_int_equal(of_town, 1);
    assert_int_equal(of_list, 1);
    place_free(p);
}

// Two records made by the same steps: their counters and revisions are equal, their figures not.
static void test_another_file_in_its_place_is_seen(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_council(p, "town", 5);
    struct place *other = place_new();
    put_council(other, "town", 9);
    struct keeper *k = open_keeper(p);
    assert_int_equal(next_figure(k, "town"), 5);
    assert_int_equal(rename(other->url, p->url), 0);
    assert_int_equal(next_figure(k, "town"), 9);
    put_figure(p, 10);
    assert_int_equal(next_figure(k, "town"), 10);
    keeper_close(k);
    place_free(p);
    place_free(other);
}

static void test_a_record_that_goes_away(void **state)
{
    (void)state;
    struct place *p = place_new();
    struct err e = {.arena = p->arena};
    struct keeper *k = NULL;
    assert_false(keeper_open(p->url, DAY_NONE, &k, &e));
    assert_int_equal(e.kind, ERR_ABSENT);
    assert_non_null(strstr(e.message, "import"));

    put_council(p, "town", 5);
    k = open_keeper(p);
    assert_int_equal(next_figure(k, "town"), 5);
    // What was read last is still served while the file is away, and the new one when it is back.
    const char *away = place_path(p, "away.db");
    assert_int_equal(rename(p->url, away), 0);
    struct err first = {.arena = p->arena}, second = {.arena = p->arena};
    assert_non_null(keeper_take(k, 1, &first));
    keeper_release(k, 1);
    assert_int_equal(first.kind, ERR_ABSENT); // told once, for the log
    assert_non_null(keeper_take(k, 1, &second));
    keeper_release(k, 1);
    assert_null(second.message);
    assert_int_equal(rename(away, p->url), 0);
    put_figure(p, 6);
    assert_int_equal(next_figure(k, "town"), 6);
    // Cut short under our feet: the last good state.
    assert_int_equal(truncate(p->url, 1000), 0);
    assert_int_equal(next_figure(k, "town"), 6);
    keeper_close(k);
    place_free(p);
}

static void test_who_is_not_there(void **state)
{
    (void)state;
    struct place *p = place_new();
    put_council(p, "town", 5);
    struct keeper *k = open_keeper(p);
    const struct keeper_view *v = take(k, 0, p->arena);
    struct err e = {.arena = p->arena};
    const struct council *c = NULL;
    assert_false(keeper_council(k, 0, v, "village", NULL, &c, &e));
    assert_int_equal(e.kind, ERR_ABSENT);
    assert_string_equal(e.message, "There is no organisation \"village\" in this record.");
    keeper_release(k, 0);
    keeper_close(k);
    place_free(p);
}

// ---- many at once ----

enum { READERS = 8 };

struct many {
    struct keeper *keeper;
    atomic_bool over;
    atomic_int torn, backwards, failed, pages;
};

struct one_reader {
    struct many *many;
    unsigned slot;
};

static void release_nothing(void *nothing)
{
    (void)nothing;
}

// Whether the measures are of different moments.
static bool is_torn(const struct council *c)
{
    int64_t first = c->measures[0].series[0].figures[0].value.units;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct series *s = &c->measures[i].series[0];
        if (s->figure_count != 1 || s->figures[0].value.units != first || s->result_count != 1 ||
            s->results[0].value.units != first) {
            return true;
        }
    }
    return false;
}

// No test framework in here: it knows one thread only.
static void *read_on(void *context)
{
    const struct one_reader *r = context;
    struct many *m = r->many;
    uint64_t seen = 0;
    while (!atomic_load(&m->over)) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        const struct keeper_view *v = keeper_take(m->keeper, r->slot, &e);
        const struct council *c = NULL;
        if (v == NULL || !keeper_council(m->keeper, r->slot, v, "town", NULL, &c, &e)) {
            atomic_fetch_add(&m->failed, 1);
        } else {
            atomic_fetch_add(&m->torn, is_torn(c));
            atomic_fetch_add(&m->backwards, c->revision < seen);
            seen = c->revision;
            static char own[] = "page";
            void *kept = keeper_kept(v, c, "/town");
            kept = kept != NULL ? kept : keeper_keep(v, c, "/town", own, 10, release_nothing);
            atomic_fetch_add(&m->failed, kept == NULL);
            atomic_fetch_add(&m->pages, 1);
        }
        keeper_release(m->keeper, r->slot);
        arena_free(a);
    }
    return NULL;
}

static void read_while_writing(int measures, int changes)
{
    struct place *p = place_new();
    put_council_of(p, "town", measures, 0);
    struct many m = {.keeper = open_keeper(p)};
    struct one_reader readers[READERS];
    pthread_t threads[READERS];
    for (unsigned i = 0; i < READERS; i++) {
        readers[i] = (struct one_reader){&m, i + 2};
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
    }
    for (int figure = 1; figure <= changes; figure++) {
        put_figures(p, measures, figure);
        assert_int_equal(next_figure(m.keeper, "town"), figure); // who made it sees it at once
    }
    atomic_store(&m.over, true);
    for (unsigned i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&m.torn), 0);
    assert_int_equal(atomic_load(&m.backwards), 0);
    assert_int_equal(atomic_load(&m.failed), 0);
    assert_true(atomic_load(&m.pages) > changes);
    keeper_close(m.keeper);
    place_free(p);
}

static void test_many_readers_while_one_writes(void **state)
{
    (void)state;
    read_while_writing(FEW, 25);
}

// A council so large that its measures are shared out among threads, each with a connection.
static void test_a_large_council_is_of_one_moment(void **state)
{
    (void)state;
    read_while_writing(MANY, 8);
}

// ---- the cache itself ----

struct racing {
    struct page_cache *cache;
};

struct racer {
    struct racing *race;
    int own;
};

static void *keep_one(void *context)
{
    struct racer *r = context;
    return page_cache_put(r->race->cache, "/town", &r->own, 10, count_release);
}

static void test_of_equal_pages_one_is_kept(void **state)
{
    (void)state;
    struct racing race = {.cache = page_cache_new(1000)};
    struct racer racers[READERS];
    pthread_t threads[READERS];
    void *got[READERS];
    for (int i = 0; i < READERS; i++) {
        racers[i] = (struct racer){&race, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, keep_one, &racers[i]), 0);
    }
    int released = 0;
    for (int i = 0; i < READERS; i++) {
        pthread_join(threads[i], &got[i]);
        assert_ptr_equal(got[i], got[0]);
    }
    for (int i = 0; i < READERS; i++) {
        released += racers[i].own;
    }
    assert_int_equal(released, READERS - 1);
    page_cache_free(race.cache);
}

static void test_a_full_cache_keeps_what_it_has(void **state)
{
    (void)state;
    struct page_cache *cache = page_cache_new(1000);
    int first = 0, second = 0, third = 0;
    assert_ptr_equal(page_cache_put(cache, "/a", &first, 700, count_release), &first);
    assert_null(page_cache_put(cache, "/b", &second, 700, count_release));
    assert_null(page_cache_put(cache, "/b", &second, 5000, count_release));
    assert_ptr_equal(page_cache_put(cache, "/c", &third, 100, count_release), &third);
    assert_ptr_equal(page_cache_get(cache, "/a"), &first);
    assert_null(page_cache_get(cache, "/b"));
    assert_int_equal(second, 0); // still its owner's
    page_cache_free(cache);
    assert_int_equal(first + third, 2);
    page_cache_free(NULL);
    assert_null(page_cache_get(NULL, "/a"));
    assert_null(page_cache_put(NULL, "/a", &first, 1, count_release));
}

static void test_thousands_of_addresses_are_found_or_left_out(void **state)
{
    (void)state;
    enum { ADDRESSES = 5000 };
    struct arena *a = arena_new(0);
    struct page_cache *cache = page_cache_new(64u << 20);
    int *pages = ARENA_ARRAY(a, ADDRESSES, int);
    int kept = 0;
    for (int i = 0; i < ADDRESSES; i++) {
        const char *key = arena_printf(a, "/town/measures/NI%%20%d?period=2013-14-Q4", i);
        void *got = page_cache_put(cache, key, &pages[i], 10, count_release);
        assert_true(got == NULL || got == &pages[i]);
        assert_ptr_equal(page_cache_get(cache, key), got);
        kept += got != NULL;
    }
    assert_true(kept > 1500);
    page_cache_free(cache);
    int released = 0;
    for (int i = 0; i < ADDRESSES; i++) {
        released += pages[i];
    }
    assert_int_equal(released, kept);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_change_is_seen_on_the_next_page),
        cmocka_unit_test(test_what_is_being_read_stays_as_it_is),
        cmocka_unit_test(test_without_a_change_nothing_is_read_again),
        cmocka_unit_test(test_pages_are_kept_by_council),
        cmocka_unit_test(test_another_file_in_its_place_is_seen),
        cmocka_unit_test(test_a_record_that_goes_away),
        cmocka_unit_test(test_who_is_not_there),
        cmocka_unit_test(test_many_readers_while_one_writes),
        cmocka_unit_test(test_a_large_council_is_of_one_moment),
        cmocka_unit_test(test_of_equal_pages_one_is_kept),
        cmocka_unit_test(test_a_full_cache_keeps_what_it_has),
        cmocka_unit_test(test_thousands_of_addresses_are_found_or_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
