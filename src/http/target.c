#include <string.h>

#include "base/percent.h"
#include "base/utf8.h"
#include "http/request.h"

// One piece of a target being decoded.
struct piece {
    const char *text;
    size_t length;
    bool in_path; // else in the query, where "+" is a blank
};

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

// Control characters of ASCII and, as UTF-8, of U+0080 to U+009F: nothing in an address needs
// them, and logs, headers and files are safer without.
static bool has_control(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c == 0x7f) {
            return true;
        }
        if (c == 0xc2 && i + 1 < length && (unsigned char)text[i + 1] < 0xa0) {
            return true;
        }
    }
    return false;
}

static bool decode(struct arena *a, struct piece p, char **ret_text, struct err *e)
{
    char *out = arena_alloc(a, p.length + 1);
    size_t n = 0;
    for (size_t i = 0; i < p.length; i++) {
        char c = p.text[i];
        if (c == '+' && !p.in_path) {
            c = ' ';
        } else if (c == '%') {
            bool whole = p.length - i > 2;
            int high = whole ? hex_digit(p.text[i + 1]) : -1;
            int low = whole ? hex_digit(p.text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                size_t shown = p.length - i < 3 ? p.length - i : 3;
                return err_set(e, ERR_INPUT,
                               "The address has \"%.*s\" in it: \"%%\" must be followed by two "
                               "hexadecimal digits, and \"%%25\" stands for \"%%\" itself.",
                               (int)shown, p.text + i);
            }
            c = (char)(high * 16 + low);
            if (p.in_path && (c == '/' || c == '\\')) {
                return err_set(e, ERR_INPUT,
                               "The address has an encoded slash in its path (\"%.3s\"): slashes "
                               "stand as they are, and only between the parts of a path.",
                               p.text + i);
            }
            i += 2;
        }
        out[n++] = c;
    }
    if (has_control(out, n)) {
        return err_set(e, ERR_INPUT,
                       "The address has a control character in it, such as \"%%00\" "
                       "or a line end; take it out.");
    }
    if (!utf8_valid(out, n, NULL)) {
        return err_set(e, ERR_INPUT,
                       "The address has letters in it that are not encoded as UTF-8; "
                       "copy it again from where it came from.");
    }
    *ret_text = out;
    return true;
}

static bool path_is_plain(const char *path, struct err *e)
{
    for (const char *at = path; *at != '\0';) {
        const char *segment = at + 1; // `at` is on a slash
        size_t length = strcspn(segment, "/");
        if (length == 0 && segment[0] == '/') {
            return err_set(e, ERR_INPUT, "The address has \"//\" in its path; one slash will do.");
        }
        if ((length == 1 && segment[0] == '.') ||
            (length == 2 && segment[0] == '.' && segment[1] == '.')) {
            return err_set(e, ERR_INPUT,
                           "The address has a \".\" or \"..\" part in its path; write "
                           "the path it leads to.");
        }
        if (memchr(segment, '\\', length) != NULL) {
            return err_set(e, ERR_INPUT,
                           "The address has a backslash in its path; the parts of a path are "
                           "separated by \"/\".");
        }
        at = segment + length;
    }
    return true;
}

static bool parse_query(struct http_request *req, const char *query, const char *end, struct err *e)
{
    size_t room = 1;
    for (const char *at = query; at < end; at++) {
        room += *at == '&';
    }
    if (room > HTTP_PARAMS_MAX) {
        room = HTTP_PARAMS_MAX;
    }
    struct http_param *params = ARENA_ARRAY(req->arena, room, struct http_param);
    size_t count = 0;
    for (const char *at = query; at < end;) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        const char *equals = memchr(at, '=', (size_t)(stop - at));
        const char *name_end = equals == NULL ? stop : equals;
        const char *value = equals == NULL ? stop : equals + 1;
        if (stop == at) { // "a=1&&b=2" and a trailing "&" are common and harmless
            at = stop + 1;
            continue;
        }
        if (count == room) {
            return err_set(e, ERR_INPUT, "The address has more than %d parameters; leave some out.",
                           HTTP_PARAMS_MAX);
        }
        if (name_end == at) {
            return err_set(e, ERR_INPUT,
                           "The address has a parameter without a name (\"=\" directly after "
                           "\"?\" or \"&\").");
        }
        char *name = NULL;
        char *text = NULL;
        if (!decode(req->arena, (struct piece){at, (size_t)(name_end - at), false}, &name, e) ||
            !decode(req->arena, (struct piece){value, (size_t)(stop - value), false}, &text, e)) {
            return false;
        }
        params[count++] = (struct http_param){name, text};
        at = stop + 1;
    }
    req->params = params;
    req->param_count = count;
    return true;
}

bool http_target_parse(struct http_request *req, const char *target, size_t length, struct err *e)
{
    if (length > HTTP_TARGET_MAX) {
        return err_set(e, ERR_INPUT, "The address is longer than %d characters.", HTTP_TARGET_MAX);
    }
    if (length == 0 || target[0] != '/') {
        return err_set(e, ERR_INPUT,
                       "The request must name a path of this server, beginning with "
                       "\"/\".");
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)target[i];
        if (c <= 0x20 || c >= 0x7f || c == '#') {
            return err_set(e, ERR_INPUT,
                           "The address has a character in it (at position %zu) that must be "
                           "written as \"%%%02X\".",
                           i + 1, c);
        }
    }
    const char *end = target + length;
    const char *mark = memchr(target, '?', length);
    const char *path_end = mark == NULL ? end : mark;
    char *path = NULL;
    struct piece whole = {target, (size_t)(path_end - target), true};
    if (!decode(req->arena, whole, &path, e) || !path_is_plain(path, e)) {
        return false;
    }
    if (mark != NULL && !parse_query(req, mark + 1, end, e)) {
        return false;
    }
    req->path = path;
    req->target = arena_textn(req->arena, target, length);
    return true;
}

const char *http_query_next(const struct http_request *req, const char *name, size_t *at)
{
    for (size_t i = *at; i < req->param_count; i++) {
        if (strcmp(req->params[i].name, name) == 0) {
            *at = i + 1;
            return req->params[i].value;
        }
    }
    *at = req->param_count;
    return NULL;
}

const char *http_query(const struct http_request *req, const char *name)
{
    size_t at = 0;
    return http_query_next(req, name, &at);
}

const char *http_encode(struct arena *a, const char *text)
{
    return percent_encode(a, text);
}
