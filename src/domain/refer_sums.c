// Sums of what a rule referred.

#include <stdlib.h>

#include "domain/refer.h"

static int by_size(const void *left, const void *right)
{
    int x = *(const int *)left, y = *(const int *)right;
    return (x > y) - (x < y);
}

// Exact: of an even number the mean of the two middle ones, to the half.
static struct dec median(int *values, size_t count)
{
    if (count == 0) {
        return DEC_NONE;
    }
    qsort(values, count, sizeof *values, by_size);
    int64_t middle = (int64_t)values[(count - 1) / 2] + values[count / 2];
    return dec_trim(dec_make(middle * 5, 1));
}

// Room for a mark on each measure.
static size_t measures_of(const struct refer_play *play)
{
    size_t most = 0;
    for (size_t i = 0; i < play->count; i++) {
        size_t index = play->referred[i].measure->index;
        most = index > most ? index : most;
    }
    return most + 1;
}

struct refer_summary refer_summarise(const struct refer_play *play, struct arena *scratch)
{
    struct refer_summary s = {.referrals = (int)play->count, .most_open_in = PERIOD_ABSENT};
    bool *seen = ARENA_ARRAY(scratch, measures_of(play), bool);
    int *periods = ARENA_ARRAY(scratch, play->count, int);
    int *months = ARENA_ARRAY(scratch, play->count, int);
    for (size_t i = 0; i < play->count; i++) {
        const struct referred *r = &play->referred[i];
        if (r->end == REFER_RECOVERED) {
            periods[s.recovered] = r->periods;
            months[s.recovered++] = r->months;
        }
        s.open += r->end == REFER_OPEN;
        s.retired += r->end == REFER_RETIRED;
        s.noise += r->noise == NOISE_YES;
        s.not_noise += r->noise == NOISE_NO;
        s.cannot_tell += r->noise == NOISE_CANNOT_TELL;
        bool is_first = !seen[r->measure->index];
        seen[r->measure->index] = true;
        s.measures += is_first;
    }
    s.median_periods = median(periods, (size_t)s.recovered);
    s.median_months = median(months, (size_t)s.recovered);
    for (size_t i = 0; i < play->quarter_count; i++) {
        if (play->quarters[i].open > s.most_open) {
            s.most_open = play->quarters[i].open;
            s.most_open_in = play->quarters[i].quarter;
        }
    }
    return s;
}
