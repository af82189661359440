// What a method asks of its own options.

#include <string.h>

#include "cli/analyse_job.h"
#include "model/nearest.h"

const char *analyse_option(const struct analyse_options *o, const char *name)
{
    for (size_t i = o->given_count; i > 0; i--) {
        if (strcmp(o->given[i - 1].name, name) == 0) {
            return o->given[i - 1].value;
        }
    }
    return NULL;
}

bool analyse_flag(const struct analyse_options *o, const char *name)
{
    for (size_t i = 0; i < o->given_count; i++) {
        if (strcmp(o->given[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool refuse_word(const char *option, const char *const *words, const char *word,
                        struct err *e)
{
    struct nearest near = nearest_start(word);
    struct buf known = buf_new(e->arena, 1 << 12);
    for (size_t i = 0; words[i] != NULL; i++) {
        nearest_offer(&near, words[i]);
        buf_text(&known, i == 0 ? "" : ", ");
        buf_text(&known, words[i]);
    }
    const char *hint = nearest_found(&near);
    return err_set(e, ERR_USAGE, "%s takes %s, not \"%s\"%s.", option, buf_cstr(&known), word,
                   hint == NULL ? "" : arena_printf(e->arena, " (did you mean %s?)", hint));
}

static bool find_word(const char *option, const char *const *words, const char *word, size_t *out,
                      struct err *e)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            *out = i;
            return true;
        }
    }
    return refuse_word(option, words, word, e);
}

bool analyse_option_words(const struct analyse_options *o, const char *name,
                          const char *const *words, size_t *chosen, size_t *ret_count,
                          struct err *e)
{
    const char *list = analyse_option(o, name);
    size_t count = 0;
    while (list != NULL) {
        size_t length = strcspn(list, ",");
        const char *word = arena_textn(e->arena, list, length);
        size_t at = 0;
        if (!find_word(name, words, word, &at, e)) {
            return false;
        }
        for (size_t i = 0; i < count; i++) {
            if (chosen[i] == at) {
                return err_set(e, ERR_USAGE, "%s names %s twice.", name, word);
            }
        }
        chosen[count++] = at;
        list = list[length] == '\0' ? NULL : list + length + 1;
    }
    *ret_count = count;
    return true;
}

bool analyse_option_word(const struct analyse_options *o, const char *name,
                         const char *const *words, size_t fallback, size_t *out, struct err *e)
{
    const char *word = analyse_option(o, name);
    if (word == NULL) {
        *out = fallback;
        return true;
    }
    return find_word(name, words, word, out, e);
}
