/* Resolves the addresses in a text: collects them, and gives each its target here. */
#include "task/import/import_internal.h"

#include <string.h>

#include "core/str.h"
#include "page/post/entry.h"
#include "page/lang/lang.h"
#include "page/markdown/markdown.h"

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
	size_t count, room;
};

/* The renderer calls this for every address of the text. It only collects them. */
static const char *
collect(void *context, struct arena *arena, const char *address, bool is_image, int *ret_width, int *ret_height)
{
	struct collecting *collecting = context;
	const char *key;

	(void)arena;
	(void)ret_width;
	(void)ret_height;
	if (collecting->count == LINKS_MAX || map_get(collecting->seen, address) != NULL)
		return NULL;
	key = arena_dup(collecting->arena, address);
	(void)map_put(collecting->seen, key, collecting);
	if (collecting->count == collecting->room) {
		size_t room = collecting->room == 0 ? 16 : collecting->room * 2;
		struct address *more = arena_array(collecting->arena, room, sizeof(*more));
		if (collecting->count > 0)
			memcpy(more, collecting->addresses, collecting->count * sizeof(*more));
		collecting->addresses = more;
		collecting->room = room;
	}
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
		struct arena *scratch = arena_new(); /* for the trees, of which nothing is needed */
		const char *words = NULL;
		status = markdown_render(scratch, body, MARKDOWN_ARTICLE, "", &callbacks, &markdown, &words);
		if (words != NULL)
			problem->words = arena_dup(arena, words);
		arena_free(scratch);
	}
	*ret_collecting = collecting;
	return status;
}

static const char *
address_of(struct arena *arena, const struct import_file *file)
{
	const struct post post = { .slug = file->slug, .kind = file->kind, .lang = file->lang };

	return entry_path(arena, &post);
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
	char *path = import_address_path(arena, address->text);
	const char *known = address->text;
	struct import_file *found = NULL;
	struct media *media = NULL;

	if (path != NULL && !address->is_image) {
		found = import_address_file(import, file, arena, path);
		if (found == NULL && import_address_other(import, file, arena, path) == NULL)
			found = import_address_page(import, file, arena, path);
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
	if (path != NULL && (address->is_image || import_address_other(import, file, arena, path) != NULL))
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
		if (import_address_is_local(address->text))
			TRY(resolve(import, file, arena, address, line_of_address(body, body_line, address->text), &links));
	}
	*ret_links = links;
	return OK;
}

static void
note_name(struct import *import, const struct import_file *file, struct arena *arena, const char *address)
{
	const char *path = address != NULL && import_address_is_local(address) ? import_address_path(arena, address) : NULL;
	const char *found = path == NULL ? NULL : import_address_other(import, file, arena, path);

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
