// Our cookies: all of them `__Host-`, so that the browser itself holds them to this host, to TLS
// and to the whole site (conventions.md 5.2: V3.3.1 to V3.3.4).
#include <string.h>

#include "http/fields.h"
#include "http/response.h"

static const char prefix[] = "__Host-";
enum { PREFIX = sizeof prefix - 1 };

static const char *bare(const char *name)
{
    return strncmp(name, prefix, PREFIX) == 0 ? name + PREFIX : name;
}

// RFC 6265 4.1.1: visible ASCII without quotes, commas, semicolons and backslashes.
static bool is_cookie_value(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c <= 0x20 || c >= 0x7f || strchr("\",;\\", c) != NULL) {
            return false;
        }
    }
    return true;
}

const char *http_cookie(const struct http_request *req, const char *name)
{
    const char *wanted = bare(name);
    size_t length = strlen(wanted);
    const char *found = NULL;
    size_t found_length = 0;
    if (req->cookies == NULL) {
        return NULL;
    }
    for (const char *at = req->cookies; *at != '\0';) {
        at += strspn(at, "; \t");
        size_t pair = strcspn(at, ";");
        if (pair > PREFIX + length && strncmp(at, prefix, PREFIX) == 0 &&
            strncmp(at + PREFIX, wanted, length) == 0 && at[PREFIX + length] == '=') {
            if (found != NULL) {
                return NULL;
            }
            found = at + PREFIX + length + 1;
            found_length = pair - PREFIX - length - 1;
            while (found_length > 0 && strchr(" \t", found[found_length - 1]) != NULL) {
                found_length--;
            }
        }
        at += pair;
    }
    if (found == NULL || !is_cookie_value(found, found_length)) {
        return NULL;
    }
    return arena_textn(req->arena, found, found_length);
}

const char *http_cookie_set(struct arena *a, const char *name, const char *value, long max_age)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    const char *wanted = bare(name);
    if (!http_is_token(wanted, strlen(wanted)) || value[strspn(value, plain)] != '\0') {
        return NULL;
    }
    const char *age = max_age < 0 ? "" : arena_printf(a, "; Max-Age=%ld", max_age);
    return arena_printf(a, "%s%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax%s", prefix, wanted,
                        value, age);
}

bool http_cookie_sound(const char *finished)
{
    return finished != NULL && strncmp(finished, prefix, PREFIX) == 0 &&
           http_is_value(finished, strlen(finished)) && strstr(finished, "; Path=/;") != NULL &&
           strstr(finished, "; Secure") != NULL && strstr(finished, "; HttpOnly") != NULL &&
           strstr(finished, "; SameSite=") != NULL && strstr(finished, "Domain") == NULL;
}
