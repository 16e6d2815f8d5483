/* Resolves the addresses in a text: other texts, images, recordings. */
#include "task/import/import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/field.h"
#include "core/str.h"
#include "core/text.h"
#include "core/token.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/markdown/markdown.h"
#include "store/media/media_library.h"
#include "store/media/media_file.h"

enum { LINKS_MAX = 5000 };

/* --- finding the addresses ---------------------------------------------------------- */

struct address {
	const char *text;
	bool is_image;
};

struct collecting {
	struct arena *arena;
	struct map *seen;
	struct address *addresses;
	size_t count;
};

/* The renderer calls this for every address of the text. It only collects them. */
static const char *
collect(void *context, struct arena *arena, const char *address, bool is_image, int *ret_width, int *ret_height)
{
	struct collecting *collecting = context;
	const char *key = arena_dup(collecting->arena, address);

	(void)arena;
	(void)ret_width;
	(void)ret_height;
	if (collecting->count < LINKS_MAX && map_put(collecting->seen, key, &collecting->addresses))
		collecting->addresses[collecting->count++] = (struct address){ .text = key, .is_image = is_image };
	return NULL;
}

static enum status
collect_all(struct arena *arena, const char *body, struct collecting *ret_collecting, struct data_node_problem *problem)
{
	struct collecting collecting = { .arena = arena, .seen = map_new(arena) };
	const struct markdown_callbacks callbacks = { .resolve = collect, .context = &collecting };
	struct markdown *markdown;
	enum status status = OK;

	/* Most short texts contain no address, so they need no second rendering. */
	if (strchr(body, ']') != NULL) {
		collecting.addresses = arena_array(arena, LINKS_MAX, sizeof(*collecting.addresses));
		status = markdown_render(arena, body, MARKDOWN_ARTICLE, "", &callbacks, &markdown, &problem->words);
	}
	*ret_collecting = collecting;
	return status;
}

/* --- parsing addresses ---------------------------------------------------------------- */

/* "mailto:x", "https://x", "//host/x" and "#part" do not refer to a file of the folder. */
static bool
is_ours(const char *address)
{
	size_t scheme = strspn(address, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-");

	if (*address == '\0' || *address == '#' || *address == '?' || str_starts(address, "//"))
		return false;
	return address[scheme] != ':' || scheme == 0;
}

/* The decoded path of an address; NULL when it contains characters that no path may contain. */
static char *
path_of(struct arena *arena, const char *address)
{
	char *path = arena_bytes(arena, address, strcspn(address, "?#"));
	size_t length = strlen(path);

	(void)field_decode(path, &length, false);
	path[length] = '\0';
	if (strlen(path) != length || !text_keeps_all(path, length, TEXT_LINE))
		return NULL;
	return path;
}

/* --- other texts ------------------------------------------------------------------------ */

static struct import_file *
find_file(const struct import *import, const struct import_file *file, struct arena *arena, const char *path)
{
	static const char *const endings[] = { "", ".md", "/index.md", "/_index.md", "/README.md", ".markdown", NULL };
	const char *clean = import_clean_path(arena, file->folder, path), *trimmed;
	struct import_file *found = NULL;

	if (clean == NULL)
		return NULL;
	trimmed = str_ends(clean, ".html") ? arena_bytes(arena, clean, strlen(clean) - strlen(".html")) : clean;
	for (size_t i = 0; found == NULL && endings[i] != NULL; i++) {
		const char *name = *trimmed == '\0' ? endings[i] + (endings[i][0] == '/')
			: arena_printf(arena, "%s%s", trimmed, endings[i]);
		found = map_get(import->by_path, name);
	}
	return found;
}

/*
 * An absolute address is relative to a root that may be any folder above the file. Calls find for each of these
 * folders, from the top ("", then "a/b/"), until something is found.
 */
static void *
find_below(const struct import *import, const struct import_file *file, struct arena *arena, const char *path,
	void *(*find)(const struct import *import, const struct import_file *file, struct arena *arena,
		const char *root, const char *path))
{
	const char *clean = import_clean_path(arena, "", path), *slash = file->folder;
	void *found;

	if (clean == NULL || *clean == '\0')
		return NULL;
	found = find(import, file, arena, "", clean);
	while (found == NULL && *slash != '\0') {
		slash += strcspn(slash, "/");
		found = find(import, file, arena, arena_printf(arena, "%.*s/", (int)(slash - file->folder), file->folder), clean);
		slash += *slash == '/';
	}
	return found;
}

static void *
page_at(const struct import *import, const struct import_file *file, struct arena *arena, const char *root, const char *path)
{
	struct import_file *found;

	path = arena_printf(arena, "%s%s", root, path);
	found = map_get(import->by_path, path);
	if (found == NULL)
		found = import_page(import, file->lang, path);
	if (found == NULL && str_ends(path, ".md"))
		found = import_page(import, file->lang, arena_bytes(arena, path, strlen(path) - strlen(".md")));
	return found;
}

/* Finds a page by its former address: below a root, or relative to this page's own address. */
static struct import_file *
find_page(const struct import *import, const struct import_file *file, struct arena *arena, const char *path)
{
	struct import_file *found = NULL;
	const char *page, *clean;

	if (path[0] == '/')
		return find_below(import, file, arena, path, page_at);
	/* Pages of Hugo are folders, so "../other/" is a page beside this one. */
	page = file->page;
	for (int round = 0; found == NULL && round < 2; round++) {
		clean = import_clean_path(arena, page, path);
		if (clean != NULL && *clean != '\0')
			found = import_page(import, file->lang, clean);
		page = strrchr(file->page, '/') == NULL ? ""
			: arena_bytes(arena, file->page, (size_t)(strrchr(file->page, '/') - file->page));
	}
	if (found == NULL && import->layout == LAYOUT_HUGO && strchr(path, '/') == NULL)
		found = import_page(import, file->lang, str_ends(path, ".md")
			? arena_bytes(arena, path, strlen(path) - strlen(".md")) : path);
	return found;
}

static const char *
address_of(struct arena *arena, const struct import_file *file)
{
	const struct post post = { .slug = file->slug, .kind = file->kind, .lang = file->lang };

	return entry_path(arena, &post);
}

/* --- other files ------------------------------------------------------------------------- */

static void *
other_at(const struct import *import, const struct import_file *file, struct arena *arena, const char *root,
	const char *path)
{
	static const char *const folders[] = { "", "static/", "assets/", "public/", "media/", "source/", NULL };
	void *found = NULL;

	(void)file;
	for (size_t i = 0; found == NULL && folders[i] != NULL; i++)
		found = map_get(import->others, arena_printf(arena, "%s%s%s", root, folders[i], path));
	return found;
}

/* The path of the file below the folder to which an address refers; NULL when there is none. */
static const char *
find_other(const struct import *import, const struct import_file *file, struct arena *arena, const char *path)
{
	const char *clean = import_clean_path(arena, file->folder, path), *found;

	if (clean != NULL && path[0] != '/' && (found = map_get(import->others, clean)) != NULL)
		return found;
	/* A relative address may also be relative to one of the roots. */
	return find_below(import, file, arena, path, other_at);
}

enum status
import_media_probe(struct arena *arena, int file, struct media *ret_media)
{
	enum { CHUNK = 64 * 1024 };
	unsigned char *bytes = arena_alloc(arena, CHUNK);
	struct digest *digest = digest_new(arena);
	ssize_t got = read(file, bytes, CHUNK);
	enum status status = got < 0 ? NOT_FOUND : media_probe(bytes, (size_t)got, ret_media);

	for (; status == OK && got > 0; got = read(file, bytes, CHUNK))
		digest_add(digest, bytes, (size_t)got);
	if (status == OK) {
		ret_media->digest = digest_end(arena, digest);
		ret_media->name = "";
	}
	return status;
}

/* Stores a file of an upload, within the quota and with the same checks as an upload to the media library. */
static enum status
take_media(struct import *import, struct arena *arena, const char *full, struct media *ret_media)
{
	const char *name = strrchr(full, '/') + 1, *link = arena_printf(arena, "%s/.taken", import->options.folder);
	struct stat found;
	int64_t room;

	TRY(media_library_room(import->db, import->options.target->quota, &room));
	if (lstat(full, &found) != 0)
		return NOT_FOUND;
	if (found.st_size > room - import->media_bytes)
		return FULL;
	/*
	 * media_store_upload() moves its file, so it gets a link. An import that is interrupted and runs again then still
	 * finds the file.
	 */
	(void)unlink(link);
	if (linkat(AT_FDCWD, full, AT_FDCWD, link, 0) != 0)
		return FAULT;
	TRY(media_store_upload(arena, import->conf->media, link, name, ret_media));
	(void)unlink(link);
	import->media_bytes += ret_media->bytes;
	return OK;
}

static enum status
store_file(struct import *import, struct arena *arena, const char *path, struct media *ret_media)
{
	enum status status;
	int file;

	if (import->options.target != NULL)
		return take_media(import, arena, arena_printf(arena, "%s/%s", import->options.folder, path), ret_media);
	file = import_open(import, path, IMPORT_OPEN_FILE);
	if (file < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ELOOP || errno == ENAMETOOLONG ? NOT_FOUND : file_failed("open", path);
	status = import->options.dry_run ? import_media_probe(arena, file, ret_media)
		: media_store_open(arena, import->conf->media, file, path, ret_media);
	(void)close(file);
	return status;
}

/* Stores a file once per run, even if several texts use it. */
static enum status
store_media(struct import *import, struct arena *arena, const char *path, struct media **ret_media)
{
	struct media *media = map_get(import->media, path), stored = { 0 };

	if (media == NULL) {
		TRY(store_file(import, arena, path, &stored));
		media = arena_new_of(import->arena, struct media);
		*media = stored;
		media->digest = arena_dup(import->arena, stored.digest);
		media->suffix = arena_dup(import->arena, stored.suffix);
		media->type = arena_dup(import->arena, stored.type);
		media->name = arena_dup(import->arena, stored.name);
		media->alt = media->widths = "";
		(void)map_put(import->media, arena_dup(import->arena, path), media);
	}
	*ret_media = media;
	return OK;
}

enum status
import_media(struct import *import, const struct import_file *file, struct arena *arena, const char *address, int line,
	const char *missing, struct media **ret_media)
{
	const char *path = is_ours(address) ? path_of(arena, address) : NULL;
	const char *found = path == NULL ? NULL : find_other(import, file, arena, path);
	bool target = import->options.target != NULL;
	enum status status;

	*ret_media = NULL;
	if (found == NULL) {
		conversion_warnings_add(import->warnings, missing, file->path, line, address);
		return OK;
	}
	(void)map_put(import->named, found, (void *)(uintptr_t)found);
	status = store_media(import, arena, found, ret_media);
	if (status == INVALID || status == NOT_FOUND) {
		conversion_warnings_add(import->warnings, N_("unsupported file type, not imported"), file->path, line, address);
		return OK;
	}
	if (status == TOO_LARGE) {
		conversion_warnings_add(import->warnings, target ? N_("file too large: an image can have up to 64 MiB and 100 million pixels")
			: "file of more than 512 MiB", file->path, line, address);
		return OK;
	}
	if (status == FULL && target) {
		conversion_warnings_add(import->warnings, N_("no storage space left for this file; ask the site owner"), file->path, line, address);
		return OK;
	}
	return status;
}

/* --- all addresses of a text --------------------------------------------------------------- */

static void
add_link(struct arena *arena, struct import_links *links, const char *address, const char *target, struct media *media)
{
	if (links->count == links->room) {
		size_t room = links->room == 0 ? 16 : links->room * 2;
		struct post_link *more = arena_array(arena, room, sizeof(*more));
		struct media **files = arena_array(arena, room, sizeof(*files));
		if (links->count > 0) {
			memcpy(more, links->links, links->count * sizeof(*more));
			memcpy(files, links->media, links->count * sizeof(*files));
		}
		links->links = more;
		links->media = files;
		links->room = room;
	}
	links->media[links->count] = media;
	links->links[links->count++] = (struct post_link){ .address = address, .target = target,
		.width = media == NULL ? 0 : media->width, .height = media == NULL ? 0 : media->height };
}

/* The line on which an address first occurs; 0 when unknown. A reference link may be defined anywhere. */
static int
line_of_address(const char *body, int body_line, const char *address)
{
	const char *place = strstr(body, address);
	int line = body_line;

	for (const char *c = body; place != NULL && c < place; c++)
		line += *c == '\n';
	return place == NULL ? 0 : line;
}

static enum status
resolve(struct import *import, const struct import_file *file, struct arena *arena, const struct address *address,
	int line, struct import_links *links)
{
	char *path = path_of(arena, address->text);
	const char *known = address->text;
	struct import_file *found = NULL;
	struct media *media = NULL;

	if (path != NULL && !address->is_image) {
		found = find_file(import, file, arena, path);
		if (found == NULL && find_other(import, file, arena, path) == NULL)
			found = find_page(import, file, arena, path);
	}
	if (found != NULL && (found->is_refused || found->slug == NULL))
		found = NULL;
	if (found != NULL) {
		/* The renderer keeps "#part" if the address is registered without it. */
		if (strchr(known, '?') == NULL)
			known = arena_bytes(arena, known, strcspn(known, "#"));
		add_link(arena, links, known, address_of(arena, found), NULL);
		return OK;
	}
	if (path != NULL && (address->is_image || find_other(import, file, arena, path) != NULL))
		TRY(import_media(import, file, arena, address->text, line, N_("image not found"), &media));
	else
		conversion_warnings_add(import->warnings, N_("linked file not found in the folder"), file->path, line, address->text);
	if (media != NULL)
		add_link(arena, links, address->text, arena_printf(arena, "/media/%s", media_path(arena, media)), media);
	return OK;
}

enum status
import_links(struct import *import, const struct import_file *file, struct arena *arena, const char *body, int body_line,
	struct import_links *ret_links, struct data_node_problem *ret_problem)
{
	struct import_links links = { 0 };
	struct collecting collecting;

	TRY(collect_all(arena, body, &collecting, ret_problem));
	for (size_t i = 0; i < collecting.count; i++) {
		const struct address *address = &collecting.addresses[i];
		if (address->is_image && (str_starts(address->text, "http") || str_starts(address->text, "//")))
			conversion_warnings_add(import->warnings, N_("image on another site; pages here load nothing from other sites"), file->path,
				line_of_address(body, body_line, address->text), address->text);
		if (is_ours(address->text))
			TRY(resolve(import, file, arena, address, line_of_address(body, body_line, address->text), &links));
	}
	*ret_links = links;
	return OK;
}

static void
note_name(struct import *import, const struct import_file *file, struct arena *arena, const char *address)
{
	const char *path = address != NULL && is_ours(address) ? path_of(arena, address) : NULL;
	const char *found = path == NULL ? NULL : find_other(import, file, arena, path);

	if (found != NULL)
		(void)map_put(import->named, found, (void *)(uintptr_t)found);
}

void
import_note_names(struct import *import, const struct import_file *file)
{
	struct arena *arena = arena_new();
	struct data_node_problem problem = { 0 };
	struct collecting collecting = { 0 };
	struct import_text source;
	struct import_values values;

	if (import_read(import, file, arena, NULL, &source, &problem) == OK &&
		collect_all(arena, source.body, &collecting, &problem) == OK) {
		import_values(arena, &source.front, import->layout, import->now, file->path, NULL, &values);
		note_name(import, file, arena, values.cover);
		note_name(import, file, arena, values.recording);
		for (size_t i = 0; i < collecting.count; i++)
			note_name(import, file, arena, collecting.addresses[i].text);
	}
	arena_free(arena);
}
