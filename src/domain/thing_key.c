#include "domain/thing_key.h"

#include <string.h>

#include "base/buf.h"
#include "base/digest.h"

enum { KEY_MAX = 4096, PART_MAX = 160, DIGITS = 32 };

const char *thing_folder(struct arena *a, const struct descriptor *d)
{
    return arena_textn(a, d->file, strcspn(d->file, "."));
}

const struct descriptor *thing_of_folder(const char *folder)
{
    size_t length = strlen(folder);
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        const struct descriptor *d = descriptor_of((enum kind)k);
        if (strlen(d->file) == length + 4 && strncmp(d->file, folder, length) == 0) {
            return d;
        }
    }
    return NULL;
}

// ---- to an address ----

static const struct {
    char plain, letter;
} escapes[] = {{'~', 't'}, {'/', 's'}, {'!', 'e'}};

static bool fits_an_address(const char *text)
{
    size_t length = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++, length++) {
        if (*p < ' ' || *p == 0x7f || length >= PART_MAX) {
            return false;
        }
    }
    // A path segment "." or ".." is resolved away by browsers.
    return strcmp(text, ".") != 0 && strcmp(text, "..") != 0;
}

static void put_digest(struct buf *b, const char *text)
{
    char hex[DIGEST_HEX + 1];
    struct digest *d = digest_new(b->arena);
    digest_put(d, text, strlen(text));
    digest_end(d, hex);
    buf_text(b, "!h");
    buf_put(b, hex, DIGITS);
}

static void put_part(struct buf *b, const char *text)
{
    if (!fits_an_address(text)) {
        put_digest(b, text);
        return;
    }
    for (const char *p = text; *p != '\0'; p++) {
        char letter = '\0';
        for (size_t i = 0; i < COUNT_OF(escapes); i++) {
            letter = escapes[i].plain == *p ? escapes[i].letter : letter;
        }
        if (letter != '\0') {
            buf_char(b, '!');
        }
        buf_char(b, letter != '\0' ? letter : *p);
    }
}

const char *thing_key(struct arena *a, const struct descriptor *d, const char *const *cells)
{
    struct buf b = buf_new(a, KEY_MAX);
    bool first = true;
    for (size_t c = 0; c < d->count; c++) {
        if (!d->columns[c].key) {
            continue;
        }
        if (!first) {
            buf_char(&b, '~');
        }
        first = false;
        if (cells[c] != NULL) {
            put_part(&b, cells[c]);
        }
    }
    const char *text = buf_cstr(&b);
    return text[0] == '\0' ? "!b" : strcmp(text, "new") == 0 ? "!n" : text;
}

// ---- from an address ----

static bool read_part(struct arena *a, const char *text, size_t length, const char **ret,
                      bool *ret_digest)
{
    if (length == 2 && strncmp(text, "!n", 2) == 0) {
        *ret = "new";
        return true;
    }
    if (length == 2 + DIGITS && strncmp(text, "!h", 2) == 0) {
        *ret = arena_textn(a, text, length);
        *ret_digest = true;
        return true;
    }
    struct buf b = buf_new(a, KEY_MAX);
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '!') {
            i++;
            size_t k = 0;
            while (k < COUNT_OF(escapes) && (i >= length || escapes[k].letter != text[i])) {
                k++;
            }
            if (k == COUNT_OF(escapes)) {
                return false;
            }
            c = escapes[k].plain;
        }
        buf_char(&b, c);
    }
    *ret = b.length == 0 ? NULL : buf_cstr(&b);
    return !b.full;
}

bool thing_key_read(struct arena *a, const struct descriptor *d, const char *text,
                    const char **cells, bool *ret_digest)
{
    *ret_digest = false;
    const char *at = strcmp(text, "!b") == 0 ? "" : text;
    bool ended = false;
    for (size_t c = 0; c < d->count; c++) {
        cells[c] = NULL;
        if (!d->columns[c].key) {
            continue;
        }
        size_t length = strcspn(at, "~");
        if (ended || !read_part(a, at, length, &cells[c], ret_digest)) {
            return false;
        }
        ended = at[length] == '\0';
        at += length + (ended ? 0 : 1);
    }
    return ended;
}
