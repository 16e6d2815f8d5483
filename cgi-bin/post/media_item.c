/* One file of the media library: description, uses, replacement and deletion. */
#include "shared/media_library.h"

#include <string.h>

#include "core/str.h"
#include "post_list.h"
#include "http/form_merge.h"
#include "page/post/chapters.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/post/post_render.h"
#include "store/media/media_library.h"
#include "store/media/media_visibility.h"

enum { RENDERED_AT_ONCE = 20 };

const struct field file_fields[] = {
	{ .name = "alt", .type = FIELD_LINE, .max = MEDIA_LIBRARY_ALT_MAX, .label = N_("Alt text"),
		.help = N_("Describe the image in one sentence for people who can't see it. Leave it empty for a purely decorative image.") },
	{ .name = "base", .type = FIELD_BASE, .max = MERGE_BASE_MAX },
	{ 0 },
};

const struct field replace_fields[] = {
	{ .name = "file", .type = FIELD_FILE, .max = MEDIA_MAX_BYTES, .label = N_("Replacement file"),
		.help = N_("Every post that uses this file will show the new one. The old URL redirects to it.") },
	{ 0 },
};

static enum status
load(struct request *req, struct media *ret_media)
{
	long long id;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	return media_library_get(req->db, req->arena, req->viewer.user, id, ret_media);
}

/* --- the page --------------------------------------------------------------------------- */

/* Markdown that the author can copy into a post. */
static const char *
snippet(struct request *req, const struct media *media)
{
	const char *address = arena_printf(req->arena, "/media/%s", media_path(req->arena, media));
	bool image = str_starts(media->type, "image/");
	struct str alt = str_init(req->arena);

	for (const char *c = image ? media->alt : media->name; *c != '\0'; c++) {
		if (*c == '[' || *c == ']' || *c == '\\')
			str_add_char(&alt, '\\');
		str_add_char(&alt, *c);
	}
	return arena_printf(req->arena, "%s[%s](%s)", image ? "!" : "", alt.bytes, address);
}

/* Adds the posts that use the file and that this user may see. *ret_used: whether any post uses it. */
static enum status
add_uses(struct request *req, const struct media *media, bool *ret_used)
{
	struct post *posts;
	xmlNodePtr list;
	size_t count;

	TRY(media_library_uses(req->db, req->arena, media->id, &posts, &count));
	*ret_used = count > 0;
	if (count == 0)
		return OK;
	list = page_element(req->page->root, "uses");
	for (size_t i = 0; i < count && i < MEDIA_LIBRARY_USES; i++) {
		bool own = user_may(req->viewer.user, RIGHT_EDIT) || posts[i].author_id == req->viewer.user->id;
		xmlNodePtr use;
		if (viewer_may(&req->viewer, &posts[i]) == VIEW_NONE)
			continue;
		use = page_element(list, "use");
		page_attr(use, "title", posts[i].title);
		page_attr(use, "state-text", post_list_state(req, posts[i].state, posts[i].published));
		page_href(req->page, use, "href", own ? arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)posts[i].id)
			: entry_path(req->arena, &posts[i]));
	}
	return OK;
}

static void
add_head(struct request *req, const struct media *media)
{
	xmlNodePtr file = media_library_add_file(req, req->page->root, media);

	page_attr(file, "snippet", snippet(req, media));
	if (media->width > 0)
		page_attr(file, "pixels-text", arena_printf(req->arena, "%lld × %lld", (long long)media->width, (long long)media->height));
	if (media->duration > 0)
		page_attr(file, "duration-text", chapters_time(req->arena, media->duration));
	page_attr(file, "created-text", lang_date(req->arena, media->created));
}

static enum status
add_forms(struct request *req, const struct media *media, bool used)
{
	const char *path = media_library_path(req, media->id);
	struct form describe = { .name = "file", .path = path, .fields = file_fields, .button = _("Save") };
	struct form replace = { .name = "replace", .path = arena_printf(req->arena, "%s/replace", path), .fields = replace_fields,
		.button = _("Replace") };
	struct form remove = { .name = "remove", .path = arena_printf(req->arena, "%s/remove", path), .button = _("Delete permanently") };
	const char *values[] = { "alt", media->alt, NULL };

	TRY(form_add(req, req->page->root, &describe, values));
	TRY(form_add(req, req->page->root, &replace, NULL));
	/* A file in use can only be replaced. */
	return used ? OK : form_add(req, req->page->root, &remove, NULL);
}

/* GET /write/media/:id */
enum status
show_file(struct request *req)
{
	struct media media;
	bool used;

	TRY(load(req, &media));
	TRY(request_page(req, request_language(req), "media-item"));
	page_attr(req->page->root, "title", media.name);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", media.name);
	page_href(req->page, page_element(req->page->root, "media-library"), "href", media_library_path(req, 0));
	add_head(req, &media);
	TRY(add_uses(req, &media, &used));
	return add_forms(req, &media, used);
}

/* POST /write/media/:id */
enum status
take_file(struct request *req)
{
	struct media media;
	const char *alt;

	TRY(request_write(req, true));
	TRY(load(req, &media));
	TRY(form_merge(req, (const char *const[]){ "alt", media.alt, NULL }, NULL));
	alt = request_field(req, "alt");
	TRY(media_library_describe(req->db, media.id, alt == NULL ? "" : alt));
	return request_see(req, arena_printf(req->arena, "%s#saved", media_library_path(req, media.id)));
}

/* --- replacement ------------------------------------------------------------------------------- */

/* "image" for "image/webp". */
static const char *
family(struct request *req, const struct media *media)
{
	return arena_bytes(req->arena, media->type, strcspn(media->type, "/"));
}

/*
 * POST /write/media/:id/replace. The replacement is committed first. Then the old file is deleted and the posts
 * that show it are rendered again: a few here, the rest by `renown work`.
 */
enum status
take_replacement(struct request *req)
{
	const struct upload *upload = media_library_sent(req, "file");
	const char *problem = NULL;
	struct media old, fresh;
	enum status status;
	bool more, shared;

	TRY(load(req, &old));
	if (upload == NULL)
		return form_wrong(req, "file", _("Choose a file first."));
	status = media_library_take(req, upload, 0, &fresh, &problem);
	if (status == INVALID)
		return form_wrong(req, "file", problem);
	TRY(status);
	if (!str_equal(family(req, &old), family(req, &fresh)))
		return form_wrong(req, "file", _("Replace an image only with an image, audio with audio, and video with video."));
	TRY(request_write(req, false));
	/*
	 * Anyone who uploads the same bytes has the file in their own library too. That must not let them change other
	 * users' posts.
	 */
	TRY(media_library_is_shared(req->db, req->viewer.user, &old, &shared));
	if (shared && !user_may(req->viewer.user, RIGHT_EDIT))
		return form_wrong(req, "file", _("Other people use this file too, so only an editor can replace it. Upload the new one as a separate file."));
	TRY(media_library_add(req->db, req->arena, req->conf->media, req->viewer.user, &fresh));
	TRY(media_library_replace(req->db, req->arena, &old, &fresh));
	TRY(request_commit(req, media_library_path(req, fresh.id)));
	if (old.id != fresh.id) {
		TRY(media_library_sweep(req->db, req->arena, req->conf->media, &old));
		TRY(post_render_stale(req->db, req->arena, req->conf, RENDERED_AT_ONCE, &more));
	}
	return request_see(req, media_library_path(req, fresh.id));
}

/* --- deletion ------------------------------------------------------------------------------------ */

/* POST /write/media/:id/remove */
enum status
take_removal(struct request *req)
{
	struct media media;
	enum status status;
	bool gone = false;

	TRY(load(req, &media));
	TRY(request_write(req, true));
	status = media_library_remove(req->db, req->arena, req->viewer.user, &media, &gone);
	if (status == CONFLICT)
		(void)form_wrong(req, "", _("This file is now in use, so it wasn't deleted."));
	TRY(status);
	TRY(request_commit(req, media_library_path(req, 0)));
	if (gone)
		TRY(media_library_sweep(req->db, req->arena, req->conf->media, &media));
	return request_see(req, media_library_path(req, 0));
}
