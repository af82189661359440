// /.well-known/security.txt (RFC 9116): whom to tell of a hole. Served once the setting
// "security_contact" says who that is; nobody is invented.
#include <string.h>

#include "base/log.h"
#include "domain/settings.h"
#include "web/families.h"
#include "web/site_own.h"

enum { VALID_DAYS = 180 }; // RFC 9116 2.5.5: less than a year

static bool read_contact(void *context, struct db *db, struct arena *a, struct err *e)
{
    return setting_text(db, a, "security_contact", context, e);
}

static bool has_scheme(const char *contact)
{
    return strncmp(contact, "mailto:", 7) == 0 || strncmp(contact, "https://", 8) == 0 ||
           strncmp(contact, "tel:", 4) == 0;
}

static bool run_security_txt(struct visit *v, struct err *e)
{
    const char *contact = NULL;
    if (!visit_read(v, read_contact, &contact, e)) {
        return false;
    }
    if (contact == NULL || contact[0] == '\0') {
        if (!atomic_flag_test_and_set(&v->site->said_no_contact)) {
            log_line(LOG_WARNING, "Somebody asked for /.well-known/security.txt, and the setting "
                                  "security_contact says nobody: goldthread user setting "
                                  "security_contact ADDRESS");
        }
        return err_set(e, ERR_ABSENT, "There is no page at this address.");
    }
    const char *until = day_text(v->arena, (day)(visit_now(v) / 86400) + VALID_DAYS);
    struct buf out = buf_new(v->arena, 4096);
    buf_printf(&out, "Contact: %s%s\nExpires: %sT00:00:00Z\nPreferred-Languages: en\n",
               has_scheme(contact) ? "" : "mailto:", contact, until);
    v->res->content_type = "text/plain; charset=utf-8";
    v->res->cache_control = "no-cache";
    v->res->body = buf_cstr(&out);
    v->res->length = out.length;
    return true;
}

const struct action_route security_txt_actions[] = {
    {.path = "/.well-known/security.txt",
     .methods = METHODS_PAGE,
     .duty = DUTY_COUNT,
     .manner = ACTION_EARLY,
     .run = run_security_txt,
     .about = "Whom to tell of a hole in this service's security (RFC 9116)."},
};
const size_t security_txt_action_count =
    sizeof security_txt_actions / sizeof security_txt_actions[0];
