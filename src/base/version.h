// The release, as meson.build says it too (a test holds them together).
#ifndef GT_BASE_VERSION_H
#define GT_BASE_VERSION_H

#define GOLDTHREAD_VERSION "0.1.0"

#endif
