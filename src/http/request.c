#include "http/request.h"

#include <string.h>

#include "http/fields.h"

static const struct {
    enum http_method method;
    const char *name;
} methods[] = {
    {HTTP_GET, "GET"}, {HTTP_HEAD, "HEAD"},   {HTTP_POST, "POST"},
    {HTTP_PUT, "PUT"}, {HTTP_PATCH, "PATCH"}, {HTTP_DELETE, "DELETE"},
};

bool http_is_safe(enum http_method method)
{
    return method == HTTP_GET || method == HTTP_HEAD;
}

const char *http_method_name(enum http_method method)
{
    for (size_t i = 0; i < COUNT_OF(methods); i++) {
        if (methods[i].method == method) {
            return methods[i].name;
        }
    }
    return "other";
}

bool http_method_read(const char *name, enum http_method *ret)
{
    for (size_t i = 0; i < COUNT_OF(methods); i++) {
        if (strcmp(methods[i].name, name) == 0) {
            *ret = methods[i].method;
            return true;
        }
    }
    return false;
}

bool http_method_among(const char *allow, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = allow; *at != '\0';) {
        at += strspn(at, ", ");
        size_t word = strcspn(at, ", ");
        if (word == length && strncmp(at, name, length) == 0) {
            return true;
        }
        at += word;
    }
    return false;
}
