// Any bytes as templates (a page and two partials, apart by form feeds): parsed or refused with a
// sentence, rendered within its limits, the same each time, and never with text unescaped.
#include <stdlib.h>
#include <string.h>

#include "render/mustache.h"

enum { MEMORY = 64 << 20, PAGE_MAX = 64 << 10, PARTS = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

struct parts {
    struct template_source part[PARTS];
};

static struct parts split(const char *bytes, size_t length)
{
    struct parts parts = {0};
    for (size_t i = 0; i < PARTS; i++) {
        const char *end = i + 1 < PARTS && length > 0 ? memchr(bytes, '\f', length) : NULL;
        size_t here = end == NULL ? length : (size_t)(end - bytes);
        parts.part[i] = (struct template_source){bytes, here};
        bytes += end == NULL ? here : here + 1;
        length -= end == NULL ? here : here + 1;
    }
    return parts;
}

static bool load_part(void *context, const char *name, struct template_source *out)
{
    static const char *const names[PARTS] = {"page", "p", "q"};
    const struct parts *parts = context;
    for (size_t i = 0; i < PARTS; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = parts->part[i];
            return true;
        }
    }
    return false;
}

// One of each kind of value, under names that a fuzzer finds soon. Each text holds "<e".
static struct tree *make_view(struct arena *a)
{
    struct tree *view = tree_new_map(a);
    tree_text(view, "a", "<evil>&\"'");
    tree_number(view, "n", dec_make(-12345, 1), 1);
    tree_bool(view, "t", true);
    tree_bool(view, "f", false);
    tree_null(view, "z");
    struct tree *chart = tree_chart(view, "c");
    tree_text(chart, "kind", "mark");
    struct tree *map = tree_map(view, "m");
    tree_text(map, "a", "<evil");
    tree_map(map, "m");
    struct tree *list = tree_list(view, "l");
    for (int i = 0; i < 3; i++) {
        struct tree *item = tree_map(list, NULL);
        tree_text(item, "a", "x<evil");
        tree_text(tree_list(item, "l"), NULL, "<evil");
    }
    tree_list(view, "e");
    return view;
}

static void note(void *context, const char *template_name, int line, const char *key)
{
    size_t *count = context;
    require(template_name != NULL && line >= 0 && key != NULL);
    ++*count;
}

static bool holds(const char *text, size_t length, const char *part)
{
    return length > 0 && memmem(text, length, part, strlen(part)) != NULL;
}

static void check_render(struct arena *a, const struct templates *set, const struct tree *view,
                         bool own_evil)
{
    const struct template *page = templates_find(set, "page");
    require(page != NULL);
    struct err e = {.arena = a};
    struct buf out = buf_new(a, PAGE_MAX);
    bool ok = template_render(page, view, &out, &e);
    require(ok == (e.kind == ERR_NONE) && out.length <= PAGE_MAX);
    require(ok || e.message != NULL);
    if (templates_raw_count(set) == 0 && !own_evil) {
        require(!holds(out.text, out.length, "<evil"));
    }
    struct err later = {.arena = a};
    struct buf again = buf_new(a, PAGE_MAX);
    require(template_render(page, view, &again, &later) == ok && again.length == out.length);
    require(out.length == 0 || memcmp(again.text, out.text, out.length) == 0);
    if (ok) {
        size_t counted = 0;
        size_t missing = templates_missing_keys(page, view, note, &counted, NULL);
        require(missing == counted);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    static const char *const names[] = {"page"};
    const char *text = (const char *)bytes;
    struct parts parts = split(text, length);
    struct err e = {.arena = a};
    const struct templates *set = templates_load(a, names, 1, load_part, &parts, &e);
    require((set == NULL) == (e.kind != ERR_NONE));
    if (set != NULL) {
        // Literal text and a value may meet: "<" before "evil" is only ours when it stands so.
        check_render(a, set, make_view(a), memchr(text, '<', length) != NULL);
    }
    arena_free(a);
    return 0;
}
