// Whether a request may go to the application at all: framing, fields, method, host, address.
#include <string.h>
#include <strings.h>

#include "http/fields.h"
#include "http/handle.h"

enum { FIELDS_MAX = 100 };

// The fields of a request head, counted and checked one by one.
struct survey {
    struct http_request *req;
    const char *next; // where the next field must begin; NULL once one begins elsewhere
    const char *accept_encoding;
    unsigned fields;
    unsigned hosts;
    unsigned lengths;
    unsigned encodings;
    bool body; // a Content-Length other than 0
    bool malformed;
};

// A list field may come in several lines, which count as one joined by commas (RFC 9110 5.3).
static const char *join(struct survey *s, const char *first, const char *more)
{
    return first == NULL ? more : arena_printf(s->req->arena, "%s, %s", first, more);
}

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
    while (at != value && (*at == ' ' || *at == '\t')) {
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
    if (strcasecmp(name, "Host") == 0) {
        s->hosts++;
        s->req->host = text;
    } else if (strcasecmp(name, "Content-Length") == 0) {
        s->lengths++;
        s->body = s->body || value_length == 0 || strspn(text, "0") != value_length;
    } else if (strcasecmp(name, "Transfer-Encoding") == 0) {
        s->encodings++;
    } else if (strcasecmp(name, "If-None-Match") == 0) {
        s->req->if_none_match = join(s, s->req->if_none_match, text);
    } else if (strcasecmp(name, "Accept-Encoding") == 0) {
        s->accept_encoding = join(s, s->accept_encoding, text);
    }
    return MHD_YES;
}

static void refuse(struct call *call, int status, const char *message)
{
    call->status = status;
    call->message = message;
    call->closing = true; // what follows on this connection cannot be trusted
}

// Where a request ends must be beyond doubt before anything else is looked at (RFC 9112 6.3).
static void examine_framing(struct call *call, const struct survey *s, const struct http_line *line)
{
    if (s->fields > FIELDS_MAX || head_size(call->connection) > call->server->options.head_max) {
        refuse(call, 431,
               "The request's header fields are more or longer than this server takes; "
               "deleting this site's cookies may help.");
    } else if (s->malformed) {
        refuse(call, 400, "The request has a malformed header field.");
    } else if (!line_is_plain(line) || !head_ends_here(call->connection, s, line)) {
        refuse(call, 400, "The request has a malformed line.");
    } else if (s->lengths > 1) {
        refuse(call, 400, "The request gives its length more than once.");
    } else if (s->lengths > 0 && s->encodings > 0) {
        refuse(call, 400, "The request gives both a length and a transfer encoding.");
    }
}

static void examine_host(struct call *call, const struct survey *s)
{
    const struct http_options *o = &call->server->options;
    const struct listener *l = &call->server->listener;
    const char *name = s->hosts == 1 ? http_host_name(call->req->arena, call->req->host) : NULL;
    if (name == NULL) {
        call->req->host = "";
        refuse(call, 400,
               s->hosts > 1 ? "The request names more than one host."
                            : "The request does not name the host it is for.");
        return;
    }
    bool own = o->host_count == 0 && strcmp(name, l->name) == 0;
    if (!own && !http_host_allowed(name, o->hosts, o->host_count, l->loopback)) {
        refuse(call, 421,
               "This server does not answer to the host name in the address. Whoever "
               "runs it can add the name.");
    }
}

static void examine_line(struct call *call, const struct survey *s, const struct http_line *line)
{
    bool get = strcmp(line->method, "GET") == 0;
    if (strcmp(line->version, "HTTP/1.1") != 0 && strcmp(line->version, "HTTP/1.0") != 0) {
        refuse(call, 505, "This server speaks HTTP/1.1.");
    } else if (!get && strcmp(line->method, "HEAD") != 0) {
        call->allow = "GET, HEAD";
        refuse(call, 405, "This address can only be read.");
    } else if (s->body || s->encodings > 0) {
        refuse(call, 400, "A request to read must not carry a body.");
    } else if (line->target_length > HTTP_TARGET_MAX) {
        refuse(call, 414, "The address is longer than this server takes.");
    } else if (!http_target_parse(call->req, line->target, line->target_length, &call->err)) {
        refuse(call, 400, call->err.message);
    }
    call->req->method = get ? HTTP_GET : HTTP_HEAD;
}

void http_examine(struct call *call, const struct http_line *line)
{
    struct http_request *req = call->req;
    struct survey s = {.req = req, .next = line->version + strlen(line->version) + 2};
    call->err = (struct err){.arena = req->arena};
    if (ARENA_TRAP(req->arena)) {
        refuse(call, 503, "This server is short of memory just now; please try again.");
        return;
    }
    MHD_get_connection_values_n(call->connection, MHD_HEADER_KIND, survey_field, &s);
    examine_framing(call, &s, line);
    if (call->status == 0) {
        examine_host(call, &s);
    }
    if (call->status == 0) {
        examine_line(call, &s, line);
    }
    req->gzip = http_takes_gzip(s.accept_encoding);
}
