// Forms as browsers send them, and what is refused; cookies.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "http/posted.h"
#include "http/response.h"

static int set_up(void **state)
{
    *state = arena_new(64 << 20);
    return *state == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static const char urlencoded[] = "application/x-www-form-urlencoded";
static const char parts[] = "multipart/form-data; boundary=XX";

// The fields as one text: "a=1|b=2|f=(file.csv,text/csv)bytes|".
static const char *shown(struct arena *a, const struct http_posted *p)
{
    struct buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < p->count; i++) {
        const struct http_field *f = &p->fields[i];
        buf_printf(&b, "%s=", f->name);
        if (f->file_name != NULL) {
            buf_printf(&b, "(%s,%s)", f->file_name, f->content_type == NULL ? "" : f->content_type);
        }
        buf_put(&b, f->value, f->length);
        buf_char(&b, '|');
    }
    return buf_cstr(&b);
}

struct form_case {
    const char *type, *body, *fields; // fields NULL: refused, with `says` in the sentence
    const char *says;
};

static void check_forms(struct arena *a, const struct form_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct http_request req = {.arena = a,
                                   .content_type = cases[i].type,
                                   .body = cases[i].body,
                                   .body_length = strlen(cases[i].body)};
        struct http_posted posted = {0};
        struct err e = {.arena = a};
        bool read = http_posted_read(&req, &posted, &e);
        if (read != (cases[i].fields != NULL)) {
            fail_msg("\"%s\" was %s", cases[i].body, read ? "taken" : e.message);
        }
        if (read) {
            assert_string_equal(shown(a, &posted), cases[i].fields);
        } else {
            assert_int_equal(e.kind, ERR_INPUT);
            if (strstr(e.message, cases[i].says) == NULL) {
                fail_msg("\"%s\" does not say \"%s\"", e.message, cases[i].says);
            }
        }
    }
}

static void test_urlencoded(void **state)
{
    static const struct form_case cases[] = {
        {urlencoded, "", "", NULL},
        {NULL, "", "", NULL},
        {urlencoded, "a=1", "a=1|", NULL},
        {urlencoded, "a=1&b=2&a=3", "a=1|b=2|a=3|", NULL},
        {urlencoded, "a=J+Smith%26Co", "a=J Smith&Co|", NULL},
        {urlencoded, "a+b=1", "a b=1|", NULL},
        {urlencoded, "a=b=c", "a=b=c|", NULL},
        {urlencoded, "a&b=", "a=|b=|", NULL},
        {urlencoded, "&&a=1&", "a=1|", NULL},
        {urlencoded, "a=%C2%A3", "a=\xC2\xA3|", NULL},
        {urlencoded, "a=\xC2\xA3 5", "a=\xC2\xA3 5|", NULL},
        {urlencoded, "a=x%0D%0Ay%09z", "a=x\r\ny\tz|", NULL},
        {"Application/X-WWW-Form-Urlencoded; charset=UTF-8", "a=1", "a=1|", NULL},
        {"application/x-www-form-urlencoded;charset=\"utf-8\"", "a=1", "a=1|", NULL},
        {urlencoded, "a=%", NULL, "hexadecimal"},
        {urlencoded, "a=%4", NULL, "hexadecimal"},
        {urlencoded, "a=%4&b=1", NULL, "hexadecimal"},
        {urlencoded, "a=%+1", NULL, "hexadecimal"},
        {urlencoded, "%zz=1", NULL, "hexadecimal"},
        {urlencoded, "a=\x01", NULL, "not encoded"},
        {urlencoded, "a=1\nb=2", NULL, "not encoded"},
        {urlencoded, "a=%00", NULL, "UTF-8"},
        {urlencoded, "a=%0B", NULL, "control character"},
        {urlencoded, "a=%C0%80", NULL, "UTF-8"},
        {urlencoded, "a=%ED%A0%80", NULL, "UTF-8"},
        {urlencoded, "a=%A3", NULL, "UTF-8"},
        {urlencoded, "=1", NULL, "name"},
        {urlencoded, "a%0Ab=1", NULL, "name"},
        {urlencoded, "a%00=1", NULL, "name"},
        {"application/x-www-form-urlencoded; charset=latin1", "a=1", NULL, "UTF-8"},
        {"application/x-www-form-urlencodedx", "a=1", NULL, "not a form"},
        {"text/plain", "a=1", NULL, "not a form"},
        {"application/json", "{}", NULL, "not a form"},
        {NULL, "a=1", NULL, "not a form"},
    };
    check_forms(*state, cases, COUNT_OF(cases));
}

#define NAMED(name) "--XX\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILED(name, file)                                                                          \
    "--XX\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n"

static const struct form_case parts_taken[] = {
    {parts, "--XX--", "", NULL},
    {parts, "--XX--\r\n", "", NULL},
    {parts, NAMED("a") "1\r\n--XX--\r\n", "a=1|", NULL},
    {parts, NAMED("a") "1\r\n" NAMED("b") "\r\n--XX--", "a=1|b=|", NULL},
    {parts, NAMED("a") "\r\n\r\n--XX--", "a=\r\n|", NULL},
    {parts, NAMED("a") "x\r\n--X\r\n--XX--", "a=x\r\n--X|", NULL},
    {parts, NAMED("a") "--XX\r\n--XX--", "a=--XX|", NULL},
    {parts, FILED("f", "x.csv") "Content-Type: text/csv\r\n\r\na,b\r\n\r\n--XX--",
     "f=(x.csv,text/csv)a,b\r\n|", NULL},
    {parts, FILED("f", "") "Content-Type: application/octet-stream\r\n\r\n\r\n--XX--",
     "f=(,application/octet-stream)|", NULL},
    {parts, FILED("f", "C:\\my files\\x.csv") "\r\n\xff\xfe\r\n--XX--", "f=(x.csv,)\xff\xfe|",
     NULL},
    {parts, FILED("f", "../../etc/passwd") "\r\n1\r\n--XX--", "f=(passwd,)1|", NULL},
    {parts, FILED("f", "a%22b.csv") "\r\n1\r\n--XX--", "f=(a%22b.csv,)1|", NULL},
    {"multipart/form-data; boundary=\"XX\"", NAMED("a") "1\r\n--XX--", "a=1|", NULL},
    {"Multipart/Form-Data;Boundary=XX", NAMED("a") "1\r\n--XX--", "a=1|", NULL},
    {parts, "--XX\r\ncontent-disposition:form-data;name=\"a\"\r\n\r\n1\r\n--XX--", "a=1|", NULL},
    {parts,
     "--XX\r\nContent-Type: text/plain; charset=utf-8\r\n"
     "Content-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--XX--",
     "a=1|", NULL},
};

static const struct form_case parts_refused[] = {
    {"multipart/form-data", NAMED("a") "1\r\n--XX--", NULL, "boundary"},
    {"multipart/form-data; boundary=", NAMED("a") "1\r\n--XX--", NULL, "boundary"},
    {"multipart/form-data; boundary=\"XX", NAMED("a") "1\r\n--XX--", NULL, "boundary"},
    {"multipart/form-data; boundary=XX; boundary=YY", "--XX--", NULL, "boundary"},
    {"multipart/form-data; charset=utf-8; boundary=XX", "--XX--", NULL, "boundary"},
    {"multipart/form-data; boundary=\"X \"", "--X --", NULL, "boundary"},
    {"multipart/form-data; boundary="
     "1234567890123456789012345678901234567890123456789012345678901234567890X",
     "--1", NULL, "boundary"},
    {"multipart/mixed; boundary=XX", NAMED("a") "1\r\n--XX--", NULL, "not a form"},
    {parts, "x\r\n" NAMED("a") "1\r\n--XX--", NULL, "begin"},
    {parts, "\r\n" NAMED("a") "1\r\n--XX--", NULL, "begin"},
    {parts, "--XY--", NULL, "begin"},
    {parts, NAMED("a") "1", NULL, "does not end"},
    {parts, NAMED("a") "1\n--XX--", NULL, "does not end"},
    {parts, NAMED("a") "1\r\n--XX", NULL, "end with"},
    {parts, NAMED("a") "1\r\n--XX-", NULL, "end with"},
    {parts, NAMED("a") "1\r\n--XX--x", NULL, "end with"},
    {parts, NAMED("a") "1\r\n--XX--\r\nmore", NULL, "end with"},
    {parts, NAMED("a") "1\r\n--XX--\r\n" NAMED("b") "2\r\n--XX--", NULL, "end with"},
    {parts, NAMED("a") "1\r\n--XXa--", NULL, "end with"},
    {parts, NAMED("a") "1\r\n--XX \r\n--XX--", NULL, "end with"},
    {parts, NAMED("a") "1\r\n--XX\n--XX--", NULL, "end with"},
    {parts, "--XX\r\n\r\n1\r\n--XX--", NULL, "no name"},
    {parts, "--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n--XX--", NULL, "no name"},
    {parts, NAMED("") "1\r\n--XX--", NULL, "name"},
    {parts, NAMED("\xff") "1\r\n--XX--", NULL, "name"},
    {parts, NAMED("a\\") "1\r\n--XX--", NULL, "quotation marks"},
    {parts, NAMED("a\\\"b") "1\r\n--XX--", NULL, "quotation marks"},
    {parts, NAMED("a\" \"b") "1\r\n--XX--", NULL, "quotation marks"},
    {parts, NAMED("a\"; name=\"b") "1\r\n--XX--", NULL, "says more"},
    {parts, NAMED("a\"; x=\"b") "1\r\n--XX--", NULL, "says more"},
    {parts, NAMED("a\"; filename*=\"utf-8''x") "1\r\n--XX--", NULL, "says more"},
    {parts, NAMED("a\"; filename=\"x\"; filename=\"y") "1\r\n--XX--", NULL, "says more"},
    {parts, "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX--", NULL,
     "quotation marks"},
    {parts, "--XX\r\nContent-Disposition: form-data; name\r\n\r\n1\r\n--XX--", NULL, "says more"},
    {parts, "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--", NULL, "no name"},
    {parts, "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XX--", NULL,
     "not form data"},
    {parts, "--XX\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1\r\n--XX--", NULL,
     "says more"},
    {parts,
     "--XX\r\nContent-Transfer-Encoding: base64\r\n"
     "Content-Disposition: form-data; name=\"a\"\r\n\r\nMQ==\r\n--XX--",
     NULL, "does not belong"},
    {parts,
     "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n"
     "Content-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--XX--",
     NULL, "does not belong"},
    {parts,
     "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n"
     "Content-Type: text/html\r\n\r\n1\r\n--XX--",
     NULL, "plain text"},
    {parts,
     "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n"
     "Content-Type: multipart/mixed; boundary=YY\r\n\r\n1\r\n--XX--",
     NULL, "plain text"},
    {parts, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--XX--", NULL,
     "does not end"},
    {parts, "--XX\r\nContent-Disposition: form-data; name=\"a\"", NULL, "head of a part"},
    {parts, NAMED("a") "\xA3\r\n--XX--", NULL, "UTF-8"},
    {parts, NAMED("a") "\x1b[1m\r\n--XX--", NULL, "control character"},
};

static void test_multipart(void **state)
{
    check_forms(*state, parts_taken, COUNT_OF(parts_taken));
    check_forms(*state, parts_refused, COUNT_OF(parts_refused));
}

static void test_many_fields(void **state)
{
    struct arena *a = *state;
    for (size_t count = HTTP_FIELDS_MAX; count <= HTTP_FIELDS_MAX + 1; count++) {
        struct buf plain = buf_new(a, 1 << 20), files = buf_new(a, 1 << 20);
        for (size_t i = 0; i < count; i++) {
            buf_printf(&plain, "f%zu=%zu&", i, i);
        }
        for (size_t i = 0; i < count - HTTP_FIELDS_MAX + HTTP_FILES_MAX; i++) {
            buf_text(&files, FILED("f", "x") "\r\n1\r\n");
        }
        buf_text(&files, "--XX--");
        const struct {
            const char *type;
            struct buf *body;
        } forms[] = {{urlencoded, &plain}, {parts, &files}};
        for (size_t i = 0; i < COUNT_OF(forms); i++) {
            struct http_request req = {.arena = a,
                                       .content_type = forms[i].type,
                                       .body = buf_cstr(forms[i].body),
                                       .body_length = forms[i].body->length};
            struct http_posted posted = {0};
            struct err e = {.arena = a};
            assert_int_equal(http_posted_read(&req, &posted, &e), count == HTTP_FIELDS_MAX);
        }
    }
}

static void test_finding(void **state)
{
    struct http_request req = {
        .arena = *state,
        .content_type = parts,
        .body = FILED("a", "x.csv") "\r\nbytes\r\n" FILED("a", "") "\r\n\r\n" NAMED(
            "a") "one\r\n" NAMED("a") "two\r\n" NAMED("b") "\r\n--XX--"};
    req.body_length = strlen(req.body);
    struct http_posted p;
    struct err e = {.arena = *state};
    assert_true(http_posted_is_form(&req));
    assert_true(http_posted_read(&req, &p, &e));
    assert_string_equal(http_posted_value(&p, "a"), "one");
    assert_string_equal(http_posted_value(&p, "b"), "");
    assert_null(http_posted_value(&p, "c"));
    assert_string_equal(http_posted_file(&p, "a")->file_name, "x.csv");
    assert_ptr_equal(http_posted_file(&p, "a")->value, strstr(req.body, "bytes")); // a slice
    assert_null(http_posted_file(&p, "b"));
    size_t at = 0, found = 0;
    while (http_posted_next(&p, "a", &at) != NULL) {
        found++;
    }
    assert_int_equal(found, 4);
    req.content_type = "application/json";
    assert_false(http_posted_is_form(&req));
}

static void test_cookie_set(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *name, *value;
        long age;
        const char *whole; // NULL: a fault of the caller
    } cases[] = {
        {"s", "x", -1, "__Host-s=x; Path=/; Secure; HttpOnly; SameSite=Lax"},
        {"__Host-s", "x", -1, "__Host-s=x; Path=/; Secure; HttpOnly; SameSite=Lax"},
        {"s", "", 0, "__Host-s=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"},
        {"s", "A.b_-9", 60, "__Host-s=A.b_-9; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60"},
        {"s", "a b", -1, NULL},
        {"s", "a;Domain=x", -1, NULL},
        {"s", "a\r\nSet-Cookie: b", -1, NULL},
        {"s", "\xC2\xA3", -1, NULL},
        {"", "a", -1, NULL},
        {"s=", "a", -1, NULL},
        {"s\n", "a", -1, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *whole = http_cookie_set(a, cases[i].name, cases[i].value, cases[i].age);
        if (cases[i].whole == NULL) {
            assert_null(whole);
        } else {
            assert_string_equal(whole, cases[i].whole);
        }
    }
}

// What a handler might answer with that is not a cookie of ours: such an answer cannot be made.
static void test_cookies_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "session=x; Path=/; Secure; HttpOnly; SameSite=Lax",
        "__Host-s=x; Path=/; HttpOnly; SameSite=Lax",
        "__Host-s=x; Path=/; Secure; SameSite=Lax",
        "__Host-s=x; Path=/a; Secure; HttpOnly; SameSite=Lax",
        "__Host-s=x; Path=/; Secure; HttpOnly",
        "__Host-s=x; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=example.gov.uk",
        "__Host-s=x; Path=/; Secure; HttpOnly; SameSite=Lax\r\nX: y",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *const cookies[] = {cases[i], NULL};
        struct http_response r = {.body = "a", .length = 1, .cookies = cookies};
        if (http_ready_new(&r, false) != NULL) {
            fail_msg("\"%s\" was taken", cases[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_urlencoded),  cmocka_unit_test(test_multipart),
        cmocka_unit_test(test_many_fields), cmocka_unit_test(test_finding),
        cmocka_unit_test(test_cookie_set),  cmocka_unit_test(test_cookies_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
