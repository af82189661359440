// The log: one line an event whatever the text, in both forms.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

// What was written to standard error since capture() began.
static char said[8192];
static int saved, pipe_ends[2];

static void capture(void)
{
    assert_int_equal(pipe(pipe_ends), 0);
    saved = dup(STDERR_FILENO);
    assert_true(saved >= 0 && dup2(pipe_ends[1], STDERR_FILENO) >= 0);
}

static const char *captured(void)
{
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(pipe_ends[1]);
    ssize_t length = read(pipe_ends[0], said, sizeof said - 1);
    close(pipe_ends[0]);
    said[length < 0 ? 0 : length] = '\0';
    return said;
}

// The line behind its time, which is in UTC with milliseconds.
static const char *behind_time(const char *line, const char *before)
{
    size_t length = strlen(before);
    assert_memory_equal(line, before, length);
    const char *at = line + length;
    const char *shape = "dddd-dd-ddTdd:dd:dd.dddZ";
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == 'd') {
            assert_in_range(at[i], '0', '9');
        } else {
            assert_int_equal(at[i], shape[i]);
        }
    }
    return at + strlen(shape);
}

static const struct text {
    const char *given, *as_text, *as_json;
} texts[] = {
    {"luton", "luton", "\"luton\""},
    {"/{org}/measures/{code}", "/{org}/measures/{code}", "\"/{org}/measures/{code}\""},
    {"", "\"\"", "\"\""},
    {"two words", "\"two words\"", "\"two words\""},
    {"a=b", "\"a=b\"", "\"a=b\""},
    {"say \"no\" \\", "\"say \\\"no\\\" \\\\\"", "\"say \\\"no\\\" \\\\\""},
    {"x\ntime=2000 level=info", "\"x\\x0atime=2000 level=info\"",
     "\"x\\u000atime=2000 level=info\""},
    {"\r\x1b[2J\x7f", "\"\\x0d\\x1b[2J\\x7f\"", "\"\\u000d\\u001b[2J\\u007f\""},
    {"Cafe \xc3\xa9", "\"Cafe \xc3\xa9\"", "\"Cafe \xc3\xa9\""},
    {"\xc2\x9b"
     "31m",
     "\"\\x9b31m\"", "\"\\u009b31m\""},                   // a control of the second kind
    {"\xff\xfe", "\"\\xff\\xfe\"", "\"\\u00ff\\u00fe\""}, // no UTF-8
};

static void any_text_stays_within_its_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char wanted[256];
        log_set_format(LOG_TEXT);
        capture();
        log_event(LOG_WARNING, "denied", "what", texts[i].given, "code", "luton", NULL);
        snprintf(wanted, sizeof wanted, " level=warning event=denied what=%s code=luton\n",
                 texts[i].as_text);
        assert_string_equal(behind_time(captured(), "time="), wanted);

        log_set_format(LOG_JSON);
        capture();
        log_event(LOG_WARNING, "denied", "what", texts[i].given, "code", "luton", NULL);
        snprintf(wanted, sizeof wanted,
                 "\",\"level\":\"warning\",\"event\":\"denied\",\"what\":%s,\"code\":\"luton\"}\n",
                 texts[i].as_json);
        assert_string_equal(behind_time(captured(), "{\"time\":\""), wanted);
    }
    log_set_format(LOG_TEXT);
}

static void absent_values_are_left_out(void **state)
{
    (void)state;
    capture();
    log_event(LOG_INFO, "request", "route", NULL, "status", "200", NULL);
    assert_string_equal(behind_time(captured(), "time="), " level=info event=request status=200\n");
}

static void messages_are_one_field(void **state)
{
    (void)state;
    capture();
    log_line(LOG_ERROR, "%s failed: %d", "it\n", 7);
    assert_string_equal(behind_time(captured(), "time="),
                        " level=error message=\"it\\x0a failed: 7\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_text_stays_within_its_field),
        cmocka_unit_test(absent_values_are_left_out),
        cmocka_unit_test(messages_are_one_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
