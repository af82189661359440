#include "http/fields.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum { TAG_MAX = 128, HOST_MAX = 255, FILE_NAME_MAX = 150 };

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool http_is_token(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_alnum(text[i]) && (text[i] == '\0' || strchr("!#$%&'*+-.^_`|~", text[i]) == NULL)) {
            return false;
        }
    }
    return length > 0;
}

bool http_is_value(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f) {
            return false;
        }
    }
    return true;
}

bool http_length_read(const char *text, uint64_t *ret)
{
    uint64_t n = 0;
    bool over = false;
    if (text[0] == '\0' || text[strspn(text, "0123456789")] != '\0') {
        return false;
    }
    for (const char *at = text; *at != '\0'; at++) {
        over = over || __builtin_mul_overflow(n, (uint64_t)10, &n) ||
               __builtin_add_overflow(n, (uint64_t)(*at - '0'), &n);
    }
    *ret = over ? UINT64_MAX : n;
    return true;
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

// The weight after a coding: true when it is above 0. `at` stands behind the coding; `*ret_end`
// gets the comma or the end.
static bool weight_positive(const char *at, const char **ret_end)
{
    const char *end = at + strcspn(at, ",");
    *ret_end = end;
    at = skip_blanks(at);
    if (at == end) {
        return true;
    }
    if (*at != ';') {
        return false;
    }
    at = skip_blanks(at + 1);
    if ((*at != 'q' && *at != 'Q') || at[1] != '=') {
        return false;
    }
    at += 2;
    if (*at != '0' && *at != '1') {
        return false;
    }
    bool positive = *at == '1';
    bool one = positive;
    at++;
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++) {
            if (one && *at != '0') {
                return false;
            }
            positive = positive || *at != '0';
        }
    }
    return positive && skip_blanks(at) == end;
}

bool http_takes_gzip(const char *value)
{
    if (value == NULL) {
        return false;
    }
    bool any = false;
    for (const char *at = value; *at != '\0';) {
        at = skip_blanks(at);
        size_t length = strcspn(at, ",; \t");
        const char *coding = at;
        const char *end = NULL;
        bool wanted = weight_positive(at + length, &end);
        if ((length == 4 && strncasecmp(coding, "gzip", 4) == 0) ||
            (length == 6 && strncasecmp(coding, "x-gzip", 6) == 0)) {
            return wanted; // named: "*" has no say any more
        }
        if (length == 1 && *coding == '*') {
            any = wanted;
        }
        at = *end == ',' ? end + 1 : end;
    }
    return any;
}

bool http_none_match(const char *value, const char *tag)
{
    if (value == NULL) {
        return false;
    }
    const char *at = skip_blanks(value);
    if (*at == '*' && *skip_blanks(at + 1) == '\0') {
        return true;
    }
    size_t length = strlen(tag);
    while (*at != '\0') {
        at += strspn(at, " \t,");
        if (at[0] == 'W' && at[1] == '/') {
            at += 2;
        }
        if (*at != '"') {
            return false; // not a list of tags: as if it were absent
        }
        const char *close = strchr(at + 1, '"');
        if (close == NULL) {
            return false;
        }
        if ((size_t)(close - at - 1) == length && memcmp(at + 1, tag, length) == 0) {
            return true;
        }
        at = skip_blanks(close + 1);
        if (*at != ',' && *at != '\0') {
            return false;
        }
    }
    return false;
}

static bool is_port(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return text[digits] == '\0' && digits <= 5; // ":" alone is allowed by RFC 3986
}

const char *http_host_name(struct arena *a, const char *host)
{
    size_t length = 0;
    if (host[0] == '[') {
        length = 1 + strspn(host + 1, "0123456789abcdefABCDEF:.");
        if (host[length] != ']' || length < 3) {
            return NULL;
        }
        length++;
    } else {
        while (is_alnum(host[length]) || (host[length] != '\0' && strchr("-._", host[length]))) {
            length++;
        }
    }
    if (length == 0 || length > HOST_MAX || host[0] == '.' ||
        (host[length] != '\0' && (host[length] != ':' || !is_port(host + length + 1)))) {
        return NULL;
    }
    char *name = arena_textn(a, host, length);
    for (size_t i = 0; i < length; i++) {
        if (name[i] >= 'A' && name[i] <= 'Z') {
            name[i] = (char)(name[i] - 'A' + 'a');
        }
    }
    if (name[length - 1] == '.') {
        name[length - 1] = '\0';
    }
    return name;
}

bool http_host_allowed(const char *name, const char *const *hosts, size_t count, bool loopback)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(name, hosts[i]) == 0) {
            return true;
        }
    }
    if (count > 0) {
        return false;
    }
    if (!loopback) {
        return true;
    }
    size_t length = strlen(name);
    return strcmp(name, "localhost") == 0 || strcmp(name, "127.0.0.1") == 0 ||
           strcmp(name, "[::1]") == 0 ||
           (length > 10 && strcmp(name + length - 10, ".localhost") == 0);
}

bool http_is_elsewhere(const char *location)
{
    static const char *const begins[] = {"https://",
                                         "http://127.0.0.1:", "http://localhost:", "http://[::1]:"};
    bool known = false;
    for (size_t i = 0; i < COUNT_OF(begins); i++) {
        size_t length = strlen(begins[i]);
        known = known || (strncmp(location, begins[i], length) == 0 && location[length] != '\0');
    }
    for (const char *at = location; known && *at != '\0'; at++) {
        known = *at > ' ' && *at < 0x7f && strchr("\"<>\\^`{|}", *at) == NULL;
    }
    return known;
}

bool http_is_own_path(const char *location)
{
    if (location[0] != '/' || location[1] == '/') {
        return false;
    }
    for (const char *at = location; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c <= 0x20 || c >= 0x7f || c == '\\') {
            return false;
        }
    }
    return true;
}

bool http_is_tag(const char *tag)
{
    size_t length = 0;
    while (is_alnum(tag[length]) || (tag[length] != '\0' && strchr("._-", tag[length]))) {
        length++;
    }
    return length > 0 && length <= TAG_MAX && tag[length] == '\0';
}

// Characters that file systems, shells or the header itself give a meaning to.
static bool is_risky(char c)
{
    unsigned char u = (unsigned char)c;
    return u < 0x20 || u == 0x7f || strchr("\"\\/:*?<>|%;$`'", c) != NULL;
}

const char *http_disposition(struct arena *a, const char *file_name)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t length = strlen(file_name);
    if (length > FILE_NAME_MAX) {
        // The end holds the kind of file, so that is kept.
        file_name += length - FILE_NAME_MAX;
        while (((unsigned char)*file_name & 0xc0) == 0x80) {
            file_name++;
        }
        length = strlen(file_name);
    }
    char *plain = arena_textn(a, file_name, length);
    char *coded = arena_alloc(a, 3 * length + 1);
    size_t n = 0;
    bool ascii = true;
    for (size_t i = 0; i < length; i++) {
        if (is_risky(plain[i]) || (i == 0 && plain[i] == '.')) {
            plain[i] = '_';
        }
        unsigned char c = (unsigned char)plain[i];
        if (is_alnum(plain[i]) || strchr("-._", plain[i]) != NULL) {
            coded[n++] = plain[i];
        } else {
            coded[n++] = '%';
            coded[n++] = digits[c >> 4];
            coded[n++] = digits[c & 15];
        }
        if (c >= 0x80) {
            ascii = false;
        }
    }
    bool readable = utf8_valid(plain, length, NULL);
    size_t m = 0;
    for (size_t i = 0; i < length; i++) { // one "_" for each letter the plain form cannot hold
        unsigned char c = (unsigned char)plain[i];
        if (c < 0x80) {
            plain[m++] = plain[i];
        } else if (c >= 0xc0 || !readable) {
            plain[m++] = '_';
        }
    }
    plain[m] = '\0';
    if (m == 0) {
        return "attachment; filename=\"download\"";
    }
    if (ascii || !readable) {
        return arena_printf(a, "attachment; filename=\"%s\"", plain);
    }
    return arena_printf(a, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, coded);
}
