#include "engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TENTHS = 10 };

static uint64_t next_bits(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static int from_to(uint64_t *seed, int least, int most)
{
    return least + (int)(next_bits(seed) % (uint64_t)(most - least + 1));
}

// A sum of three, so that most fall near the middle.
static int noise(uint64_t *seed, int width)
{
    return (from_to(seed, -width, width) + from_to(seed, -width, width) +
            from_to(seed, -width, width)) /
           2;
}

static void make_series(struct country *c, size_t s, uint64_t *seed)
{
    int level = from_to(seed, 200, 900), width = from_to(seed, 5, 80);
    int kind = from_to(seed, 0, 9), step = kind == 0 ? width : 0, drift = kind == 1 ? 3 : 0;
    size_t from = (size_t)from_to(seed, 5, (int)c->length);
    for (size_t i = 0; i < c->length; i++) {
        int tenths = level + noise(seed, width) + (i >= from ? step : 0) + drift * (int)i;
        c->values[s * c->length + i] = (double)tenths / TENTHS;
    }
    static const uint8_t polarities[] = {POLARITY_HIGHER, POLARITY_HIGHER, POLARITY_HIGHER,
                                         POLARITY_LOWER,  POLARITY_LOWER,  POLARITY_NONE};
    c->targets[s] = (double)(level + noise(seed, 2 * width)) / TENTHS;
    c->amber[s] = (double)from_to(seed, 0, 50) / TENTHS;
    c->polarity[s] = polarities[from_to(seed, 0, COUNT_OF(polarities) - 1)];
}

void country_make(struct country *c)
{
    c->values = engine_room(c->series * c->length, sizeof(double));
    c->targets = engine_room(c->series, sizeof(double));
    c->amber = engine_room(c->series, sizeof(double));
    c->green = engine_room(c->series, sizeof(double));
    c->polarity = engine_room(c->series, 1);
    c->sums = engine_room(c->series, sizeof(double));
    c->triad = engine_room(3 * c->series * c->length, sizeof(double));
    memset(c->green, 0, c->series * sizeof(double));
    uint64_t seed = 20261122;
    for (size_t s = 0; s < c->series; s++) {
        make_series(c, s, &seed);
    }
}

void country_free(struct country *c)
{
    void *all[] = {c->values, c->targets, c->amber, c->green, c->polarity, c->sums, c->triad};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        free(all[i]);
    }
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    return length < 0 || (size_t)length >= sizeof path ? NULL : fopen(path, "wb");
}

static bool write_readings(const struct country *c, FILE *f)
{
    fputs("series,period,value\n", f);
    for (size_t s = 0; s < c->series; s++) {
        for (size_t i = 0; i < c->length; i++) {
            fprintf(f, "%zu,%zu,%.1f\n", s, i, c->values[s * c->length + i]);
        }
    }
    return !ferror(f);
}

static bool write_series(const struct country *c, FILE *f)
{
    fputs("series,target,amber,polarity\n", f);
    for (size_t s = 0; s < c->series; s++) {
        fprintf(f, "%zu,%.1f,%.1f,%s\n", s, c->targets[s], c->amber[s],
                polarity_text((enum polarity)c->polarity[s]));
    }
    return !ferror(f);
}

static bool write_values(const struct country *c, FILE *f)
{
    size_t count = c->series * c->length;
    return fwrite(c->values, sizeof(double), count, f) == count;
}

bool country_write(const struct country *c, const char *folder)
{
    static const struct {
        const char *name;
        bool (*write)(const struct country *c, FILE *f);
    } files[] = {{"readings.csv", write_readings},
                 {"series.csv", write_series},
                 {"values.bin", write_values}};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        FILE *f = open_in(folder, files[i].name);
        bool good = f != NULL && files[i].write(c, f);
        good = f != NULL && fclose(f) == 0 && good;
        if (!good) {
            return false;
        }
    }
    return true;
}
