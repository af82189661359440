// What is built into the binary: templates, style sheets, icons, migrations.
#ifndef GT_BASE_EMBED_H
#define GT_BASE_EMBED_H

#include "base/compiler.h"

struct embedded {
    const char *name; // "templates/home.html", "assets/goldthread.css", "sql/migrations/0001.sql"
    const unsigned char *bytes; // NUL follows the last byte
    size_t length;
    const unsigned char *gzip; // the same, gzipped; NULL where it would not pay
    size_t gzip_length;
    const char *digest; // first 16 hex digits of the SHA-256 of the bytes: the name in addresses
};

// By exact name; NULL when there is none.
const struct embedded *embed_find(const char *name);
// All of them, sorted by name.
const struct embedded *embed_all(size_t *ret_count);

#endif
