/* The pictures of the site: each is one of the library, or is sent with the form that chooses it. */
#ifndef CGI_BIN_ADMIN_SITE_IMAGE_H
#define CGI_BIN_ADMIN_SITE_IMAGE_H

#include "shared/media_library.h"
#include "store/setting/setting.h"

/* A picture that was sent for a setting; a list of them. */
struct site_image {
	struct site_image *next;
	const struct setting *setting;
	struct media media;
};

/* The field that another picture for a setting is sent with, behind that of the setting itself. */
struct field site_image_file_field(const struct setting *setting);

/* What may be chosen: nothing, what is set now, what was typed, and the newest pictures of the library, which go to the page as <files>. */
enum status site_image_choices(struct request *req, const char *now, const char *typed, const struct field_choice **ret_choices);

/* Stores what was sent, before anything is written; INVALID with the reason beside its field. */
enum status site_images_take(struct request *req, const struct field *fields, struct site_image **ret_pictures);

/* Makes a picture that was sent the value of its setting's field, for the rest of the request. */
void site_images_mark(struct request *req, struct site_image *pictures);

/* When the form comes back: what was sent is in the library from now on, since browsers do not give a file back. Ends the transaction. */
enum status site_images_save(struct request *req, struct site_image *pictures);

/* Inside the write transaction: the setting gets what was sent for it, else value, a path or "". */
enum status site_image_save(struct request *req, const struct setting *setting, const char *value, struct site_image *pictures);

#endif
