#include "recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"
#include "core/token.h"
#include "http/sendfile.h"
#include "page/post/chapters.h"
#include "page/post/entry.h"
#include "store/media/media_access.h"
#include "store/media/media_visibility.h"
#include "store/post/recording.h"

/* --- files with restricted access ------------------------------------------------------- */

/* Whether "abc….webp" or "abc…-480.webp" is this file or one of its variants. *ret_type: its Content-Type. */
static bool
is_file(struct arena *arena, const char *name, const struct media *media, const char **ret_type)
{
	const char *width = media->widths;

	if (str_equal(name, media_path(arena, media) + 3)) {
		*ret_type = media->type;
		return true;
	}
	while (!str_empty(width)) {
		char *end;
		long pixels = strtol(width, &end, 10);
		if (end == width)
			break;
		if (str_equal(name, media_variant_path(arena, media->digest, pixels) + 3)) {
			*ret_type = "image/webp";
			return true;
		}
		width = end;
	}
	return false;
}

/* Redirects from a replaced file to its replacement, for viewers who may see that. */
static enum status
lead_on(struct request *req, const struct media *media)
{
	struct media fresh;
	bool may;

	TRY(media_by_id(req->db, req->arena, media->replaced_by, &fresh));
	TRY(media_access_may(req->db, req->arena, &req->viewer, &fresh, &may));
	return may ? request_moved(req, arena_printf(req->arena, "/media/%s", media_path(req->arena, &fresh))) : NOT_FOUND;
}

enum status
show_media(struct request *req)
{
	const char *folder = route_text(req, 0), *name = route_text(req, 1), *place = arena_printf(req->arena, "%s/%s", folder, name);
	const char *closed = arena_printf(req->arena, MEDIA_PRIVATE "%s", place), *type;
	struct media media;
	bool may;

	if (strlen(folder) != 2 || strspn(name, "0123456789abcdef") != DIGEST_TEXT || strncmp(name, folder, 2) != 0)
		return NOT_FOUND;
	TRY(media_by_digest(req->db, req->arena, arena_bytes(req->arena, name, DIGEST_TEXT), &media));
	if (media.replaced_by != 0)
		return lead_on(req, &media);
	if (!is_file(req->arena, name, &media, &type))
		return NOT_FOUND;
	TRY(media_access_may(req->db, req->arena, &req->viewer, &media, &may));
	if (!may)
		return NOT_FOUND;
	/* It may have become public after the web server looked for it. */
	if (access(arena_printf(req->arena, "%s/%s", req->conf->media, closed), F_OK) == 0)
		place = closed;
	req->event = "media";
	req->row = media.id;
	return request_send_file(req, SEND_MEDIA, place, type, NULL);
}

/* --- recordings ------------------------------------------------------------------------------ */

static enum status
add_chapters(struct request *req, xmlNodePtr enclosure, const char *text)
{
	struct chapter *chapters;
	xmlNodePtr list;
	size_t count;
	int line;

	if (str_empty(text) || chapters_read(req->arena, text, &chapters, &count, &line) != OK || count == 0)
		return OK; /* unreadable chapters are never saved */
	list = page_element(enclosure, "chapters");
	for (size_t i = 0; i < count; i++) {
		xmlNodePtr chapter = page_text(list, "chapter", chapters[i].title);
		page_attr_int(chapter, "seconds", chapters[i].seconds);
		page_attr(chapter, "time-text", chapters_time(req->arena, chapters[i].seconds));
	}
	return OK;
}

static enum status
add_transcript(struct request *req, xmlNodePtr enclosure, const struct post *post, int64_t id)
{
	struct media media;
	xmlNodePtr transcript;

	if (id == 0)
		return OK;
	TRY(media_by_id(req->db, req->arena, id, &media));
	transcript = page_element(enclosure, "transcript");
	page_href(req->page, transcript, "src", arena_printf(req->arena, "/media/%s", media_path(req->arena, &media)));
	page_attr(transcript, "lang", post->lang);
	return OK;
}

enum status
recording_add(struct request *req, xmlNodePtr entry, const struct post *post)
{
	struct recording recording;
	struct media media;
	xmlNodePtr enclosure;

	if (post->enclosure_id == 0)
		return OK;
	TRY(media_by_id(req->db, req->arena, post->enclosure_id, &media));
	TRY(recording_get(req->db, req->arena, post->id, &recording));
	enclosure = page_element(entry, "enclosure");
	page_href(req->page, enclosure, "src",
		arena_printf(req->arena, "/media/%s", media_path(req->arena, &media)));
	page_attr(enclosure, "type", media.type);
	page_attr(enclosure, "medium", str_starts(media.type, "video/") ? "video" : "audio");
	page_attr_int(enclosure, "bytes", media.bytes);
	if (media.duration > 0) {
		page_attr_int(enclosure, "duration", media.duration);
		page_attr(enclosure, "duration-text", arena_printf(req->arena, "%lld:%02lld",
			(long long)media.duration / 60, (long long)media.duration % 60));
	}
	TRY(add_chapters(req, enclosure, recording.chapters));
	return add_transcript(req, enclosure, post, recording.transcript_id);
}

enum status
show_chapters(struct request *req)
{
	struct recording recording;
	struct chapter *chapters;
	struct post post;
	size_t count;
	int line;

	TRY(post_by_slug(req->db, req->arena, route_text(req, 0), &post));
	if (viewer_may(&req->viewer, &post) != VIEW_FULL)
		return NOT_FOUND;
	TRY(recording_get(req->db, req->arena, post.id, &recording));
	if (chapters_read(req->arena, recording.chapters, &chapters, &count, &line) != OK || count == 0)
		return NOT_FOUND;
	TRY(request_fresh(req, post.lang));
	req->body = chapters_json(req->arena, post.title, chapters, count);
	req->body_length = strlen(req->body);
	req->content_type = "application/json+chapters; charset=utf-8";
	return OK;
}
