#include <string.h>

#include "cli/analyse_job.h"
#include "model/nearest.h"

static const struct analyse_method *const METHODS[] = {
    &analyse_method_period,
    &analyse_method_status,
    &analyse_method_travel,
    &analyse_method_aggregate,
    &analyse_method_spc,
    &analyse_method_shift,
    &analyse_method_trend,
    &analyse_method_forecast,
    &analyse_method_interval,
    &analyse_method_standardise,
    &analyse_method_mean,
    &analyse_method_compare,
    &analyse_method_against,
    &analyse_method_score,
    &analyse_method_run_chart,
    &analyse_method_proportion_chart,
    &analyse_method_funnel,
    &analyse_method_turning,
    &analyse_method_suppress,
    &analyse_method_timeliness,
    NULL,
};

static const char *const TO_WORDS[TO_COUNT] = {
    [TO_QUARTER] = "quarter", [TO_HALF] = "half",         [TO_YEAR] = "year",
    [TO_YTD] = "ytd",         [TO_ROLLING3] = "rolling3", [TO_ROLLING12] = "rolling12",
};

const struct analyse_method *const *analyse_methods(void)
{
    return METHODS;
}

const char *analyse_to_text(enum analyse_to to)
{
    return TO_WORDS[to];
}

static const char *known_methods(struct arena *a)
{
    struct buf known = buf_new(a, 1 << 12);
    for (size_t i = 0; METHODS[i] != NULL; i++) {
        buf_text(&known, i == 0 ? "" : METHODS[i + 1] == NULL ? " and " : ", ");
        buf_text(&known, METHODS[i]->name);
    }
    return buf_cstr(&known);
}

static bool unknown_method(struct arena *a, const char *name, struct err *e)
{
    struct nearest near = nearest_start(name);
    for (size_t i = 0; METHODS[i] != NULL; i++) {
        nearest_offer(&near, METHODS[i]->name);
    }
    const char *hint = nearest_found(&near);
    if (hint != NULL) {
        return err_set(e, ERR_USAGE, "analyse has no method \"%s\"; did you mean %s?", name, hint);
    }
    return err_set(e, ERR_USAGE, "analyse has no method \"%s\"; it has %s.", name,
                   known_methods(a));
}

static const struct analyse_method *find_method(const char *name)
{
    for (size_t i = 0; METHODS[i] != NULL; i++) {
        if (strcmp(METHODS[i]->name, name) == 0) {
            return METHODS[i];
        }
    }
    return NULL;
}

static bool is_among(const char *const *words, const char *word)
{
    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static const char *const FLAGS[] = {"--help", "-h", "--keep-going", NULL};

static bool unknown_option(const struct analyse_options *o, const char *name, struct err *e)
{
    if (o->method == NULL) {
        return err_set(e, ERR_USAGE,
                       "%s stands before the method; write goldthread analyse METHOD "
                       "[FILE] and then the options.",
                       name);
    }
    struct nearest near = nearest_start(name);
    const char *const *sets[] = {FLAGS, o->method->options, o->method->flags};
    for (size_t s = 0; s < COUNT_OF(sets); s++) {
        for (size_t i = 0; sets[s] != NULL && sets[s][i] != NULL; i++) {
            nearest_offer(&near, sets[s][i]);
        }
    }
    const char *hint = nearest_found(&near);
    if (hint != NULL) {
        return err_set(e, ERR_USAGE, "analyse %s has no option %s; did you mean %s?",
                       o->method->name, name, hint);
    }
    return err_set(e, ERR_USAGE, "analyse %s has no option %s; see goldthread analyse %s --help.",
                   o->method->name, name, o->method->name);
}

// A whole number from `least` to `most`.
static bool take_whole(const char *option, const char *text, int64_t least, int64_t most,
                       int64_t *out, struct err *e)
{
    struct dec value = DEC_NONE;
    if (!dec_parse(text, strlen(text), &value) || value.scale > 0 || value.units < least ||
        value.units > most) {
        return err_set(e, ERR_USAGE, "%s takes a whole number from %lld to %lld, not \"%s\".",
                       option, (long long)least, (long long)most, text);
    }
    *out = value.units;
    return true;
}

static bool take_to(struct analyse_options *o, const char *word, struct err *e)
{
    struct nearest near = nearest_start(word);
    for (size_t i = 0; i < TO_COUNT; i++) {
        if (strcmp(TO_WORDS[i], word) == 0) {
            for (size_t k = 0; k < o->to_count; k++) {
                if (o->to[k] == (enum analyse_to)i) {
                    return err_set(e, ERR_USAGE, "--to names %s twice.", word);
                }
            }
            o->to[o->to_count++] = (enum analyse_to)i;
            return true;
        }
        nearest_offer(&near, TO_WORDS[i]);
    }
    const char *hint = nearest_found(&near);
    return err_set(e, ERR_USAGE,
                   "--to takes quarter, half, year, ytd, rolling3, rolling12, not "
                   "\"%s\"%s.",
                   word, hint == NULL ? "" : arena_printf(e->arena, " (did you mean %s?)", hint));
}

static bool take_as(struct analyse_options *o, const char *word, struct err *e)
{
    enum aggregation as = AGGREGATE_NONE;
    if (!aggregation_from_text(word, &as) || as == AGGREGATE_NONE) {
        return err_set(e, ERR_USAGE, "--as takes sum, last, mean or ratio, not \"%s\".", word);
    }
    for (size_t k = 0; k < o->as_count; k++) {
        if (o->as[k] == as) {
            return err_set(e, ERR_USAGE, "--as names %s twice.", word);
        }
    }
    o->as[o->as_count++] = as;
    return true;
}

// "quarter,year": each word to `take`.
static bool take_list(struct analyse_options *o, const char *list, struct err *e,
                      bool (*take)(struct analyse_options *o, const char *word, struct err *e))
{
    for (;;) {
        size_t length = strcspn(list, ",");
        if (!take(o, arena_textn(e->arena, list, length), e)) {
            return false;
        }
        if (list[length] == '\0') {
            return true;
        }
        list += length + 1;
    }
}

static bool take_value(struct analyse_options *o, const char *option, const char *value,
                       struct err *e)
{
    int64_t number = 0;
    if (strcmp(option, "--decimals") == 0) {
        bool good = take_whole(option, value, 0, DEC_SCALE_MAX, &number, e);
        o->decimals = good ? (int)number : o->decimals;
        return good;
    }
    if (strcmp(option, "--year-start") == 0) {
        bool good = take_whole(option, value, 1, 12, &number, e);
        o->year_start = good ? (int)number : o->year_start;
        return good;
    }
    // Of decimals; who multiplies doubles reads it by analyse_option.
    if (strcmp(option, "--multiplier") == 0 && o->method == &analyse_method_aggregate) {
        return take_whole(option, value, 1, 1000000000, &o->multiplier, e);
    }
    if (strcmp(option, "--to") == 0) {
        o->to_count = 0;
        return take_list(o, value, e, take_to);
    }
    if (strcmp(option, "--as") == 0) {
        o->as_count = 0;
        return take_list(o, value, e, take_as);
    }
    return true; // the method reads it by analyse_option
}

static bool note_given(struct analyse_options *o, const char *name, const char *value,
                       struct err *e)
{
    if (o->given_count == ANALYSE_OPTIONS_MAX) {
        return err_set(e, ERR_USAGE, "more than %d options are given.", ANALYSE_OPTIONS_MAX);
    }
    o->given[o->given_count++] = (struct analyse_given){name, value};
    return value == NULL || take_value(o, name, value, e);
}

// "--name value" or "--name=value"; moves `at` past what it took.
static bool take_option(struct analyse_options *o, int argc, char **argv, int *at, struct err *e)
{
    const char *text = argv[*at];
    size_t length = strcspn(text, "=");
    const char *name = arena_textn(e->arena, text, length);
    bool is_common = is_among(FLAGS, name);
    bool is_flag = is_common || (o->method != NULL && is_among(o->method->flags, name));
    bool is_known = is_flag || (o->method != NULL && is_among(o->method->options, name));
    if (!is_known) {
        return unknown_option(o, name, e);
    }
    if (is_flag) {
        if (text[length] == '=') {
            return err_set(e, ERR_USAGE, "%s takes no value.", name);
        }
        if (!is_common) {
            return note_given(o, name, NULL, e);
        }
        bool keep = strcmp(name, "--keep-going") == 0;
        o->keep_going = o->keep_going || keep;
        o->help = o->help || !keep;
        return true;
    }
    if (text[length] == '=') {
        return note_given(o, name, text + length + 1, e);
    }
    if (*at + 1 >= argc) {
        return err_set(e, ERR_USAGE, "%s needs a value.", name);
    }
    (*at)++;
    return note_given(o, name, argv[*at], e);
}

static bool take_word(struct analyse_options *o, const char *word, struct err *e)
{
    if (o->method == NULL) {
        o->method = find_method(word);
        return o->method != NULL || unknown_method(e->arena, word, e);
    }
    if (o->file != NULL) {
        return err_set(e, ERR_USAGE, "analyse takes one file, not both \"%s\" and \"%s\".", o->file,
                       word);
    }
    o->file = word;
    return true;
}

bool analyse_options_parse(struct analyse_options *o, int argc, char **argv, struct err *e)
{
    *o = (struct analyse_options){.decimals = -1, .year_start = 4};
    bool words_only = false;
    for (int i = 1; i < argc; i++) {
        bool is_option = !words_only && argv[i][0] == '-' && argv[i][1] != '\0';
        if (is_option && strcmp(argv[i], "--") == 0) {
            words_only = true;
        } else if (is_option ? !take_option(o, argc, argv, &i, e) : !take_word(o, argv[i], e)) {
            return false;
        }
    }
    if (o->method == NULL && !o->help) {
        return err_set(e, ERR_USAGE,
                       "analyse needs a method; see goldthread analyse --help, which lists them.");
    }
    return true;
}
