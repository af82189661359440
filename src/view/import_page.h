// Importing files in the browser: choosing them, what they would do, and what they did.
// Template import.html.
#ifndef GT_VIEW_IMPORT_PAGE_H
#define GT_VIEW_IMPORT_PAGE_H

#include "domain/import.h"
#include "domain/upload.h"
#include "view/page.h"

struct import_page {
    const struct import_report *report; // NULL: nothing was uploaded yet
    const char *digest;                 // of what was tried, for the confirmation; NULL: none
    const char *done;                   // it was imported: a sentence; NULL
    const char *fault;                  // of the upload as a whole; NULL
};

// limits, files (table), refusals (table), has_files, refused_words, digest, unchanged, done.
void import_page_put(struct page_request *q, struct tree *page, const struct import_page *p);

#endif
