#include "oidc/fetch.h"

#include <curl/curl.h>
#include <string.h>
#include <strings.h>

#include "base/percent.h"

bool fetch_start(struct err *e)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ||
           err_set(e, ERR_SYSTEM, "libcurl could not be set up.");
}

static bool host_is(const char *host, size_t length, const char *name)
{
    return strlen(name) == length && strncasecmp(host, name, length) == 0;
}

bool fetch_may(const char *url)
{
    if (strncmp(url, "https://", 8) == 0) {
        return url[8] != '\0' && strchr(url, '@') == NULL && strchr(url, '#') == NULL;
    }
    if (strncmp(url, "http://", 7) != 0 || strchr(url, '@') != NULL || strchr(url, '#') != NULL) {
        return false;
    }
    const char *host = url + 7;
    size_t length = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?");
    return host_is(host, length, "127.0.0.1") || host_is(host, length, "localhost") ||
           host_is(host, length, "[::1]");
}

struct answer {
    struct buf body;
    bool trapped;
};

// libcurl's frames may not be jumped over when memory is out: the trap is put aside meanwhile.
static size_t take(char *bytes, size_t size, size_t count, void *context)
{
    struct answer *answer = context;
    struct arena_trap outer;
    arena_trap_aside(answer->body.arena, &outer);
    if (ARENA_TRAP(answer->body.arena)) {
        answer->trapped = true;
    } else {
        buf_put(&answer->body, bytes, size * count);
    }
    arena_trap_back(answer->body.arena, &outer);
    return answer->trapped || answer->body.full ? 0 : size * count;
}

static void end(void *handle)
{
    curl_easy_cleanup(handle);
}

static bool prepare(CURL *c, const struct fetch *ask, const char *user_and_secret,
                    struct answer *answer)
{
    bool plain = strncmp(ask->url, "http://", 7) == 0;
    bool set = curl_easy_setopt(c, CURLOPT_URL, ask->url) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https") == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)FETCH_SECONDS) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_WRITEDATA, answer) == CURLE_OK;
    if (ask->form != NULL) {
        set = set && curl_easy_setopt(c, CURLOPT_POSTFIELDS, ask->form) == CURLE_OK;
    }
    if (user_and_secret != NULL) {
        set = set && curl_easy_setopt(c, CURLOPT_HTTPAUTH, CURLAUTH_BASIC) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_USERPWD, user_and_secret) == CURLE_OK;
    }
    return set;
}

bool fetch_json(struct arena *a, const struct fetch *ask, const struct json **ret, long *ret_status,
                struct err *e)
{
    static const char away[] = "The sign-on service does not answer; try again in a minute.";
    if (!fetch_may(ask->url)) {
        err_cause(e, "%s is neither https nor this machine", ask->url);
        return err_set(e, ERR_SYSTEM, "The sign-on service is not set up safely.");
    }
    // The user and the secret are encoded first, so that a colon in them does not part them.
    const char *both = ask->user == NULL ? NULL
                                         : arena_printf(a, "%s:%s", percent_encode(a, ask->user),
                                                        percent_encode(a, ask->secret));
    struct answer answer = {.body = buf_new(a, FETCH_BYTES_MAX)};
    CURL *c = curl_easy_init();
    if (c == NULL) {
        return err_set(e, ERR_SYSTEM, "%s", away);
    }
    arena_defer(a, end, c);
    CURLcode done = prepare(c, ask, both, &answer) ? curl_easy_perform(c) : CURLE_FAILED_INIT;
    if (answer.trapped) {
        arena_give_up(a);
    }
    if (done != CURLE_OK) {
        err_cause(e, "%s: %s", ask->url, curl_easy_strerror(done));
        return err_set(e, ERR_AWAY, "%s", away);
    }
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, ret_status);
    struct err inner = {.arena = a};
    if (!json_read(a, buf_cstr(&answer.body), answer.body.length, ret, &inner)) {
        err_cause(e, "%s answered %ld: %s", ask->url, *ret_status, inner.message);
        return err_set(e, *ret_status >= 500 ? ERR_AWAY : ERR_SYSTEM, "%s",
                       *ret_status >= 500 ? away : "The sign-on service answered nonsense.");
    }
    return true;
}
