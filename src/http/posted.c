#include "http/posted.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "http/posted_multipart.h"

static const char urlencoded[] = "application/x-www-form-urlencoded";
static const char multipart[] = "multipart/form-data";

// What follows the media type in `type`: "", or its parameters with the ";" in front. NULL when it
// is another type.
static const char *parameters_of(const char *type, const char *wanted)
{
    size_t length = strlen(wanted);
    if (type == NULL || strncasecmp(type, wanted, length) != 0) {
        return NULL;
    }
    const char *rest = type + length + strspn(type + length, " \t");
    return *rest == '\0' || *rest == ';' ? rest : NULL;
}

bool http_posted_is_form(const struct http_request *req)
{
    return parameters_of(req->content_type, urlencoded) != NULL ||
           parameters_of(req->content_type, multipart) != NULL;
}

// ---- what both kinds share ----

bool posting_add(struct posting *p, struct http_field field)
{
    if (p->count == HTTP_FIELDS_MAX) {
        return err_set(p->err, ERR_INPUT, "The form has more than %d fields; send it in parts.",
                       HTTP_FIELDS_MAX);
    }
    if (p->count == p->room) {
        size_t room = p->room == 0 ? 16 : p->room * 2;
        p->fields = arena_grow(p->arena, p->fields, p->count, room, sizeof *p->fields);
        p->room = room;
    }
    p->fields[p->count++] = field;
    return true;
}

static bool is_text(const char *text, size_t length, const char *allowed)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && (c == '\0' || strchr(allowed, c) == NULL)) || c == 0x7f) {
            return false;
        }
    }
    return utf8_valid(text, length, NULL);
}

bool posting_text_fits(struct posting *p, const char *name, const char *text, size_t length)
{
    if (!utf8_valid(text, length, NULL)) {
        return err_set(
            p->err, ERR_INPUT,
            "The field \"%s\" has letters in it that are not encoded as UTF-8; type them "
            "again.",
            name);
    }
    if (!is_text(text, length, "\t\r\n")) {
        return err_set(p->err, ERR_INPUT,
                       "The field \"%s\" has a control character in it that cannot be seen; delete "
                       "the text and type it again.",
                       name);
    }
    return true;
}

bool posting_name_is_plain(const char *name, size_t length)
{
    return is_text(name, length, "");
}

bool posting_name_fits(struct posting *p, const char *name, size_t length)
{
    if (length == 0 || length > HTTP_FIELD_NAME_MAX || !is_text(name, length, "")) {
        return err_set(
            p->err, ERR_INPUT,
            "The form has a field whose name is empty, longer than %d bytes, or not plain "
            "text.",
            HTTP_FIELD_NAME_MAX);
    }
    return true;
}

// ---- application/x-www-form-urlencoded ----

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Decodes [at, end) into `out`, which has room for as many bytes and a NUL. False when a "%" has no
// two digits after it, or a control character stands as such.
static bool decode(const char *at, const char *end, char *out, size_t *ret_length)
{
    size_t n = 0;
    for (; at < end; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '%') {
            int high = end - at > 2 ? hex_digit(at[1]) : -1;
            int low = end - at > 2 ? hex_digit(at[2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            out[n++] = (char)(high * 16 + low);
            at += 2;
        } else if (c < 0x20 || c == 0x7f) {
            return false;
        } else {
            out[n++] = c == '+' ? ' ' : *at;
        }
    }
    out[n] = '\0';
    *ret_length = n;
    return true;
}

static bool urlencoded_pair(struct posting *p, const char *at, const char *end)
{
    const char *equals = memchr(at, '=', (size_t)(end - at));
    const char *name_end = equals == NULL ? end : equals;
    const char *value_at = equals == NULL ? end : equals + 1;
    // Encoded, a name is at most three times as long: what is longer need not be copied.
    size_t name_length = 0, length = 0;
    if (name_end - at > 3 * HTTP_FIELD_NAME_MAX) {
        return posting_name_fits(p, at, (size_t)(name_end - at));
    }
    char *name = arena_array(p->arena, (size_t)(name_end - at) + 1, 1);
    char *value = arena_array(p->arena, (size_t)(end - value_at) + 1, 1);
    if (!decode(at, name_end, name, &name_length) || !decode(value_at, end, value, &length)) {
        return err_set(p->err, ERR_INPUT,
                       "The form is not encoded as forms are: \"%%\" must be followed by two "
                       "hexadecimal digits, and control characters are written that way.");
    }
    return posting_name_fits(p, name, name_length) && posting_text_fits(p, name, value, length) &&
           posting_add(p, (struct http_field){.name = name, .value = value, .length = length});
}

static bool urlencoded_read(struct posting *p, const char *parameters, const char *body,
                            size_t length)
{
    const char *end = body + length;
    if (*parameters != '\0') {
        const char *at = parameters + 1 + strspn(parameters + 1, " \t");
        if (strcasecmp(at, "charset=utf-8") != 0 && strcasecmp(at, "charset=\"utf-8\"") != 0) {
            return err_set(p->err, ERR_INPUT, "A form must be sent as UTF-8.");
        }
    }
    for (const char *at = body; at < end;) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        if (stop > at && !urlencoded_pair(p, at, stop)) {
            return false;
        }
        at = stop + 1;
    }
    return true;
}

// ---- the two of them ----

bool http_posted_read(const struct http_request *req, struct http_posted *out, struct err *e)
{
    struct posting p = {.arena = req->arena, .err = e};
    const char *plain = parameters_of(req->content_type, urlencoded);
    const char *parts = parameters_of(req->content_type, multipart);
    bool read = true;
    if (req->body_length == 0) {
        read = true; // nothing sent, whatever it is called
    } else if (plain != NULL) {
        read = urlencoded_read(&p, plain, req->body, req->body_length);
    } else if (parts != NULL) {
        read = multipart_read(&p, parts, req->body, req->body_length);
    } else {
        read = err_set(e, ERR_INPUT,
                       "What was sent is not a form: its type must be "
                       "application/x-www-form-urlencoded or multipart/form-data.");
    }
    if (read) {
        *out = (struct http_posted){p.fields, p.count};
    }
    return read;
}

const struct http_field *http_posted_next(const struct http_posted *p, const char *name, size_t *at)
{
    for (size_t i = *at; i < p->count; i++) {
        if (strcmp(p->fields[i].name, name) == 0) {
            *at = i + 1;
            return &p->fields[i];
        }
    }
    *at = p->count;
    return NULL;
}

const char *http_posted_value(const struct http_posted *p, const char *name)
{
    const struct http_field *f = NULL;
    for (size_t at = 0; (f = http_posted_next(p, name, &at)) != NULL;) {
        if (f->file_name == NULL) {
            return f->value;
        }
    }
    return NULL;
}

const struct http_field *http_posted_file(const struct http_posted *p, const char *name)
{
    const struct http_field *f = NULL;
    for (size_t at = 0; (f = http_posted_next(p, name, &at)) != NULL;) {
        if (f->file_name != NULL && f->file_name[0] != '\0') {
            return f;
        }
    }
    return NULL;
}
