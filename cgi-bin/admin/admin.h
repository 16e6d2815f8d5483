/* The handlers of the program admin. */
#ifndef CGI_BIN_ADMIN_H
#define CGI_BIN_ADMIN_H

#include "admin_handlers.h"
#include "http/form.h"
#include "http/serve.h"

/* dashboard.c: the dashboard. admin_page() begins every page of this program. */
enum status admin_page(struct request *req, const char *name, const char *heading);

/* "Today", "3 days ago", or "Never" for 0. In the page's language. */
const char *admin_ago(struct request *req, int64_t time);

/* onboarding.c: the getting-started steps. Adds nothing when they were dismissed or done. */
enum status add_onboarding(struct request *req);

enum { SETTING_FIELDS_MAX = 40 };
extern struct field group_fields[SETTING_GROUPS][SETTING_FIELDS_MAX], language_fields[SETTING_GROUPS][SETTING_FIELDS_MAX];

/* Fills these two from the table of settings. Call it before serve(). */
void settings_prepare(void);

/*
 * setting_choices.c: adds the choices of a setting that depend on the site. values: the current values of the form,
 * as for form_add().
 */
enum status offer_choices(struct request *req, struct field *field, const char *const *values);

/*
 * theme_preview.c: opens a theme for the rest of this request. INVALID, reported at the field, when the theme
 * cannot be used or cannot render this settings form: every theme must allow the owner to switch to another one.
 */
enum status theme_preview(struct request *req, const char *name, struct theme **ret_theme);

extern const struct field people_fields[], add_fields[], change_fields[];

extern const struct field audit_fields[], download_fields[];

/* health.c: the site's health. admin_look() runs all checks that are cheap. */
struct health;
void admin_look(const struct request *req, struct health *health);

extern const struct field invite_fields[], revoke_fields[];

/* The roles with descriptions, and the description of one role in the page's language. */
extern const struct field_choice role_choices[];
const char *user_role_text(const char *role);

#endif
