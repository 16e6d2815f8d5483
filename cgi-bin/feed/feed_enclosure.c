#include "feed_enclosure.h"

#include "core/str.h"
#include "page/post/entry.h"
#include "store/media/media.h"
#include "store/post/recording.h"

enum status
feed_enclosure_add(struct request *req, const struct post *post, struct feed_entry *entry)
{
	struct feed_enclosure *enclosure = arena_new_of(req->arena, struct feed_enclosure);
	struct recording recording;
	struct media media;

	TRY(media_by_id(req->db, req->arena, post->enclosure_id, &media));
	enclosure->url = request_url(req, arena_printf(req->arena, "/media/%s", media_path(req->arena, &media)));
	enclosure->type = media.type;
	enclosure->bytes = media.bytes;
	enclosure->seconds = media.duration;
	TRY(recording_get(req->db, req->arena, post->id, &recording));
	if (!str_empty(recording.chapters))
		enclosure->chapters_url = request_url(req, arena_printf(req->arena, "%s/chapters.json", entry_path(req->arena, post)));
	if (recording.transcript_id != 0) {
		TRY(media_by_id(req->db, req->arena, recording.transcript_id, &media));
		enclosure->transcript_url = request_url(req, arena_printf(req->arena, "/media/%s", media_path(req->arena, &media)));
	}
	entry->enclosure = enclosure;
	return OK;
}
