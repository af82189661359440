// Any bytes as a cell with a figure: "1 12.5%" is the cell 12.5% of a measure of type number 1
// (percent). What is read is canonical: reading it again gives the same, and nothing else.
#include <stdlib.h>
#include <string.h>

#include "model/value_cell.h"

enum { MEMORY = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static void check_figure(struct arena *a, const struct value_cell *v, const struct value_how *how)
{
    struct value_cell again = value_cell_read(a, v->text, how);
    if (how->type == VALUE_TEXT) {
        require(again.result == VALUE_FIGURE || again.result == VALUE_MARKED);
        return;
    }
    require(again.result == VALUE_FIGURE && again.text.length == v->text.length);
    require(memcmp(again.text.text, v->text.text, v->text.length) == 0);
    require(v->number.present && dec_equal(again.number, v->number));
    struct dec plain = DEC_NONE;
    bool is_number = dec_parse(v->text.text, v->text.length, &plain);
    require(is_number == (how->type != VALUE_YES_NO));
    require(!is_number || dec_equal(plain, v->number));
}

static void check_cell(struct arena *a, struct slice cell, const struct value_how *how)
{
    struct value_cell v = value_cell_read(a, cell, how);
    switch (v.result) {
    case VALUE_BLANK: require(slice_trim(cell).length == 0); break;
    case VALUE_FIGURE: check_figure(a, &v, how); break;
    case VALUE_MARKED:
        require(v.marker != MARKER_NONE && v.text.length > 0 && !v.number.present);
        break;
    case VALUE_REFUSED: require(v.why != NULL && strstr(v.why, ": ") != NULL); break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const units[] = {NULL, "tonnes", "£m", "%", "kg per household"};
    struct arena *volatile a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    if (length >= 2) {
        struct value_how how = {.type = (enum value_type)(bytes[0] % (VALUE_TEXT + 1)),
                                .unit = units[bytes[1] % COUNT_OF(units)],
                                .per = bytes[1] % 2 == 0 ? 1000 : 100000};
        check_cell(a, (struct slice){(const char *)bytes + 2, length - 2}, &how);
    }
    arena_free(a);
    return 0;
}
