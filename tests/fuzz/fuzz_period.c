// Any bytes as a period label: "0d2010-11" is the label 2010-11 with hint number 0 (none) and a
// year that starts in the month d (April). Every reading has an id that means it, and the words the
// refusal advises mean it too.
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/period.h"

enum { MEMORY = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static void check_reading(struct arena *a, struct period p, enum period_kind hint, int year_start)
{
    require(p.kind != PERIOD_NONE && p.start <= p.end);
    const char *id = period_id(a, p, year_start);
    struct period same = PERIOD_ABSENT;
    require(period_parse_id(id, strlen(id), year_start, &same) && period_equal(p, same));
    const char *plain = period_plain_id(a, p, hint, year_start);
    struct period_reading again = period_read_label(a, plain, strlen(plain), hint, year_start);
    require(again.count == 1 && period_equal(again.readings[0], p));
    struct period next = period_step(p, 1, year_start);
    require(next.kind == p.kind && next.start > p.end);
    struct period before = period_year_before(p, year_start);
    require(before.kind == p.kind && before.end < p.end);
    require(period_contains(p, p) && period_compare(p, next) < 0);
}

static void check_label(struct arena *a, const char *label, size_t length, enum period_kind hint,
                        int year_start)
{
    struct period_reading r = period_read_label(a, label, length, hint, year_start);
    require(r.count >= 0 && r.count <= PERIOD_READINGS_MAX);
    for (int i = 0; i < r.count; i++) {
        check_reading(a, r.readings[i], hint, year_start);
        for (int j = 0; j < i; j++) {
            require(!period_equal(r.readings[i], r.readings[j]));
        }
    }
    if (r.count != 1) {
        const char *copy = arena_textn(a, label, length);
        const char *refusal = period_refusal(a, copy, &r, year_start);
        bool plain_text = utf8_valid(label, length, NULL);
        require(!plain_text || utf8_valid(refusal, strlen(refusal), NULL));
        require(refusal[strlen(refusal) - 1] == '.');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    if (length >= 2) {
        check_label(a, (const char *)bytes + 2, length - 2,
                    (enum period_kind)((unsigned)(bytes[0] - '0') % 10),
                    (int)((unsigned)(bytes[1] - 'a') % 12) + 1);
    }
    arena_free(a);
    return 0;
}
