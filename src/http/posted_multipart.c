// multipart/form-data as browsers send it (RFC 7578, and the WHATWG's "multipart/form-data encoding
// algorithm"), and no other way: each part is a head of two known lines and bytes, the parts stand
// back to back, and nothing stands before or after them.
#include "http/posted_multipart.h"

#include <string.h>
#include <strings.h>

#include "http/fields.h"

struct part {
    const char *name; // NULL: not said
    const char *file_name;
    const char *content_type;
    const char *bytes;
    size_t length;
};

struct reader {
    struct posting *p;
    const char *at, *end;
    const char *mark; // "\r\n--BOUNDARY"
    size_t mark_length;
};

static bool malformed(struct posting *p, const char *what)
{
    return err_set(p->err, ERR_INPUT, "The form that was sent is not well formed: %s.", what);
}

// RFC 2046 5.1.1: 1 to 70 of these, the last of them no blank.
static bool is_boundary(const char *text, size_t length)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "'()+_,-./:=? ";
    if (length == 0 || length > HTTP_BOUNDARY_MAX || text[length - 1] == ' ') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\0' || strchr(allowed, text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

// "; boundary=X" or "; boundary="X"", and nothing else.
static bool boundary_read(struct reader *r, const char *parameters)
{
    const char *at = parameters;
    at += *at == ';' ? 1 : 0;
    at += strspn(at, " \t");
    if (strncasecmp(at, "boundary=", 9) != 0) {
        return malformed(r->p, "its content type gives no boundary, or something before it");
    }
    at += 9;
    size_t length = strlen(at);
    if (*at == '"') {
        at++;
        length = strcspn(at, "\"");
        if (at[length] != '"' || at[length + 1] != '\0') {
            return malformed(r->p, "its content type gives more than a boundary");
        }
    } else if (!http_is_token(at, length)) {
        return malformed(r->p, "its content type gives more than a boundary");
    }
    if (!is_boundary(at, length)) {
        return malformed(r->p, "its boundary is not one");
    }
    r->mark = arena_printf(r->p->arena, "\r\n--%.*s", (int)length, at);
    r->mark_length = length + 4;
    return true;
}

// A quoted value at `*at`; moves behind it. A backslash before the closing quote could be read in
// two ways, so it is refused; elsewhere it stands for itself, as browsers mean it.
static const char *quoted(struct arena *a, const char **at, const char *end)
{
    if (*at == end || **at != '"') {
        return NULL;
    }
    const char *first = *at + 1;
    const char *close = memchr(first, '"', (size_t)(end - first));
    if (close == NULL || (close > first && close[-1] == '\\')) {
        return NULL;
    }
    *at = close + 1;
    return arena_textn(a, first, (size_t)(close - first));
}

// What follows "Content-Disposition:": form-data; name="..."; filename="..."
static bool disposition_read(struct reader *r, const char *at, const char *end, struct part *part)
{
    static const char kind[] = "form-data";
    at += strspn(at, " \t"); // the line ends with CR, so this stays in it
    if ((size_t)(end - at) < sizeof kind - 1 || strncasecmp(at, kind, sizeof kind - 1) != 0) {
        return malformed(r->p, "a part is not form data");
    }
    at += sizeof kind - 1;
    while (at < end) {
        at += *at == ';' ? 1 : 0;
        at += strspn(at, " \t");
        size_t word = strcspn(at, "=\r");
        const char **into = NULL;
        if (word == 4 && strncasecmp(at, "name", 4) == 0) {
            into = &part->name;
        } else if (word == 8 && strncasecmp(at, "filename", 8) == 0) {
            into = &part->file_name;
        }
        if (into == NULL || *into != NULL || at[word] != '=') {
            return malformed(r->p, "a part says more of itself than its name and its file's");
        }
        at += word + 1;
        *into = quoted(r->p->arena, &at, end);
        if (*into == NULL || (at < end && *at != ';')) {
            return malformed(r->p, "a name is not in quotation marks");
        }
    }
    return true;
}

static bool head_line(struct reader *r, const char *at, const char *end, struct part *part)
{
    static const char disposition[] = "Content-Disposition:";
    static const char type[] = "Content-Type:";
    size_t length = (size_t)(end - at);
    if (!http_is_value(at, length)) {
        return malformed(r->p, "a part's head has a control character in it");
    }
    if (length >= sizeof disposition - 1 &&
        strncasecmp(at, disposition, sizeof disposition - 1) == 0 && part->name == NULL) {
        return disposition_read(r, at + sizeof disposition - 1, end, part);
    }
    if (length >= sizeof type - 1 && strncasecmp(at, type, sizeof type - 1) == 0 &&
        part->content_type == NULL) {
        at += sizeof type - 1;
        at += strspn(at, " \t");
        part->content_type = arena_textn(r->p->arena, at, (size_t)(end - at));
        return true;
    }
    return malformed(r->p, "a part's head has a line that does not belong there");
}

// The lines up to the empty one.
static bool head_read(struct reader *r, struct part *part)
{
    const char *start = r->at;
    for (;;) {
        const char *stop = memmem(r->at, (size_t)(r->end - r->at), "\r\n", 2);
        if (stop == NULL || stop - start > HTTP_PART_HEAD_MAX) {
            return malformed(r->p, "the head of a part does not end, or is too long");
        }
        const char *line = r->at;
        r->at = stop + 2;
        if (stop == line) {
            return true;
        }
        if (!head_line(r, line, stop, part)) {
            return false;
        }
    }
}

static bool is_text_type(const char *type)
{
    return type == NULL || strcasecmp(type, "text/plain") == 0 ||
           strcasecmp(type, "text/plain; charset=utf-8") == 0 ||
           strcasecmp(type, "text/plain;charset=utf-8") == 0;
}

static bool add_text(struct reader *r, const struct part *part)
{
    struct posting *p = r->p;
    if (!is_text_type(part->content_type)) {
        return malformed(p, "a field that is no file is not plain text in UTF-8");
    }
    return posting_text_fits(p, part->name, part->bytes, part->length) &&
           posting_add(p, (struct http_field){
                              .name = part->name,
                              .value = arena_textn(p->arena, part->bytes, part->length),
                              .length = part->length,
                          });
}

static bool add_file(struct reader *r, const struct part *part)
{
    struct posting *p = r->p;
    const char *name = part->file_name;
    for (const char *at = name; *at != '\0'; at++) { // some browsers tell the folders too
        name = *at == '/' || *at == '\\' ? at + 1 : name;
    }
    size_t length = strlen(name);
    if (length > HTTP_FILE_NAME_MAX || (length > 0 && !posting_name_is_plain(name, length))) {
        return malformed(p, "the name of a file is too long or not plain text");
    }
    if (++p->files > HTTP_FILES_MAX) {
        return err_set(p->err, ERR_INPUT, "The form has more than %d files; send fewer at a time.",
                       HTTP_FILES_MAX);
    }
    return posting_add(p, (struct http_field){.name = part->name,
                                              .value = part->bytes,
                                              .length = part->length,
                                              .file_name = name,
                                              .content_type = part->content_type});
}

static bool part_read(struct reader *r)
{
    struct part part = {0};
    if (!head_read(r, &part)) {
        return false;
    }
    const char *mark = memmem(r->at, (size_t)(r->end - r->at), r->mark, r->mark_length);
    if (mark == NULL) {
        return malformed(r->p, "a part does not end");
    }
    part.bytes = r->at;
    part.length = (size_t)(mark - r->at);
    r->at = mark + r->mark_length;
    if (part.name == NULL || !posting_name_fits(r->p, part.name, strlen(part.name))) {
        return malformed(r->p, "a part has no name");
    }
    return part.file_name == NULL ? add_text(r, &part) : add_file(r, &part);
}

bool multipart_read(struct posting *p, const char *parameters, const char *body, size_t length)
{
    struct reader r = {.p = p, .at = body, .end = body + length};
    if (!boundary_read(&r, parameters)) {
        return false;
    }
    size_t first = r.mark_length - 2; // the first boundary has no line end before it
    if (length < first || memcmp(body, r.mark + 2, first) != 0) {
        return malformed(p, "it does not begin with its boundary");
    }
    r.at += first;
    while (r.end - r.at > 2 && r.at[0] == '\r' && r.at[1] == '\n') {
        r.at += 2;
        if (!part_read(&r)) {
            return false;
        }
    }
    size_t rest = (size_t)(r.end - r.at);
    if ((rest == 2 && memcmp(r.at, "--", 2) == 0) ||
        (rest == 4 && memcmp(r.at, "--\r\n", 4) == 0)) {
        return true;
    }
    return malformed(p, "it does not end with its boundary");
}
