#include "task/export/export.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "task/archive/archive_locale.h"
#include "core/clock.h"
#include "core/map.h"
#include "core/str.h"
#include "store/media/media_access.h"
#include "store/media/media_visibility.h"
#include "store/post/translation.h"

enum { POSTS_AT_ONCE = 20, CHUNK = 64 * 1024 };

struct export {
	struct db *db;
	const struct conf *conf;
	struct arena *memory;    /* freed at the end of the export */
	struct map *written;     /* names that are already in the archive */
	struct archive *archive;
	struct user user;
	struct viewer viewer;    /* the same user, to check access to each file */
	int64_t posts;
	char *chunk;
	const char *problem;
};

static enum status
broken(struct export *export)
{
	export->problem = arena_dup(export->memory, archive_error_string(export->archive));
	return FAULT;
}

/* Notes a name; false when the archive already has a file of that name. */
static bool
is_new(struct export *export, const char *name)
{
	return map_put(export->written, arena_dup(export->memory, name), export);
}

static enum status
begin_file(struct export *export, const char *name, int64_t bytes, int64_t modified)
{
	struct archive_entry *entry = archive_entry_new();
	int code;

	archive_entry_set_pathname_utf8(entry, name);
	archive_entry_set_size(entry, bytes);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, (time_t)modified, 0);
	code = archive_write_header(export->archive, entry);
	archive_entry_free(entry);
	return code >= ARCHIVE_WARN ? OK : broken(export);
}

static enum status
add_bytes(struct export *export, const char *bytes, size_t length)
{
	return archive_write_data(export->archive, bytes, length) == (la_ssize_t)length ? OK : broken(export);
}

/*
 * Adds a media file if the user may see it. A file that is missing on disk is skipped, so that the rest can still be
 * exported.
 */
static enum status
add_media(struct export *export, struct arena *arena, const struct media *media, const char *name)
{
	int fd;
	ssize_t got;
	struct stat found;
	enum status status;
	bool may;

	if (name == NULL || map_get(export->written, name) != NULL)
		return OK;
	TRY(media_access_may(export->db, arena, &export->viewer, media, &may));
	if (!may)
		return OK;
	fd = open(arena_printf(arena, "%s/%s", export->conf->media, media_visibility_path(arena, export->conf->media, media)), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return OK;
	(void)is_new(export, name);
	status = fstat(fd, &found) == 0 ? begin_file(export, name, found.st_size, media->created) : FAULT;
	while (status == OK && (got = read(fd, export->chunk, CHUNK)) > 0)
		status = add_bytes(export, export->chunk, (size_t)got);
	(void)close(fd);
	return status;
}

static enum status
add_media_of(struct export *export, struct arena *arena, int64_t id, const char *name)
{
	struct media media;
	enum status status = media_by_id(export->db, arena, id, &media);

	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	return add_media(export, arena, &media, name);
}

/* Adds a cover or recording below media/. *ret_path is its path relative to the folder of the text. */
static enum status
add_own_file(struct export *export, struct arena *arena, int64_t id, int depth, const char **ret_path)
{
	struct str path = str_init(arena);
	struct media media;
	const char *name;

	if (id == 0)
		return OK;
	TRY(media_by_id(export->db, arena, id, &media));
	name = arena_printf(arena, "media/%s", media_path(arena, &media));
	for (int i = 0; i < depth + 2; i++)
		str_add(&path, "../");
	str_add(&path, name);
	*ret_path = path.bytes;
	return add_media(export, arena, &media, name);
}

/* Adds files to which a text refers by their address on this site, even if the database has no link to them. */
static enum status
add_named(struct export *export, struct arena *arena, const char *markdown)
{
	static const char start[] = "/media/";
	enum { DIGEST_AT = sizeof("/media/ab/") - 1, DIGEST_LENGTH = 64 };

	for (const char *at = strstr(markdown, start); at != NULL; at = strstr(at + 1, start)) {
		struct media media;
		enum status status;
		if (strnlen(at, DIGEST_AT + DIGEST_LENGTH) < DIGEST_AT + DIGEST_LENGTH)
			break;
		status = media_by_digest(export->db, arena, arena_bytes(arena, at + DIGEST_AT, DIGEST_LENGTH), &media);
		if (status == OK)
			status = add_media(export, arena, &media, arena_printf(arena, "media/%s", media_path(arena, &media)));
		if (status != NOT_FOUND)
			TRY(status);
	}
	return OK;
}

/* The key that the translations of a post share; "" when it has no translation that this user may edit. */
static enum status
translation_key(struct export *export, struct arena *arena, const struct post *post, const char **ret_key)
{
	struct post other;
	enum status status = translation_other(export->db, arena, &export->user, post, &other);

	*ret_key = "";
	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	*ret_key = arena_printf(arena, "work-%lld", (long long)post->work_id);
	return OK;
}

static enum status
add_post(struct export *export, struct arena *arena, const struct post *post)
{
	struct export_files files = { 0 };
	struct export_job_slug *former;
	struct post_link *links;
	struct post_text text;
	struct str folder = str_init(arena);
	size_t link_count, former_count;
	const char *key, *frontmatter;
	int depth;

	TRY(post_text(export->db, arena, post->id, &text));
	TRY(post_links(export->db, arena, post->id, &links, &link_count));
	TRY(export_job_former(export->db, arena, post->id, &former, &former_count));
	TRY(translation_key(export, arena, post, &key));
	depth = export_depth(links, link_count);
	str_printf(&folder, "posts/%s", post->slug);
	for (int i = 0; i < depth; i++)
		str_add(&folder, "/text");
	for (size_t i = 0; i < link_count; i++)
		if (links[i].media_id != 0)
			TRY(add_media_of(export, arena, links[i].media_id, export_path(arena, folder.bytes, links[i].address)));
	TRY(add_named(export, arena, text.markdown));
	TRY(add_own_file(export, arena, post->cover_id, depth, &files.cover));
	TRY(add_own_file(export, arena, post->enclosure_id, depth, &files.recording));
	frontmatter = export_frontmatter(arena, post, key, former, former_count, &files);
	TRY(begin_file(export, arena_printf(arena, "%s/index.md", folder.bytes), (int64_t)(strlen(frontmatter) + strlen(text.markdown)),
		post->updated));
	TRY(add_bytes(export, frontmatter, strlen(frontmatter)));
	TRY(add_bytes(export, text.markdown, strlen(text.markdown)));
	export->posts++;
	return OK;
}

static enum status
add_posts(struct export *export)
{
	int64_t after = 0;
	size_t count = POSTS_AT_ONCE;

	while (count == POSTS_AT_ONCE) {
		struct arena *arena = arena_new();
		struct post *posts;
		enum status status = export_job_posts(export->db, arena, export->user.id, after, POSTS_AT_ONCE, &posts, &count);
		for (size_t i = 0; status == OK && i < count; i++) {
			struct arena *own = arena_new();
			status = add_post(export, own, &posts[i]);
			arena_free(own);
			after = posts[i].id;
		}
		arena_free(arena);
		TRY(status);
	}
	return OK;
}

static enum status
write_archive(struct export *export, int fd)
{
	struct archive *archive = export->archive;
	enum status status;

	if (archive_write_add_filter_gzip(archive) != ARCHIVE_OK || archive_write_set_format_pax_restricted(archive) != ARCHIVE_OK ||
		archive_write_open_fd(archive, fd) != ARCHIVE_OK)
		return broken(export);
	status = add_posts(export);
	if (archive_write_close(archive) != ARCHIVE_OK && status == OK)
		status = broken(export);
	return status;
}

enum status
export_write(struct db *db, const struct conf *conf, int64_t user_id, int fd, int64_t *ret_posts, const char **ret_problem)
{
	struct arena *memory = arena_new();
	struct export export = { .db = db, .conf = conf, .memory = memory, .written = map_new(memory), .chunk = arena_alloc(memory, CHUNK) };
	enum status status = user_by_id(db, memory, user_id, &export.user);

	if (status == OK)
		status = viewer_of_user(db, memory, &export.user, clock_now(), &export.viewer);
	if (status == OK) {
		struct archive_locale names = archive_names_begin();
		export.archive = archive_write_new();
		status = export.archive == NULL ? FAULT : write_archive(&export, fd);
		(void)archive_write_free(export.archive);
		archive_names_end(&names);
	}
	*ret_posts = export.posts;
	*ret_problem = status == OK ? "" : export.problem != NULL ? "the file cannot be written" : status_name(status);
	arena_free(memory);
	return status;
}
