#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool address_is_v4(const struct address *at)
{
    return memcmp(at->bytes, mapped, sizeof mapped) == 0;
}

bool address_read(const char *text, size_t length, struct address *out)
{
    char whole[ADDRESS_TEXT];
    struct address at;
    if (length == 0 || length >= sizeof whole) {
        return false;
    }
    memcpy(whole, text, length);
    whole[length] = '\0';
    if (memchr(whole, ':', length) != NULL) {
        if (inet_pton(AF_INET6, whole, at.bytes) != 1) {
            return false;
        }
    } else {
        memcpy(at.bytes, mapped, sizeof mapped);
        if (inet_pton(AF_INET, whole, at.bytes + sizeof mapped) != 1) {
            return false;
        }
    }
    *out = at;
    return true;
}

void address_write(const struct address *at, char out[ADDRESS_TEXT])
{
    if (address_is_v4(at)) {
        inet_ntop(AF_INET, at->bytes + sizeof mapped, out, ADDRESS_TEXT);
    } else {
        inet_ntop(AF_INET6, at->bytes, out, ADDRESS_TEXT);
    }
}

bool address_of(const struct sockaddr *from, struct address *out)
{
    if (from == NULL) {
        return false;
    }
    if (from->sa_family == AF_INET) {
        memcpy(out->bytes, mapped, sizeof mapped);
        memcpy(out->bytes + sizeof mapped, &((const struct sockaddr_in *)from)->sin_addr, 4);
        return true;
    }
    if (from->sa_family == AF_INET6) {
        memcpy(out->bytes, &((const struct sockaddr_in6 *)from)->sin6_addr, 16);
        return true;
    }
    return false;
}

// The bits after a "/": 0 to `most`, at most three digits.
static bool bits_read(const char *text, size_t length, unsigned most, unsigned *ret)
{
    unsigned n = 0;
    if (length == 0 || length > 3) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        n = n * 10 + (unsigned)(text[i] - '0');
    }
    *ret = n;
    return n <= most;
}

bool networks_read(const char *text, struct networks *out, struct err *e)
{
    *out = (struct networks){.count = 0};
    for (const char *at = text == NULL ? "" : text; *at != '\0';) {
        at += strspn(at, ", ");
        size_t length = strcspn(at, ", ");
        const char *slash = memchr(at, '/', length);
        size_t name = slash == NULL ? length : (size_t)(slash - at);
        struct address found = {{0}};
        if (length == 0) {
            break;
        }
        bool fine = address_read(at, name, &found);
        unsigned all = fine && address_is_v4(&found) ? 32 : 128;
        unsigned bits = all;
        if (!fine || (slash != NULL && !bits_read(slash + 1, length - name - 1, all, &bits))) {
            return err_set(e, ERR_USAGE,
                           "\"%.*s\" is no address or network of a proxy: give 127.0.0.1, "
                           "10.1.0.0/16 or 2001:db8::/32, several with commas between them.",
                           (int)length, at);
        }
        if (out->count == NETWORKS_MAX) {
            return err_set(e, ERR_USAGE, "At most %d addresses and networks of proxies are taken.",
                           NETWORKS_MAX);
        }
        out->list[out->count].at = found;
        out->list[out->count].prefix = bits + 128 - all;
        out->count++;
        at += length;
    }
    return true;
}

bool networks_hold(const struct networks *n, const struct address *at)
{
    for (size_t i = 0; i < n->count; i++) {
        unsigned whole = n->list[i].prefix / 8, rest = n->list[i].prefix % 8;
        const unsigned char *net = n->list[i].at.bytes;
        if (memcmp(net, at->bytes, whole) == 0 &&
            (rest == 0 || (net[whole] ^ at->bytes[whole]) >> (8 - rest) == 0)) {
            return true;
        }
    }
    return false;
}

// One hop as proxies write it: an address, an address with a port, an IPv6 one in brackets.
static bool hop_read(const char *text, size_t length, struct address *out)
{
    if (address_read(text, length, out)) {
        return true;
    }
    if (length > 0 && text[0] == '[') {
        const char *close = memchr(text, ']', length);
        return close != NULL && (close == text + length - 1 || close[1] == ':') &&
               address_read(text + 1, (size_t)(close - text) - 1, out);
    }
    const char *colon = memchr(text, ':', length);
    return colon != NULL && address_read(text, (size_t)(colon - text), out);
}

const char *address_of_client(struct arena *a, const struct networks *trusted, const char *peer,
                              const char *forwarded_for)
{
    struct address at;
    if (trusted->count == 0 || forwarded_for == NULL || !address_read(peer, strlen(peer), &at) ||
        !networks_hold(trusted, &at)) {
        return peer;
    }
    // From the last hop backwards: each was written by the one behind it, which we trust.
    const char *end = forwarded_for + strlen(forwarded_for);
    while (end > forwarded_for && networks_hold(trusted, &at)) {
        const char *start = end;
        while (start > forwarded_for && start[-1] != ',') {
            start--;
        }
        const char *first = start + strspn(start, " \t");
        const char *last = end;
        while (last > first && (last[-1] == ' ' || last[-1] == '\t')) {
            last--;
        }
        struct address hop;
        if (first > last || !hop_read(first, (size_t)(last - first), &hop)) {
            return peer;
        }
        at = hop;
        end = start > forwarded_for ? start - 1 : start;
    }
    char *text = arena_alloc(a, ADDRESS_TEXT);
    address_write(&at, text);
    return text;
}
