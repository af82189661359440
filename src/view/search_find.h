// Finding things by words: how well a thing fits what was typed. Pure: texts in, ranks out.
//
// Case and the kind of apostrophe or dash do not matter (base/utf8.h folds letters). What was typed
// is cut into words; a thing is found when each word stands somewhere in its code, its title or its
// text. What stands first: the code itself, then a title or code that starts with what was typed,
// then a title that holds it as it stands, then a title that holds every word, then the rest.
#ifndef GT_VIEW_SEARCH_FIND_H
#define GT_VIEW_SEARCH_FIND_H

#include "base/arena.h"

enum search_rank {
    SEARCH_CODE,         // the code is what was typed
    SEARCH_TITLE_STARTS, // the title or the code starts with it
    SEARCH_TITLE_HOLDS,  // the title holds it
    SEARCH_TITLE_WORDS,  // the title holds every word of it
    SEARCH_TEXT,         // code, title and text together do
    SEARCH_NOT,
};

enum { SEARCH_WORDS_MAX = 12, SEARCH_BYTES_MAX = 200 };

struct search_query {
    const char *folded; // words with one space between; "" when there is none
    const char *words[SEARCH_WORDS_MAX];
    size_t count;
    bool cut; // more was typed than is looked for
};

struct search_query search_read(struct arena *a, const char *typed);

// `texts` are further texts of the thing (NULLs are skipped).
enum search_rank search_rank_of(struct arena *a, const struct search_query *query, const char *code,
                                const char *title, const char *const *texts, size_t text_count);

#endif
