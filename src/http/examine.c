// Whether a request may go to the application at all: framing, fields, method, host, address.
#include <string.h>
#include <strings.h>

#include "http/fields.h"
#include "http/handle.h"

enum { FIELDS_MAX = 100 };

// The fields we act on; others are checked for form only.
enum wanted {
    WANT_HOST,
    WANT_LENGTH,
    WANT_ENCODING,
    WANT_EXPECT,
    WANT_FORWARDED,
    WANT_ACCEPT_ENCODING,
    WANT_NONE_MATCH,
    WANT_MATCH,
    WANT_ACCEPT,
    WANT_COOKIE,
    WANT_TYPE,
    WANT_AUTHORIZATION,
    WANT_ORIGIN,
    WANT_FETCH_SITE,
    WANT_IDEMPOTENCY,
    WANT_AGENT,
    WANT_COUNT
};

// More lines of a field are one joined by `joint`; NULL: it must stand once.
static const struct {
    const char *name;
    size_t length;
    const char *joint;
} fields[WANT_COUNT] = {
#define FIELD(name) name, sizeof name - 1
    [WANT_HOST] = {FIELD("Host"), NULL},
    [WANT_LENGTH] = {FIELD("Content-Length"), NULL},
    [WANT_ENCODING] = {FIELD("Transfer-Encoding"), NULL},
    [WANT_EXPECT] = {FIELD("Expect"), ", "},
    [WANT_FORWARDED] = {FIELD("X-Forwarded-For"), ", "},
    [WANT_ACCEPT_ENCODING] = {FIELD("Accept-Encoding"), ", "},
    [WANT_NONE_MATCH] = {FIELD("If-None-Match"), ", "},
    [WANT_MATCH] = {FIELD("If-Match"), ", "},
    [WANT_ACCEPT] = {FIELD("Accept"), ", "},
    [WANT_COOKIE] = {FIELD("Cookie"), "; "},
    [WANT_TYPE] = {FIELD("Content-Type"), NULL},
    [WANT_AUTHORIZATION] = {FIELD("Authorization"), NULL},
    [WANT_ORIGIN] = {FIELD("Origin"), NULL},
    [WANT_FETCH_SITE] = {FIELD("Sec-Fetch-Site"), NULL},
    [WANT_IDEMPOTENCY] = {FIELD("Idempotency-Key"), NULL},
    [WANT_AGENT] = {FIELD("User-Agent"), " "},
#undef FIELD
};

// The fields of a request head, counted and checked one by one.
struct survey {
    struct arena *arena;
    const char *next; // where the next field must begin; NULL once one begins elsewhere
    const char *values[WANT_COUNT];
    unsigned counts[WANT_COUNT];
    unsigned fields;
    bool malformed;
};

static size_t head_size(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info == NULL ? 0 : info->header_size;
}

// libmicrohttpd before 1.0 takes much for the end of a line or of a head that is none: a bare LF, a
// folded line, a field without a name, blanks around the request line. A proxy in front may see
// one request there where it sees two (conventions.md 5.5). But it leaves what it reads in place,
// so the strings it hands us tell where each stood, and in a well-formed head each follows the one
// before at a known distance: the name, a colon, blanks, the value, CR LF. What stands elsewhere
// is refused. From 1.0 on it refuses all that itself and may move strings about.
#if MHD_VERSION < 0x01000000
static bool stands_where_it_must(struct survey *s, const char *name, size_t name_length,
                                 const char *value, size_t value_length)
{
    const char *at = s->next;
    s->next = NULL;
    if (at == NULL || name != at) {
        return false;
    }
    at += name_length + 1;
    while (at != value && *at == ' ') { // a tab is allowed too, but nginx takes it for the value
        at++;
    }
    if (at != value) {
        return false;
    }
    s->next = value + value_length + 2;
    return true;
}

static bool line_is_plain(const struct http_line *line)
{
    return line->method + strlen(line->method) + 1 == line->url &&
           line->url + line->target_length + 1 == line->version;
}

static bool head_ends_here(struct MHD_Connection *connection, const struct survey *s,
                           const struct http_line *line)
{
    return s->next != NULL && s->next + 2 == line->method + head_size(connection);
}
#else
static bool stands_where_it_must(struct survey *s, const char *name, size_t name_length,
                                 const char *value, size_t value_length)
{
    (void)s, (void)name, (void)name_length, (void)value, (void)value_length;
    return true;
}

static bool line_is_plain(const struct http_line *line)
{
    (void)line;
    return true;
}

static bool head_ends_here(struct MHD_Connection *connection, const struct survey *s,
                           const struct http_line *line)
{
    (void)connection, (void)s, (void)line;
    return true;
}
#endif

static enum MHD_Result survey_field(void *cls, enum MHD_ValueKind kind, const char *name,
                                    size_t name_length, const char *value, size_t value_length)
{
    (void)kind;
    struct survey *s = cls;
    const char *text = value == NULL ? "" : value;
    s->fields++;
    if (s->fields > FIELDS_MAX || !http_is_token(name, name_length) ||
        !http_is_value(text, value_length) ||
        !stands_where_it_must(s, name, name_length, text, value_length)) {
        s->malformed = s->malformed || s->fields <= FIELDS_MAX;
        return MHD_NO;
    }
    for (size_t i = 0; i < WANT_COUNT; i++) {
        if (fields[i].length == name_length && strcasecmp(fields[i].name, name) == 0) {
            // A list field may come in several lines, which count as one (RFC 9110 5.3).
            bool joined = s->counts[i]++ > 0 && fields[i].joint != NULL;
            s->values[i] =
                joined ? arena_printf(s->arena, "%s%s%s", s->values[i], fields[i].joint, text)
                       : text;
            break;
        }
    }
    return MHD_YES;
}

void http_refuse(struct call *call, int status, const char *message)
{
    call->status = status;
    call->message = message;
    call->closing = true; // what follows on this connection cannot be trusted
}

static void examine_repeats(struct call *call, const struct survey *s)
{
    for (size_t i = WANT_TYPE; i < WANT_COUNT; i++) {
        if (s->counts[i] > 1 && fields[i].joint == NULL) {
            http_refuse(
                call, 400,
                arena_printf(s->arena, "The request has more than one %s field.", fields[i].name));
            return;
        }
    }
}

// Where a request ends must be beyond doubt before anything else is looked at (RFC 9112 6.3).
static void examine_framing(struct call *call, const struct survey *s, const struct http_line *line)
{
    if (s->fields > FIELDS_MAX || head_size(call->connection) > call->server->options.head_max) {
        http_refuse(call, 431,
                    "The request's header fields are more or longer than this server takes; "
                    "deleting this site's cookies may help.");
    } else if (s->malformed) {
        http_refuse(call, 400, "The request has a malformed header field.");
    } else if (!line_is_plain(line) || !head_ends_here(call->connection, s, line)) {
        http_refuse(call, 400, "The request has a malformed line.");
    } else if (s->counts[WANT_LENGTH] > 1) {
        http_refuse(call, 400, "The request gives its length more than once.");
    } else if (s->counts[WANT_LENGTH] > 0 && s->counts[WANT_ENCODING] > 0) {
        http_refuse(call, 400, "The request gives both a length and a transfer encoding.");
    } else {
        examine_repeats(call, s);
    }
}

static void examine_host(struct call *call, const struct survey *s)
{
    const struct http_options *o = &call->server->options;
    const struct listener *l = &call->server->listener;
    unsigned hosts = s->counts[WANT_HOST];
    call->req->host = s->values[WANT_HOST];
    const char *name = hosts == 1 ? http_host_name(call->req->arena, call->req->host) : NULL;
    if (name == NULL) {
        call->req->host = "";
        http_refuse(call, 400,
                    hosts > 1 ? "The request names more than one host."
                              : "The request does not name the host it is for.");
        return;
    }
    bool own = o->host_count == 0 && strcmp(name, l->name) == 0;
    if (!own && !http_host_allowed(name, o->hosts, o->host_count, l->loopback)) {
        http_refuse(call, 421,
                    "This server does not answer to the host name in the address. Whoever "
                    "runs it can add the name.");
    }
}

static void take_fields(struct call *call, const struct survey *s)
{
    struct http_request *req = call->req;
    req->if_none_match = s->values[WANT_NONE_MATCH];
    req->if_match = s->values[WANT_MATCH];
    req->accept = s->values[WANT_ACCEPT];
    req->cookies = s->values[WANT_COOKIE];
    req->content_type = s->values[WANT_TYPE];
    req->authorization = s->values[WANT_AUTHORIZATION];
    req->origin = s->values[WANT_ORIGIN];
    req->sec_fetch_site = s->values[WANT_FETCH_SITE];
    req->idempotency_key = s->values[WANT_IDEMPOTENCY];
    req->user_agent = s->values[WANT_AGENT];
    req->address = address_of_client(req->arena, &call->server->trusted, req->address,
                                     s->values[WANT_FORWARDED]);
}

// The method, and what the application makes of it and of the address.
static struct http_manner examine_method(struct call *call, const struct http_line *line,
                                         bool parsed)
{
    const struct http_app *app = call->server->app;
    struct http_manner manner = {0};
    bool known = http_method_read(line->method, &call->req->method);
    if (known && !parsed) {
        http_refuse(call, 400, call->err.message);
        return manner;
    }
    if (app->manner != NULL && parsed) {
        manner = app->manner(app->context, call->req);
    }
    const char *allow = manner.allow == NULL ? "GET, HEAD" : manner.allow;
    if (!known || !http_method_among(allow, line->method)) {
        call->allow = allow;
        http_refuse(call, 405,
                    manner.allow == NULL ? "This address can only be read."
                                         : "This address cannot be used in this way.");
    }
    return manner;
}

// Whether its body may come, and how long it is.
static void examine_body(struct call *call, const struct survey *s, struct http_manner manner,
                         struct conn *c)
{
    uint64_t length = 0;
    const char *given = s->values[WANT_LENGTH], *expect = s->values[WANT_EXPECT];
    bool safe = http_is_safe(call->req->method);
    if (given != NULL && !http_length_read(given, &length)) {
        http_refuse(call, 400, "The request's Content-Length is not a number.");
    } else if (safe && (length > 0 || s->counts[WANT_ENCODING] > 0)) {
        http_refuse(call, 400, "A request to read must not carry a body.");
    } else if (s->counts[WANT_ENCODING] > 0) {
        http_refuse(call, 411, "Send the body with a Content-Length, not in chunks.");
    } else if (expect != NULL && strcasecmp(expect, "100-continue") != 0) {
        http_refuse(call, 417, "The request expects something this server does not know.");
    } else if (length > manner.body_max) {
        http_refuse(call, 413,
                    arena_printf(s->arena,
                                 "What was sent is too large: %llu bytes, and at most %zu are "
                                 "taken here. Send less at a time.",
                                 (unsigned long long)length, manner.body_max));
    } else if (!safe && !http_throttle_take(call->server->changes, call->req->address, 1,
                                            &call->retry_after)) {
        http_refuse(call, 429,
                    "Too much was sent from your network in a short time; please try again in a "
                    "moment.");
    } else {
        c->body.expected = (size_t)length;
        c->in_worker = manner.in_worker;
    }
}

static void examine_request(struct call *call, const struct survey *s, const struct http_line *line,
                            struct conn *c)
{
    if (strcmp(line->version, "HTTP/1.1") != 0 && strcmp(line->version, "HTTP/1.0") != 0) {
        http_refuse(call, 505, "This server speaks HTTP/1.1.");
    } else if (line->target_length > HTTP_TARGET_MAX) {
        http_refuse(call, 414, "The address is longer than this server takes.");
    } else {
        take_fields(call, s);
        bool parsed = http_target_parse(call->req, line->target, line->target_length, &call->err);
        struct http_manner manner = examine_method(call, line, parsed);
        if (call->status == 0) {
            examine_body(call, s, manner, c);
        }
    }
}

void http_examine(struct call *call, const struct http_line *line, struct conn *c)
{
    struct arena *a = call->req->arena;
    struct survey s = {.arena = a, .next = line->version + strlen(line->version) + 2};
    call->err = (struct err){.arena = a};
    if (ARENA_TRAP(a)) {
        http_refuse(call, 503, "This server is short of memory just now; please try again.");
        return;
    }
    MHD_get_connection_values_n(call->connection, MHD_HEADER_KIND, survey_field, &s);
    examine_framing(call, &s, line);
    if (call->status == 0) {
        examine_host(call, &s);
    }
    if (call->status == 0) {
        examine_request(call, &s, line, c);
    }
    call->req->gzip = http_takes_gzip(s.values[WANT_ACCEPT_ENCODING]);
}
