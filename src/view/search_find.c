#include "view/search_find.h"

#include <string.h>

#include "base/utf8.h"

// Marks that people type in more than one way, as the one that keyboards have.
static const struct {
    const char *mark;
    char plain;
} marks[] = {{"’", '\''}, {"‘", '\''}, {"“", '"'},       {"”", '"'},
             {"–", '-'},  {"—", '-'},  {"\xC2\xA0", ' '}};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Folded, with one space between words and none at the ends.
static char *fold(struct arena *a, const char *text)
{
    char *folded = arena_alloc(a, strlen(text) + 1);
    utf8_fold(text, folded);
    char *to = folded;
    for (const char *from = folded; *from != '\0';) {
        size_t k = 0;
        while (k < COUNT_OF(marks) && strncmp(from, marks[k].mark, strlen(marks[k].mark)) != 0) {
            k++;
        }
        char c = k < COUNT_OF(marks) ? marks[k].plain : *from;
        from += k < COUNT_OF(marks) ? strlen(marks[k].mark) : 1;
        if (!is_space(c)) {
            *to++ = c;
        } else if (to != folded && to[-1] != ' ') {
            *to++ = ' ';
        }
    }
    if (to != folded && to[-1] == ' ') {
        to--;
    }
    *to = '\0';
    return folded;
}

// No more than the limit, and no character cut in two.
static char *shorten(struct arena *a, const char *text, bool *ret_cut)
{
    size_t length = 0;
    while (text[length] != '\0') {
        size_t step = utf8_sequence(text + length, 4);
        step = step == 0 ? 1 : step;
        if (length + step > SEARCH_BYTES_MAX) {
            *ret_cut = true;
            break;
        }
        length += step;
    }
    return arena_textn(a, text, length);
}

struct search_query search_read(struct arena *a, const char *typed)
{
    struct search_query query = {0};
    query.folded = fold(a, shorten(a, typed, &query.cut));
    char *rest = arena_text(a, query.folded);
    while (*rest != '\0') {
        char *end = strchr(rest, ' ');
        if (query.count == SEARCH_WORDS_MAX) {
            query.cut = true;
            break;
        }
        query.words[query.count++] = rest;
        if (end == NULL) {
            break;
        }
        *end = '\0';
        rest = end + 1;
    }
    return query;
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

enum search_rank search_rank_of(struct arena *a, const struct search_query *query, const char *code,
                                const char *title, const char *const *texts, size_t text_count)
{
    if (query->count == 0) {
        return SEARCH_NOT;
    }
    const char *own = fold(a, code == NULL ? "" : code);
    const char *name = fold(a, title == NULL ? "" : title);
    if (strcmp(own, query->folded) == 0) {
        return SEARCH_CODE;
    }
    if (starts(name, query->folded) || starts(own, query->folded)) {
        return SEARCH_TITLE_STARTS;
    }
    if (strstr(name, query->folded) != NULL) {
        return SEARCH_TITLE_HOLDS;
    }
    const char *folded[8];
    size_t count = 0;
    for (size_t i = 0; i < text_count && count < COUNT_OF(folded); i++) {
        if (texts[i] != NULL) {
            folded[count++] = fold(a, texts[i]);
        }
    }
    bool in_title = true;
    for (size_t w = 0; w < query->count; w++) {
        const char *word = query->words[w];
        bool found = strstr(name, word) != NULL;
        in_title = in_title && found;
        found = found || strstr(own, word) != NULL;
        for (size_t i = 0; i < count && !found; i++) {
            found = strstr(folded[i], word) != NULL;
        }
        if (!found) {
            return SEARCH_NOT;
        }
    }
    return in_title ? SEARCH_TITLE_WORDS : SEARCH_TEXT;
}
