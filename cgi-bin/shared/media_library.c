/* The media library: listing and uploading files. */
#include "media_library.h"

#include <stdlib.h>

#include "core/str.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "store/media/media_library.h"

enum { UPLOADS_MAX = 50 };

const struct field library_fields[] = {
	{ .name = "q", .type = FIELD_LINE, .max = 100 },
	{ .name = "before", .type = FIELD_LINE, .max = 20 },
	{ 0 },
};

const struct field upload_fields[] = {
	{ .name = "file", .type = FIELD_FILE, .max = MEDIA_MAX_BYTES, .many = UPLOADS_MAX, .label = N_("Files"),
		.help = N_("Images, audio, video, PDF and WebVTT. What cameras and recorders wrote beside them, such as where they were, is removed; a PDF stays as it is.") },
	{ 0 },
};

const char *
media_library_path(struct request *req, int64_t id)
{
	if (id == 0)
		return arena_printf(req->arena, "%s/write/media", req->prefix);
	return arena_printf(req->arena, "%s/write/media/%lld", req->prefix, (long long)id);
}

const char *
media_library_bytes(struct request *req, int64_t bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB" };
	double amount = (double)bytes;
	size_t unit = 0;

	while (amount >= 1024 && unit < 3) {
		amount /= 1024;
		unit++;
	}
	return arena_printf(req->arena, unit == 0 || amount >= 100 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
}

/* --- the list ------------------------------------------------------------------------- */

/* The smallest variant of an image, or the image itself. */
static void
add_thumb(struct request *req, xmlNodePtr element, const struct media *media)
{
	long width = strtol(media->widths, NULL, 10);

	if (!str_starts(media->type, "image/"))
		return;
	page_href(req->page, element, "thumb", arena_printf(req->arena, "/media/%s",
		width > 0 ? media_variant_path(req->arena, media->digest, width) : media_path(req->arena, media)));
	if (media->width > 0) {
		page_attr_int(element, "width", media->width);
		page_attr_int(element, "height", media->height);
	}
}

xmlNodePtr
media_library_add_file(struct request *req, xmlNodePtr parent, const struct media *media)
{
	xmlNodePtr element = page_element(parent, "file");

	page_attr_int(element, "id", media->id);
	page_attr(element, "name", str_empty(media->name) ? media->suffix : media->name);
	page_attr(element, "alt", media->alt);
	page_attr(element, "type", media->type);
	page_attr(element, "bytes-text", media_library_bytes(req, media->bytes));
	page_href(req->page, element, "src", arena_printf(req->arena, "/media/%s", media_path(req->arena, media)));
	add_thumb(req, element, media);
	return element;
}

static const char *
list_path(struct request *req, const char *words, int64_t before)
{
	const char *path = media_library_path(req, 0);

	if (*words != '\0')
		path = arena_printf(req->arena, "%s?q=%s", path, page_encode(req->arena, words));
	return before == 0 ? path : arena_printf(req->arena, "%s%cbefore=%lld", path, *words == '\0' ? '?' : '&', (long long)before);
}

static enum status
add_files(struct request *req, const char *words, int64_t before)
{
	xmlNodePtr list = page_element(req->page->root, "files");
	struct media *files;
	size_t count;

	TRY(media_library_list(req->db, req->arena, req->viewer.user, "", words, before, &files, &count));
	for (size_t i = 0; i < count && i < MEDIA_LIBRARY_PAGE; i++)
		page_href(req->page, media_library_add_file(req, list, &files[i]), "href", media_library_path(req, files[i].id));
	if (count > MEDIA_LIBRARY_PAGE)
		page_href(req->page, page_element(req->page->root, "older"), "href", list_path(req, words, files[MEDIA_LIBRARY_PAGE - 1].id));
	return OK;
}

static enum status
quota_left(struct request *req, int64_t *ret_bytes)
{
	long long quota = 0;

	(void)str_to_integer(setting_value(req->settings, "media_quota", ""), &quota);
	return media_library_room(req->db, quota, ret_bytes);
}

/* GET /write/media; also shows it again after a rejected upload. */
enum status
show_media_library(struct request *req)
{
	bool asked = str_equal(req->method, "GET") || str_equal(req->method, "HEAD");
	const char *words = asked && request_field(req, "q") != NULL ? request_field(req, "q") : "";
	const char *before_text = asked ? request_field(req, "before") : NULL;
	struct form form = { .name = "upload", .path = media_library_path(req, 0), .fields = upload_fields };
	long long before = 0;
	int64_t left;
	xmlNodePtr find;

	if (!str_empty(before_text) && (!str_to_integer(before_text, &before) || before < 0))
		before = 0;
	TRY(quota_left(req, &left));
	TRY(request_page(req, request_language(req), "media-library"));
	form.button = _("Upload");
	page_attr(req->page->root, "title", _("Media"));
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", _("Media"));
	page_href(req->page, page_element(req->page->root, "post-list"), "href", arena_printf(req->arena, "%s/write", req->prefix));
	find = page_element(req->page->root, "filter");
	page_href(req->page, find, "href", media_library_path(req, 0));
	page_attr(find, "query", words);
	if (left != INT64_MAX)
		(void)page_text(req->page->root, "free-space", arena_printf(req->arena, _("%s of storage space left."), media_library_bytes(req, left)));
	TRY(add_files(req, words, before));
	return form_add(req, req->page->root, &form, NULL);
}

/* --- uploading ----------------------------------------------------------------------------- */

const struct upload *
media_library_sent(const struct request *req, const char *field)
{
	for (const struct upload *upload = req->uploads; upload != NULL; upload = upload->next)
		if (str_equal(upload->field, field))
			return upload;
	return NULL;
}

enum status
media_library_take(struct request *req, const struct upload *upload, int64_t beside, struct media *ret_media, const char **ret_problem)
{
	enum status status;
	int64_t left;

	TRY(quota_left(req, &left));
	left = left > beside ? left - beside : 0;
	if (upload->bytes > left) {
		*ret_problem = arena_printf(req->arena, _("%s has %s, but only %s of storage space is left. Delete some files first, or ask the owner for more space."),
			upload->name, media_library_bytes(req, upload->bytes), media_library_bytes(req, left));
		return INVALID;
	}
	request_extend_timeout(req);
	status = media_store_upload(req->arena, req->conf->media, upload->path, upload->name, ret_media);
	if (status == INVALID)
		*ret_problem = arena_printf(req->arena, _("%s is damaged or not of a supported type. Upload JPEG, PNG, GIF, WebP, AVIF, MP3, M4A, Ogg, FLAC, WAV, MP4, "
			"WebM, PDF or WebVTT files, with the matching file extension."), upload->name);
	if (status == TOO_LARGE)
		*ret_problem = arena_printf(req->arena, _("%s is too large: an image can have up to 64 MiB and 100 million pixels."), upload->name);
	return status == TOO_LARGE ? INVALID : status;
}

/* Adds rows for the stored files. Good files stay even if others were rejected. Call it inside a write transaction. */
static enum status
add_rows(struct request *req, struct media *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		TRY(media_library_add(req->db, req->arena, req->conf->media, req->viewer.user, &files[i]));
	return OK;
}

enum status
media_library_save(struct request *req, struct media *files, size_t count)
{
	/* The form is shown again, so this must not use up its one-time id. */
	TRY(request_write_aside(req));
	TRY(add_rows(req, files, count));
	return db_commit(req->db);
}

/* POST /write/media: checks each file separately. */
enum status
take_uploads(struct request *req)
{
	struct media *files = arena_array(req->arena, UPLOADS_MAX, sizeof(*files));
	struct str problems = str_init(req->arena);
	int64_t bytes = 0;
	size_t count = 0;

	if (req->uploads == NULL)
		return form_wrong(req, "file", _("Choose a file first."));
	for (const struct upload *upload = req->uploads; upload != NULL; upload = upload->next) {
		const char *problem = NULL;
		enum status status = media_library_take(req, upload, bytes, &files[count], &problem);
		if (status == INVALID)
			str_printf(&problems, "%s%s", problems.length == 0 ? "" : " ", problem);
		else
			TRY(status);
		if (status == OK)
			bytes += files[count++].bytes;
	}
	if (count > 0) {
		TRY(request_write(req, true));
		TRY(add_rows(req, files, count));
	}
	if (problems.length == 0)
		return request_see(req, media_library_path(req, 0));
	if (count > 0) {
		TRY(request_commit(req, media_library_path(req, 0)));
		str_printf(&problems, " %s", _("The other files were uploaded."));
	}
	return form_wrong(req, "file", problems.bytes);
}

/*
 * GET /write/may-upload: whether the web server should accept a large upload with this cookie. It grants nothing
 * else. The cookie of an ended session is enough, so that its user gets the rest of the form back; visitors have
 * none.
 */
enum status
tell_may_upload(struct request *req)
{
	req->no_store = true;
	if (req->viewer.user == NULL ? str_empty(req->token) : !user_may(req->viewer.user, RIGHT_WRITE))
		return FORBIDDEN;
	req->body = "";
	req->body_length = 0;
	req->content_type = "text/plain; charset=utf-8";
	return OK;
}
