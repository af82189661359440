#include "render/svg.h"

#include <string.h>

#include "render/svg_kinds.h"

static bool is_id(const char *id)
{
    for (const char *c = id; *c != '\0'; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (!letter && !(*c >= '0' && *c <= '9') && *c != '-' && *c != '_') {
            return false;
        }
    }
    return id[0] != '\0';
}

static const struct kind {
    const char *name;
    bool named; // has a title and ids: it is read out
    void (*write)(const struct chart *c);
} kinds[] = {
    {"line", true, svg_write_line},      {"bullet", true, svg_write_bullet},
    {"bar", true, svg_write_bar},        {"dots", true, svg_write_dots},
    {"spark", false, svg_write_spark},   {"mark", false, svg_write_status},
    {"signal", false, svg_write_signal},
};

static bool refuse(const char **ret_why, const char *why)
{
    if (ret_why != NULL) {
        *ret_why = why;
    }
    return false;
}

bool svg_chart(struct buf *out, const struct tree *map, const char **ret_why)
{
    const char *name = chart_text(map, "kind", "");
    const struct kind *kind = NULL;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            kind = &kinds[i];
        }
    }
    if (kind == NULL) {
        return refuse(ret_why, "the chart's \"kind\" is none that render/svg.h describes.");
    }
    struct chart c = {
        .map = map,
        .out = out,
        .id = chart_text(map, "id", ""),
        .title = chart_text(map, "title", ""),
        .description = chart_text(map, "description", ""),
        .prefix = chart_text(map, "unit_prefix", ""),
        .suffix = chart_text(map, "unit_suffix", ""),
    };
    double decimals = 0;
    if (chart_number(map, "decimals", &decimals)) {
        c.decimals = decimals < 0 ? 0 : decimals > DEC_SCALE_MAX ? DEC_SCALE_MAX : (int)decimals;
    }
    if (kind->named && !is_id(c.id)) {
        return refuse(ret_why, "the chart has no \"id\" of letters, digits and hyphens; give it "
                               "one that is unique on the page.");
    }
    if (kind->named && (c.title[0] == '\0' || c.description[0] == '\0')) {
        return refuse(ret_why, "the chart lacks a \"title\" or a \"description\"; a picture "
                               "without words says nothing to many people.");
    }
    kind->write(&c);
    return true;
}
