#include "cli/analyse_confidence.h"

#include <math.h>
#include <string.h>

static const char USUAL[] = "95,99.8";

static bool refuse_level(const char *text, struct dec level, struct err *e)
{
    struct dec percent = dec_mul(level, dec_int(100));
    bool is_share = level.present && dec_sign(level) > 0 && dec_cmp(level, dec_int(1)) < 0;
    return err_set(
        e, ERR_USAGE, "--confidence takes per cent from 90 to 99.9, as in 95,99.8, not \"%s\"%s.",
        text,
        is_share ? arena_printf(e->arena, "; write %s", dec_text(e->arena, dec_trim(percent)))
                 : "");
}

// One level of the list; its text without what stands around the number.
static bool take_level(struct slice given, struct analyse_levels *l, struct dec *levels,
                       const char **ret_text, struct err *e)
{
    struct slice number = given;
    if (number.length > 0 && number.text[number.length - 1] == '%') {
        number.length--;
        number = slice_trim(number);
    }
    const char *text = arena_textn(e->arena, given.text, given.length);
    struct dec *level = &levels[l->count];
    if (!dec_parse(number.text, number.length, level)) {
        return refuse_level(text, DEC_NONE, e);
    }
    if (dec_cmp(*level, dec_int(90)) < 0 || dec_cmp(*level, dec_make(999, 1)) > 0) {
        return refuse_level(text, *level, e);
    }
    for (size_t i = 0; i < l->count; i++) {
        if (dec_equal(levels[i], *level)) {
            return err_set(e, ERR_USAGE, "--confidence names %s twice.", text);
        }
    }
    struct dec share = dec_mul(*level, dec_make(1, 2));
    l->levels[l->count++] = confidence_of_share(dec_to_double(share));
    *ret_text = arena_textn(e->arena, number.text, number.length);
    return true;
}

bool analyse_levels_start(struct analyse *j, const char *const *before, const char *last,
                          struct analyse_levels *out, struct err *e)
{
    const char *list = analyse_option(j->options, "--confidence");
    list = list == NULL ? USUAL : list;
    const char **names = ARENA_ARRAY(j->kept, ANALYSE_RESULTS_MAX + 1, const char *);
    struct dec levels[ANALYSE_LEVELS_MAX];
    size_t count = 0;
    for (; before[count] != NULL; count++) {
        names[count] = before[count];
    }
    *out = (struct analyse_levels){.first = count, .last = last};
    while (list != NULL) {
        if (out->count == ANALYSE_LEVELS_MAX) {
            return err_set(e, ERR_USAGE, "--confidence takes at most %d levels.",
                           ANALYSE_LEVELS_MAX);
        }
        size_t length = strcspn(list, ",");
        const char *text = NULL;
        if (!take_level(slice_trim((struct slice){list, length}), out, levels, &text, e)) {
            return false;
        }
        names[count++] = arena_printf(j->kept, "lower_%s", text);
        names[count++] = arena_printf(j->kept, "upper_%s", text);
        list = list[length] == '\0' ? NULL : list + length + 1;
    }
    names[count] = last;
    j->names = names;
    return true;
}

void analyse_levels_put(struct analyse *j, const struct analyse_levels *l, size_t level,
                        struct interval i)
{
    j->results[l->first + 2 * level] = analyse_double_text(j, i.lower);
    j->results[l->first + 2 * level + 1] = analyse_double_text(j, i.upper);
}

bool analyse_multiplier(const struct analyse_options *o, double fallback, double *out,
                        struct err *e)
{
    const char *text = analyse_option(o, "--multiplier");
    if (text == NULL) {
        *out = fallback;
        return true;
    }
    struct dec value = DEC_NONE;
    if (!dec_parse(text, strlen(text), &value) || dec_sign(value) <= 0) {
        return err_set(e, ERR_USAGE, "--multiplier takes a number above nought, not \"%s\".", text);
    }
    *out = dec_to_double(value);
    return true;
}

bool analyse_not_negative(struct analyse *j, size_t column, double value)
{
    return !(value < 0) ||
           analyse_fault(j, "%s is below nought; a count is not.", analyse_shown(j, column));
}
