#include "site_image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "page/lang/lang.h"
#include "store/media/media_library.h"
#include "store/media/media_visibility.h"

enum { OFFERED = 24, NAMES_MAX = 8, NAME_LENGTH_MAX = 40, FOLDER = 3, DIGEST = 64 };

/* The name of a field must be static, because the tables of fields are. */
struct field
site_image_file_field(const struct setting *setting)
{
	static char names[NAMES_MAX][NAME_LENGTH_MAX];
	static size_t count;

	if (count == NAMES_MAX)
		abort(); /* increase NAMES_MAX */
	(void)snprintf(names[count], NAME_LENGTH_MAX, "%s_file", setting->name);
	return (struct field){ .name = names[count++], .type = FIELD_FILE, .max = MEDIA_MAX_PICTURE_BYTES, .label = N_("Or upload an image"),
		.accept = "image/png,image/jpeg,image/webp,image/gif,image/avif" };
}

/* The media file of a path made by media_path(); NOT_FOUND. */
static enum status
media_of(struct request *req, const char *path, struct media *ret_media)
{
	if (strlen(path) < FOLDER + DIGEST)
		return NOT_FOUND;
	return media_by_digest(req->db, req->arena, arena_bytes(req->arena, path + FOLDER, DIGEST), ret_media);
}

/* Adds an image to the page's <files>, once for all fields that offer it. */
static void
show_picture(struct request *req, const struct media *media)
{
	xmlNodePtr list = NULL;
	const char *id = arena_printf(req->arena, "%lld", (long long)media->id);

	for (xmlNodePtr child = req->page->root->children; list == NULL && child != NULL; child = child->next)
		if (xmlStrEqual(child->name, BAD_CAST "files"))
			list = child;
	if (list == NULL)
		list = page_element(req->page->root, "files");
	for (xmlNodePtr file = list->children; file != NULL; file = file->next) {
		xmlChar *found = xmlGetProp(file, BAD_CAST "id");
		bool same = str_equal((const char *)found, id);
		xmlFree(found);
		if (same)
			return;
	}
	(void)media_library_add_file(req, list, media);
}

static bool
is_offered(const struct field_choice *choices, const char *value)
{
	for (; choices->value != NULL; choices++)
		if (str_equal(choices->value, value))
			return true;
	return false;
}

/* Adds an image that is set or was submitted to the choices, whether it is in the media library or not. */
static enum status
offer_kept(struct request *req, struct field_choice *choices, const char *path)
{
	struct media media = { 0 };
	enum status status;

	if (str_empty(path) || is_offered(choices, path))
		return OK;
	status = media_of(req, path, &media);
	if (status != NOT_FOUND)
		TRY(status);
	while (choices->value != NULL)
		choices++;
	*choices = (struct field_choice){ path, str_empty(media.name) ? path : media.name };
	if (status == OK)
		show_picture(req, &media);
	return OK;
}

enum status
site_image_choices(struct request *req, const char *now, const char *typed, const struct field_choice **ret_choices)
{
	struct field_choice *choices = arena_array(req->arena, OFFERED + 4, sizeof(*choices));
	struct media *files;
	size_t total = 1, count;

	choices[0] = (struct field_choice){ "", N_("None") };
	TRY(offer_kept(req, choices, now));
	TRY(offer_kept(req, choices, typed));
	while (choices[total].value != NULL)
		total++;
	TRY(media_library_list(req->db, req->arena, req->viewer.user, "image/", "", 0, &files, &count));
	for (size_t i = 0; i < count && i < OFFERED; i++) {
		const char *path = media_path(req->arena, &files[i]);
		if (is_offered(choices, path))
			continue;
		choices[total++] = (struct field_choice){ path, str_empty(files[i].name) ? path : files[i].name };
		show_picture(req, &files[i]);
	}
	*ret_choices = choices;
	return OK;
}

static enum status
take_one(struct request *req, const struct upload *upload, int64_t beside, struct media *ret_media)
{
	const char *problem = "";
	enum status status = media_library_take(req, upload, beside, ret_media, &problem);

	if (status == INVALID)
		return form_wrong(req, upload->field, problem);
	TRY(status);
	return str_starts(ret_media->type, "image/") ? OK : form_wrong(req, upload->field, _("Choose an image file."));
}

enum status
site_images_take(struct request *req, const struct field *fields, struct site_image **ret_images)
{
	struct site_image *images = NULL;
	int64_t beside = 0;

	for (; fields->name != NULL; fields++) {
		const struct setting *setting = setting_find(fields->name);
		const struct upload *upload = setting == NULL || setting->type != SETTING_PICTURE ? NULL
			: media_library_sent(req, arena_printf(req->arena, "%s_file", setting->name));
		struct site_image *image;
		if (upload == NULL)
			continue;
		image = arena_new_of(req->arena, struct site_image);
		TRY(take_one(req, upload, beside, &image->media));
		beside += image->media.bytes;
		image->setting = setting;
		image->next = images;
		images = image;
	}
	*ret_images = images;
	return OK;
}

void
site_images_mark(struct request *req, struct site_image *images)
{
	for (; images != NULL; images = images->next)
		field_replace(req->fields, images->setting->name, media_path(req->arena, &images->media));
}

enum status
site_images_save(struct request *req, struct site_image *images)
{
	for (; images != NULL; images = images->next)
		TRY(media_library_save(req, &images->media, 1));
	return OK;
}

enum status
site_image_save(struct request *req, const struct setting *setting, const char *value, struct site_image *images)
{
	struct setting_values *stored;
	struct media media;
	const char *before;
	enum status status;

	TRY(setting_stored(req->db, req->arena, &stored));
	before = setting_for_language(stored, setting, "");
	for (; images != NULL; images = images->next)
		/* Not when the author chose the stored image instead (http/form_merge.h). */
		if (images->setting == setting && str_equal(value, media_path(req->arena, &images->media))) {
			TRY(media_library_add(req->db, req->arena, req->conf->media, req->viewer.user, &images->media));
			value = media_path(req->arena, &images->media);
		}
	if (str_empty(value) ? before == NULL : before != NULL && str_equal(before, value))
		return OK;
	status = str_empty(value) ? OK : media_of(req, value, &media);
	if (status == NOT_FOUND || (status == OK && !str_empty(value) && !str_equal(media_path(req->arena, &media), value)))
		return form_wrong(req, setting->name, _("This image isn't in the media library."));
	TRY(status);
	TRY(setting_save(req->db, setting->name, "", str_empty(value) ? NULL : value));
	if (before != NULL)
		TRY(media_visibility_site(req->db, req->arena, before));
	return str_empty(value) ? OK : media_visibility_site(req->db, req->arena, value);
}
