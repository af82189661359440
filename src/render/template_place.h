// Where templates come from: the binary, or a folder on disk while they are being written.
#ifndef GT_RENDER_TEMPLATE_PLACE_H
#define GT_RENDER_TEMPLATE_PLACE_H

#include "render/mustache.h"

struct template_place {
    struct arena *arena;
    const char *folder; // NULL: built in
};

// A template_loader over a struct template_place: "home.html" or a partial "status".
bool template_from_place(void *place, const char *name, struct template_source *out);

#endif
