// Any bytes as a Cookie field, and as the value of a cookie to set: what is found is a value that
// could have been set, and what can be set is found again.
#include <stdlib.h>
#include <string.h>

#include "http/response.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(16 << 20);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    const char *text = arena_textn(a, (const char *)bytes, length);
    struct http_request req = {.arena = a, .cookies = text};
    const char *found = http_cookie(&req, "s");
    if (found != NULL) {
        require(strpbrk(found, " \t\r\n;,\"\\") == NULL);
        require(strstr(text, arena_printf(a, "__Host-s=%s", found)) != NULL);
        req.cookies = arena_printf(a, "%s; __Host-s=x", text); // twice is never
        require(http_cookie(&req, "__Host-s") == NULL);
    }
    const char *set = http_cookie_set(a, "s", text, -1);
    if (set != NULL) {
        require(strpbrk(text, " ;,\"\\=\r\n") == NULL);
        req.cookies = arena_textn(a, set, strcspn(set, ";"));
        require(strcmp(http_cookie(&req, "s"), text) == 0);
    }
    arena_free(a);
    return 0;
}
