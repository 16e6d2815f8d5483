/* The handlers of the program admin. */
#ifndef CGI_BIN_ADMIN_H
#define CGI_BIN_ADMIN_H

#include "http/form.h"
#include "http/serve.h"

extern struct field all_fields[], language_fields[];

/* Makes those two from the table of settings. Before serve(). */
void settings_prepare(void);

/* settings.c: the site's words and choices. */
enum status show_settings(struct request *req);
enum status take_settings(struct request *req);

extern const struct field people_fields[], add_fields[], change_fields[];

/* people.c: who is here, and what they may do. */
enum status show_people(struct request *req);
enum status take_person(struct request *req);
enum status show_person(struct request *req);
enum status take_change(struct request *req);
enum status take_link(struct request *req);

#endif
