// Tells whoever started this process how it is: systemd's notification protocol, by hand (one
// datagram to the socket named in NOTIFY_SOCKET). Without that variable nothing happens.
#ifndef GT_BASE_NOTIFY_H
#define GT_BASE_NOTIFY_H

#include "base/compiler.h"

// "READY=1", "STOPPING=1", "WATCHDOG=1", or several lines. False when there was somebody to tell
// and it could not be told.
bool notify_send(const char *state);
// How often, in milliseconds, "WATCHDOG=1" is wanted at most (WatchdogSec); 0: not at all.
uint64_t notify_watchdog(void);

#endif
