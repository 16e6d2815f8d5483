/* The images of the site: each is chosen from the media library or uploaded with the form. */
#ifndef CGI_BIN_ADMIN_SITE_IMAGE_H
#define CGI_BIN_ADMIN_SITE_IMAGE_H

#include "shared/media_library.h"
#include "store/setting/setting.h"

/* An uploaded image for a setting; a list. */
struct site_image {
	struct site_image *next;
	const struct setting *setting;
	struct media media;
};

/* The field for uploading an image for a setting. It follows the field of the setting. */
struct field site_image_file_field(const struct setting *setting);

/*
 * The choices for an image: none, the current one, the submitted one, and the newest images of the media library.
 * Adds them to the page as <files>.
 */
enum status site_image_choices(struct request *req, const char *now, const char *typed, const struct field_choice **ret_choices);

/*
 * Stores the uploaded files, before the write transaction. INVALID, reported at the field, when one is not
 * acceptable.
 */
enum status site_images_take(struct request *req, const struct field *fields, struct site_image **ret_images);

/* Makes the uploaded images the values of their settings' fields, for the rest of the request. */
void site_images_mark(struct request *req, struct site_image *images);

/*
 * For a form that is shown again: adds the uploads to the media library, because browsers do not send a file again.
 * Ends the transaction.
 */
enum status site_images_save(struct request *req, struct site_image *images);

/* Inside the write transaction: saves the upload for the setting, else value, which is a path or "". */
enum status site_image_save(struct request *req, const struct setting *setting, const char *value, struct site_image *images);

#endif
