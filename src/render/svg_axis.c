#include "render/svg_axis.h"

#include <math.h>
#include <string.h>

// A step of `units` x 10^`power`.
struct step {
    int64_t units;
    int power;
};

enum { STEPS_TRIED = 400, LARGEST_COUNT = 1000000000 };

static double step_size(struct step s)
{
    return (double)s.units * pow(10, s.power);
}

// The steps go 1, 2, 2.5, 5, 10 ...; 2.5 is left out where it would need a place too many.
static struct step next_step(struct step s, int finest)
{
    switch (s.units) {
    case 1: return (struct step){2, s.power};
    case 2:
        if (s.power - 1 >= finest) {
            return (struct step){25, s.power - 1};
        }
        return (struct step){5, s.power};
    case 25: return (struct step){5, s.power + 1};
    default: return (struct step){1, s.power + 1};
    }
}

// Whole steps below and above, forgiving the last bits of a double.
static double steps_down(double value, double size)
{
    double nearest = round(value / size);
    return fabs(value / size - nearest) < 1e-9 * fmax(1, fabs(nearest)) ? nearest
                                                                        : floor(value / size);
}

static double steps_up(double value, double size)
{
    return -steps_down(-value, size);
}

static void widen_to_zero(const struct chart *c, struct axis_wish *w)
{
    bool share = strcmp(c->suffix, "%") == 0 && w->low >= 0 && w->high <= 100;
    double finest = pow(10, -c->decimals);
    double spread = fmax(fabs(w->low), fabs(w->high));
    if (w->high - w->low <= spread * 1e-9) { // one value: give it room on both sides
        double room = fmax(spread * 0.1, finest * 2);
        bool above = w->low >= 0;
        bool below = w->high <= 0;
        w->low -= room;
        w->high += room;
        w->low = above && w->low < 0 ? 0 : w->low;
        w->high = below && !above && w->high > 0 ? 0 : w->high;
    }
    if (w->low > 0 && (w->zero || w->low <= w->near * w->high)) {
        w->low = 0;
    }
    if (w->high < 0 && (w->zero || w->high >= w->near * w->low)) {
        w->high = 0;
    }
    if (share && w->high > 100) {
        w->high = 100;
    }
}

struct magnitude {
    int power;
    const char *letter;
};

static struct magnitude magnitude_of(double largest)
{
    if (largest >= 1e9) {
        return (struct magnitude){9, "bn"};
    }
    if (largest >= 1e6) {
        return (struct magnitude){6, "m"};
    }
    if (largest >= 1e5) {
        return (struct magnitude){3, "k"};
    }
    return (struct magnitude){0, ""};
}

static struct dec tick_value(int64_t count, struct step s, int power)
{
    struct dec value = dec_mul(dec_int(count), dec_int(s.units));
    for (; power > 0 && value.present; power--) {
        value = dec_mul(value, dec_int(10));
    }
    if (power < -DEC_SCALE_MAX || !value.present) {
        return DEC_NONE;
    }
    return dec_make(value.units, (uint8_t)-power);
}

static const char *tick_label(const struct chart *c, int64_t count, struct step s,
                              struct magnitude m)
{
    int power = s.power - m.power;
    struct dec value = tick_value(count, s, power);
    if (!value.present) {
        return "";
    }
    struct arena *a = c->out->arena;
    const char *letter = count == 0 ? "" : m.letter;
    // A long unit stands in the title and at the last figure; on every tick it would be noise.
    const char *suffix = strlen(c->suffix) <= 2 ? c->suffix : "";
    return arena_printf(a, "%s%s%s%s%s", dec_sign(value) < 0 ? "\u2212" : "", c->prefix,
                        dec_shown(a, dec_abs(value), power < 0 && count != 0 ? -power : 0), letter,
                        suffix);
}

static struct step choose_step(const struct chart *c, struct axis_wish w)
{
    int finest = -c->decimals;
    double rough = (w.high - w.low) / (double)w.ticks;
    int power = (int)floor(log10(rough)) - 1;
    struct step s = {1, power < finest ? finest : power};
    for (int i = 0; i < STEPS_TRIED; i++) {
        double size = step_size(s);
        double gaps = w.fixed ? floor((w.high - w.low) / size)
                              : steps_up(w.high, size) - steps_down(w.low, size);
        if (gaps + 1 <= (double)w.ticks) {
            break;
        }
        s = next_step(s, finest);
    }
    return s;
}

struct axis axis_make(const struct chart *c, struct axis_wish w)
{
    if (!w.fixed) {
        widen_to_zero(c, &w);
    }
    struct step s = choose_step(c, w);
    double size = step_size(s);
    double first = w.fixed ? steps_up(w.low, size) : steps_down(w.low, size);
    double last = w.fixed ? steps_down(w.high, size) : steps_up(w.high, size);
    struct axis axis = {.low = w.low, .high = w.high};
    if (!w.fixed) {
        axis.low = first * size;
        axis.high = last * size;
    }
    struct magnitude m = magnitude_of(fmax(fabs(axis.low), fabs(axis.high)));
    for (double k = first; k <= last && axis.count < AXIS_TICKS_MAX; k++) {
        axis.at[axis.count] = k * size;
        axis.label[axis.count] = fabs(k) < LARGEST_COUNT ? tick_label(c, (int64_t)k, s, m) : "";
        axis.count++;
    }
    if (!(axis.high > axis.low)) { // figures so large that a double cannot tell them apart
        axis.high = axis.low + fmax(1, fabs(axis.low));
    }
    return axis;
}

double axis_place(const struct axis *axis, double value)
{
    return (value - axis->low) / (axis->high - axis->low);
}
