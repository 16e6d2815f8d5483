/* The handlers of the program admin. */
#ifndef CGI_BIN_ADMIN_H
#define CGI_BIN_ADMIN_H

#include "http/form.h"
#include "http/serve.h"

/* dashboard.c: the first page, and what all pages begin with. */
enum status show_dashboard(struct request *req);
enum status admin_page(struct request *req, const char *name, const char *heading);

/* "Today", "3 days ago", or "Never" for 0. */
const char *admin_ago(struct request *req, int64_t time);

/* onboarding.c: what to do first; nothing where that is done. */
enum status add_onboarding(struct request *req);
enum status take_onboarding(struct request *req);

enum { SETTING_FIELDS_MOST = 40 };
extern struct field group_fields[SETTING_GROUPS][SETTING_FIELDS_MOST], language_fields[SETTING_GROUPS][SETTING_FIELDS_MOST];

/* Makes those two from the table of settings. Before serve(). */
void settings_prepare(void);

/* settings.c: the site's words and choices. */
enum status show_first_settings(struct request *req);
enum status show_settings(struct request *req);
enum status take_settings(struct request *req);

/* setting_choices.c: the choices of a setting that only this site knows. values: what stands in the form, as for form_add(). */
enum status offer_choices(struct request *req, struct field *field, const char *const *values);

/*
 * theme_preview.c: a theme of that name, to be drawn with while this request lasts. INVALID, with the reason beside its field, when it cannot be used or
 * cannot draw the very form that chooses it: whoever takes a theme can leave it again.
 */
enum status theme_preview(struct request *req, const char *name, struct theme **ret_theme);

extern const struct field people_fields[], add_fields[], change_fields[];

/* people.c: who is here, and what they may do. */
enum status show_users(struct request *req);
enum status take_user(struct request *req);
enum status show_user(struct request *req);
enum status take_change(struct request *req);
enum status take_link(struct request *req);
enum status show_new_link(struct request *req);
enum status take_sessions(struct request *req);

extern const struct field audit_fields[], download_fields[];

/* audit.c: who changed what. */
enum status show_audit(struct request *req);

/* health.c: whether all is well. admin_look() looks at all that is cheap. */
struct health;
void admin_look(const struct request *req, struct health *health);
enum status show_health(struct request *req);
enum status take_health(struct request *req);

/* backups.c */
enum status show_backups(struct request *req);
enum status take_backup(struct request *req);
enum status take_download(struct request *req);

extern const struct field invite_fields[], revoke_fields[];

/* The roles with what they may do, and the words for one. */
extern const struct field_choice person_roles[];
const char *user_role_text(const char *role);

/* invitations.c: links that make one account each. */
enum status show_invitations(struct request *req);
enum status take_invitation(struct request *req);
enum status show_new_invitation(struct request *req);
enum status take_revoke(struct request *req);

/* mail_template_test.c: whether mail goes out. */
enum status show_mail_test(struct request *req);
enum status take_mail_test(struct request *req);

#endif
