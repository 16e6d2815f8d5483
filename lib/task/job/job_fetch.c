/*
 * Downloads recordings from other sites into the media library of the user who requested them, and attaches them to
 * their posts.
 */
#include "task/job/job.h"

#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "task/media/http_download.h"
#include "page/post/post_resave.h"
#include "page/lang/lang.h"
#include "page/post/post_render.h"
#include "store/post/post_author.h"
#include "store/job/fetch_job.h"
#include "store/media/media_library.h"
#include "store/setting/setting.h"

enum { HEAD_BYTES = 64 * 1024, SAVES_MAX = 3 };

static const char not_taken[] = N_("The file at this URL is not in a supported audio or video format: MP3, M4A, Ogg, FLAC, WAV, MP4, WebM.");
static const char too_large[] = N_("The file at this URL is larger than 512 MiB or than the storage space left.");

struct fetching {
	struct db *db;
	struct arena *arena;
	const struct conf *conf;
	struct fetch_job fetch;
	struct user user;
};

static void
run_urgent(void *context)
{
	const struct fetching *fetching = context;

	job_run_urgent(fetching->db, fetching->conf);
}

static enum status
fail_job(const struct fetching *fetching, const char *problem, const char *detail)
{
	return fetch_job_failed(fetching->db, &fetching->fetch, false, problem, detail, clock_now());
}

/* --- the file ------------------------------------------------------------------------- */

/*
 * Gives the file a name with the suffix of its type, because URLs may end in anything. INVALID when it is not a
 * recording.
 */
static enum status
name_file(struct arena *arena, const struct incoming *incoming, const char **name)
{
	unsigned char *head = arena_alloc(arena, HEAD_BYTES);
	struct media media = { 0 };
	int64_t bytes;
	size_t got;
	int file;

	TRY(file_open(arena, incoming->path, &file, &bytes));
	TRY(file_read_at(file, incoming->path, head, HEAD_BYTES, 0, &got));
	TRY(media_probe(head, got, &media));
	if (!media_is_recording(&media))
		return INVALID;
	if (**name == '\0')
		*name = "recording";
	if (!str_ends(*name, arena_printf(arena, ".%s", media.suffix)))
		*name = arena_printf(arena, "%s.%s", *name, media.suffix);
	return OK;
}

static enum status
room(const struct fetching *fetching, int64_t *ret_bytes)
{
	struct setting_values *values;
	long long quota = 0;
	int64_t left;

	TRY(setting_read(fetching->db, fetching->arena, &values));
	(void)str_to_integer(setting_value(values, "media_quota", ""), &quota);
	TRY(media_library_room(fetching->db, quota, &left));
	*ret_bytes = left < MEDIA_MAX_BYTES ? left : MEDIA_MAX_BYTES;
	return OK;
}

/* Saves the outcome of a download without a file. */
static enum status
save_outcome(const struct fetching *fetching, enum http_download_end end, const char *detail)
{
	switch (end) {
	case DOWNLOADED: break;
	case DOWNLOAD_ENDED: return OK; /* the process must end: the attempt counts and is repeated later */
	case DOWNLOAD_BROKEN: return FULL;
	case DOWNLOAD_LARGE: return fail_job(fetching, too_large, "");
	case DOWNLOAD_PRIVATE:
		return fail_job(fetching, N_("This URL points to the site's own server or network. Files can't be downloaded from there."), "");
	case DOWNLOAD_NEVER: return fail_job(fetching, N_("No file could be downloaded from this URL."), detail);
	case DOWNLOAD_LATER:
		return fetch_job_failed(fetching->db, &fetching->fetch, true, N_("The other server didn't send the file."), detail, clock_now());
	}
	return OK;
}

/* --- its post --------------------------------------------------------------------------- */

static enum status
save_once(const struct fetching *fetching, struct media *media)
{
	struct db *db = fetching->db;
	struct post_save save;
	const char *markdown, *problem;
	struct post post;
	int64_t id;

	TRY(post_author_load(db, fetching->arena, &fetching->user, fetching->fetch.post_id, &post, &markdown));
	TRY(post_resave_begin(db, fetching->arena, &post, markdown, &save));
	save.user_id = fetching->user.id;
	save.post.kind = post_resave_kind(&post, media->type);
	save.post.updated = clock_now();
	TRY(post_render_prepare(fetching->arena, fetching->conf, &save, NULL, &problem));
	TRY(db_begin_write(db));
	TRY(media_library_add(db, fetching->arena, fetching->conf->media, &fetching->user, media));
	save.post.enclosure_id = media->id;
	TRY(post_save(db, fetching->arena, &save, &id));
	TRY(fetch_job_forget(db, post.id));
	return db_commit(db);
}

/* If somebody saves the post at the same moment, it is read again. */
static enum status
save(const struct fetching *fetching, struct media *media)
{
	enum status status = CONFLICT;

	for (int i = 0; i < SAVES_MAX && status == CONFLICT; i++) {
		status = save_once(fetching, media);
		db_end(fetching->db);
	}
	return status == CONFLICT ? BUSY : status;
}

/* --- one job ------------------------------------------------------------------------------ */

static enum status
fetch_file(struct fetching *fetching)
{
	const struct conf *conf = fetching->conf;
	struct http_download wanted = { .conf = conf, .address = fetching->fetch.address, .run_urgent = run_urgent, .context = fetching };
	struct media media = { 0 };
	struct incoming *incoming;
	const char *name, *detail;
	enum http_download_end end;
	enum status status;

	TRY(room(fetching, &wanted.most));
	TRY(file_begin(fetching->arena, conf->media, &incoming));
	wanted.into = incoming;
	db_end(fetching->db); /* no transaction stays open during the download */
	end = http_download(fetching->arena, &wanted, &name, &detail);
	if (end != DOWNLOADED)
		return save_outcome(fetching, end, detail);
	status = name_file(fetching->arena, incoming, &name);
	if (status == OK)
		status = media_store_upload(fetching->arena, conf->media, incoming->path, name, &media);
	if (status == INVALID)
		return fail_job(fetching, not_taken, "");
	if (status == TOO_LARGE)
		return fail_job(fetching, too_large, "");
	TRY(status);
	return save(fetching, &media);
}

/* The user may no longer edit the post, so the job is deleted. Nobody can see its result. */
static enum status
forget(struct fetching *fetching)
{
	TRY(db_begin_private(fetching->db));
	TRY(fetch_job_forget(fetching->db, fetching->fetch.post_id));
	return db_commit(fetching->db);
}

static enum status
do_next(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	struct fetching fetching = { .db = db, .arena = arena, .conf = conf };
	const char *markdown;
	struct post post;
	enum status status = fetch_job_next(db, arena, now, &fetching.fetch);

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	status = user_by_id(db, arena, fetching.fetch.user_id, &fetching.user);
	if (status == OK)
		status = user_may(&fetching.user, RIGHT_WRITE) ? post_author_load(db, arena, &fetching.user, fetching.fetch.post_id, &post, &markdown) : NOT_FOUND;
	if (status == NOT_FOUND)
		return forget(&fetching);
	TRY(status);
	if (post.trashed != 0)
		return forget(&fetching);
	TRY(fetch_job_begin(db, &fetching.fetch, now));
	db_set_actor(db, fetching.user.id);
	status = fetch_file(&fetching);
	db_set_actor(db, 0);
	db_end(db);
	if (status == NOT_FOUND)
		return forget(&fetching); /* the post was deleted during the download */
	if (status != OK)
		log_line(LOG_ERROR, "fetch", "the download for post %lld failed: %s", (long long)fetching.fetch.post_id, status_name(status));
	return status;
}

enum status
job_fetch(struct db *db, struct arena *arena, const struct conf *conf, int64_t now)
{
	bool old;

	TRY(do_next(db, arena, conf, now));
	TRY(fetch_job_is_old(db, now - FETCH_KEPT, &old));
	return old ? fetch_job_sweep(db, now - FETCH_KEPT) : OK;
}
