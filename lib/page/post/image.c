#include "page/post/image.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "store/media/media.h"

enum { FILES_MAX = 2000 };

static const char media[] = "/media/";

/* --- files that a text refers to ----------------------------------------------------------- */

/* True when an address starts here: "/media/ab/" and 64 hexadecimal digits that begin with ab. */
static bool
is_address(const char *at)
{
	const char *digest = at + sizeof(media) - 1 + 3;

	if (strnlen(at, sizeof(media) - 1 + 3 + DIGEST_TEXT) < sizeof(media) - 1 + 3 + DIGEST_TEXT)
		return false;
	return digest[-1] == '/' && strspn(digest, "0123456789abcdef") == DIGEST_TEXT && strncmp(digest - 3, digest, 2) == 0;
}

/* Finds a file or, if it was replaced, its replacement. */
static enum status
find(struct db *db, struct arena *arena, const char *digest, struct media *ret_media)
{
	struct media found;

	TRY(media_by_digest(db, arena, digest, &found));
	if (found.replaced_by != 0)
		TRY(media_by_id(db, arena, found.replaced_by, &found));
	*ret_media = found;
	return OK;
}

static bool
has_link(const struct post_link *links, size_t count, const char *address)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(links[i].address, address))
			return true;
	return false;
}

enum status
image_links(struct db *db, struct arena *arena, struct post_save *save)
{
	size_t count = 0, named = 0;
	struct post_link *links;

	for (const char *at = save->text.markdown; (at = strstr(at, media)) != NULL; at++)
		named += is_address(at);
	links = arena_array(arena, save->link_count + named + 1, sizeof(*links));
	for (size_t i = 0; i < save->link_count; i++)
		if (!str_starts(save->links[i].address, media))
			links[count++] = save->links[i];
	for (const char *at = save->text.markdown; (at = strstr(at, media)) != NULL && count < FILES_MAX; at++) {
		const char *digest = at + sizeof(media) - 1 + 3, *address;
		size_t length = sizeof(media) - 1 + 3 + DIGEST_TEXT;
		struct media file;
		enum status status;
		if (!is_address(at))
			continue;
		if (at[length] == '.')
			length += 1 + strspn(at + length + 1, "abcdefghijklmnopqrstuvwxyz0123456789");
		address = arena_bytes(arena, at, length);
		if (has_link(links, count, address))
			continue;
		status = find(db, arena, arena_bytes(arena, digest, DIGEST_TEXT), &file);
		if (status == NOT_FOUND)
			continue;
		TRY(status);
		links[count++] = (struct post_link){ .address = address, .target = arena_printf(arena, "/media/%s", media_path(arena, &file)),
			.media_id = file.id, .width = file.width, .height = file.height, .widths = file.widths };
	}
	save->links = links;
	save->link_count = count;
	return OK;
}

/* --- smaller sizes ---------------------------------------------------------------------------- */

const char *
image_srcset(struct arena *arena, const char *base_path, const char *path, const char *widths, int64_t width)
{
	const char *stem_end = strrchr(path, '.');
	struct str set = str_init(arena);

	if (str_empty(widths) || width <= 0 || stem_end == NULL)
		return NULL;
	while (*widths != '\0') {
		char *end;
		long pixels = strtol(widths, &end, 10);
		if (end == widths)
			break;
		str_printf(&set, "%s/media/%.*s-%ld.webp %ldw, ", base_path, (int)(stem_end - path), path, pixels, pixels);
		widths = end;
	}
	str_printf(&set, "%s/media/%s %lldw", base_path, path, (long long)width);
	return set.bytes;
}

static void
add_sizes(struct arena *arena, xmlNodePtr image, const char *base_path, const struct post_link *links, size_t count)
{
	xmlChar *source = xmlGetNoNsProp(image, (const xmlChar *)"src");

	for (size_t i = 0; i < count && source != NULL; i++) {
		const char *set;
		if (str_empty(links[i].widths) || !str_equal((const char *)source, arena_printf(arena, "%s%s", base_path, links[i].target)))
			continue;
		set = image_srcset(arena, base_path, links[i].target + sizeof(media) - 1, links[i].widths, links[i].width);
		if (set != NULL && xmlHasProp(image, (const xmlChar *)"srcset") == NULL) {
			(void)xmlNewProp(image, (const xmlChar *)"srcset", (const xmlChar *)set);
			(void)xmlNewProp(image, (const xmlChar *)"sizes", (const xmlChar *)IMAGE_SIZES);
		}
		break;
	}
	xmlFree(source);
}

/* The next node in document order below root; NULL at the end. */
static xmlNodePtr
following(xmlNodePtr node, xmlNodePtr root)
{
	if (node->children != NULL && node->type == XML_ELEMENT_NODE)
		return node->children;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

void
image_sizes(struct arena *arena, const struct fragment *frag, const char *base_path, const struct post_link *links, size_t link_count)
{
	bool any = false;

	for (size_t i = 0; i < link_count; i++)
		any = any || !str_empty(links[i].widths);
	if (!any)
		return;
	for (xmlNodePtr node = frag->root; node != NULL; node = following(node, frag->root))
		if (node->type == XML_ELEMENT_NODE && str_equal((const char *)node->name, "img"))
			add_sizes(arena, node, base_path, links, link_count);
}
