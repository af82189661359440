#include "render/template_place.h"

#include <string.h>

#include "base/embed.h"
#include "base/file.h"

static bool from_disk(const struct template_place *p, const char *path, struct template_source *out)
{
    struct err ignored = {.arena = p->arena};
    struct file_bytes file;
    const char *full = arena_printf(p->arena, "%s%s", p->folder, path + strlen("templates"));
    if (!file_map(p->arena, full, TEMPLATE_BYTES_MAX, &file, &ignored)) {
        return false;
    }
    *out = (struct template_source){file.bytes, file.length};
    return true;
}

bool template_from_place(void *place, const char *name, struct template_source *out)
{
    const struct template_place *p = place;
    static const char *const folders[] = {"templates/", "templates/partials/"};
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        const char *ending = strstr(name, ".html") == NULL ? ".html" : "";
        const char *path = arena_printf(p->arena, "%s%s%s", folders[i], name, ending);
        if (p->folder != NULL) {
            if (from_disk(p, path, out)) {
                return true;
            }
            continue;
        }
        const struct embedded *e = embed_find(path);
        if (e != NULL) {
            *out = (struct template_source){(const char *)e->bytes, e->length};
            return true;
        }
    }
    return false;
}
