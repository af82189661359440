#include "http/answer.h"

#include <stdio.h>
#include <string.h>

#include "http/fields.h"

struct field {
    const char *name;
    const char *value;
};

// conventions.md 5.2. The hash is that of the one inline script of GOV.UK Frontend's page
// template, which marks the page as one with script.
static const struct field always[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self' "
     "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; style-src 'self'; img-src 'self'; "
     "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
     "object-src 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "camera=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), payment=(), "
     "usb=()"},
    {"X-XSS-Protection", "0"},
};

static bool value_sound(const char *value)
{
    return value == NULL || http_is_value(value, strlen(value));
}

static bool cookies_sound(const char *const *cookies)
{
    for (size_t i = 0; cookies != NULL && cookies[i] != NULL; i++) {
        if (!http_cookie_sound(cookies[i])) {
            return false;
        }
    }
    return true;
}

static bool body_sound(const struct http_response *r)
{
    if ((r->body == NULL && r->length > 0) || (r->gzip == NULL && r->gzip_length > 0)) {
        return false;
    }
    return (r->status != 204 && r->status != 304) || r->length == 0;
}

bool http_response_sound(const struct http_response *r)
{
    bool redirects = r->status == 301 || r->status == 302 || r->status == 303 || r->status == 307 ||
                     r->status == 308;
    if (r->status != 0 && (r->status < 200 || r->status > 599)) {
        return false;
    }
    if (r->elsewhere != NULL) {
        return r->status == 303 && r->location == NULL && http_is_elsewhere(r->elsewhere) &&
               body_sound(r) && cookies_sound(r->cookies);
    }
    if (redirects != (r->location != NULL) && r->status != 201) {
        return false;
    }
    if (r->location != NULL && !http_is_own_path(r->location)) {
        return false;
    }
    if (r->etag != NULL && !http_is_tag(r->etag)) {
        return false;
    }
    if (r->failure_page && (r->status < 400 || r->release != NULL)) {
        return false;
    }
    return body_sound(r) && cookies_sound(r->cookies) && value_sound(r->content_type) &&
           value_sound(r->cache_control) && value_sound(r->allow) && value_sound(r->link) &&
           value_sound(r->www_authenticate);
}

static bool has_tag(const struct http_response *r)
{
    return r->etag != NULL && (r->status == 0 || (r->status >= 200 && r->status <= 299));
}

char *http_form_tag(struct arena *a, const struct http_response *r, bool gzip)
{
    return has_tag(r) ? arena_printf(a, "%s%s", r->etag, gzip ? "-gzip" : "") : NULL;
}

struct http_form http_form_for(const struct http_response *r, const struct http_request *req)
{
    bool gzip = req->gzip && r->gzip != NULL;
    bool same = req->if_none_match != NULL && http_is_safe(req->method) && has_tag(r) &&
                (r->status == 0 || r->status == 200) &&
                http_none_match(req->if_none_match, http_form_tag(req->arena, r, gzip));
    return (struct http_form){
        .gzip = gzip, .not_modified = same, .tls_in_front = req->tls_in_front};
}

unsigned http_form_status(const struct http_response *r, struct http_form form)
{
    if (form.not_modified) {
        return 304;
    }
    return r->status == 0 ? 200 : (unsigned)r->status;
}

static bool add(struct MHD_Response *out, const char *name, const char *value)
{
    return value == NULL || MHD_add_response_header(out, name, value) == MHD_YES;
}

// The fields an answer can do without.
static bool add_more(struct MHD_Response *out, const struct http_response *r)
{
    bool ok = true;
    for (size_t i = 0; r->cookies != NULL && r->cookies[i] != NULL; i++) {
        ok = ok && add(out, "Set-Cookie", r->cookies[i]);
    }
    if (r->retry_after > 0) {
        char seconds[16];
        snprintf(seconds, sizeof seconds, "%u", r->retry_after);
        ok = ok && add(out, "Retry-After", seconds);
    }
    // Not "cookies": that would sign the person out of every other site of the council's domain.
    // Ours are ended one by one, with Max-Age=0.
    ok = ok && add(out, "Clear-Site-Data", r->clear_site_data ? "\"cache\", \"storage\"" : NULL);
    ok = ok && add(out, "WWW-Authenticate", r->www_authenticate);
    ok = ok && add(out, "Link", r->link);
    return ok && add(out, "Allow", r->allow);
}

static bool add_fields(struct MHD_Response *out, const struct http_response *r,
                       struct http_form form, struct texts texts)
{
    bool ok = true;
    for (size_t i = 0; i < COUNT_OF(always); i++) {
        ok = ok && add(out, always[i].name, always[i].value);
    }
    if (form.tls_in_front) {
        ok = ok && add(out, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    ok = ok && add(out, "Cache-Control", r->cache_control == NULL ? "no-store" : r->cache_control);
    ok = ok && add(out, "Vary", r->gzip == NULL ? NULL : "Accept-Encoding");
    ok = ok && add(out, "ETag", texts.etag);
    if (form.not_modified) {
        return ok;
    }
    const char *type = r->content_type == NULL ? "text/html; charset=utf-8" : r->content_type;
    ok = ok && add(out, "Content-Type", r->status == 204 ? NULL : type);
    ok = ok && add(out, "Content-Encoding", form.gzip ? "gzip" : NULL);
    ok = ok && add(out, "Content-Disposition", texts.disposition);
    ok = ok && add(out, "Location", r->elsewhere != NULL ? r->elsewhere : r->location);
    ok = ok && add_more(out, r);
    return ok && add(out, "Connection", form.closing ? "close" : NULL);
}

struct texts http_texts_make(struct arena *a, const struct http_response *r, struct http_form form)
{
    struct texts texts = {NULL, NULL};
    if (has_tag(r)) {
        texts.etag = arena_printf(a, "\"%s\"", http_form_tag(a, r, form.gzip));
    }
    if (r->file_name != NULL) {
        texts.disposition = http_disposition(a, r->file_name);
    }
    return texts;
}

struct MHD_Response *http_response_make(const struct http_response *r, struct http_form form,
                                        struct texts texts, void (*release)(void *), void *held)
{
    const char *bytes = form.gzip ? r->gzip : r->body;
    size_t length = form.gzip ? r->gzip_length : r->length;
    // A 304 is given the bytes as well: libmicrohttpd does not send them, but takes Content-Length
    // from them, which must be that of the whole answer (RFC 9110 8.6).
    //
    // libmicrohttpd only reads the bytes, but takes them without const.
    void *body = (void *)(uintptr_t)bytes;
    struct MHD_Response *out = NULL;
    if (release == NULL) {
        out = MHD_create_response_from_buffer(
            length, body, form.copy ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
    } else {
        out = MHD_create_response_from_buffer_with_free_callback_cls(length, body, release, held);
        if (out == NULL) {
            release(held);
        }
    }
    if (out != NULL && !add_fields(out, r, form, texts)) {
        MHD_destroy_response(out);
        out = NULL;
    }
    return out;
}
