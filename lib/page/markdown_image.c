#include "page/markdown_build.h"

#include "page/markdown_address.h"

/* An image's address as it may stand, and its size when the world knows it; NULL when it may not stand. */
static const char *
image_address(struct build *build, cmark_node *node, int *ret_width, int *ret_height)
{
	const char *typed = build_literal(build, cmark_node_get_url(node)), *known = NULL;

	*ret_width = *ret_height = 0;
	if (build->world != NULL && build->world->resolve != NULL)
		known = build->world->resolve(build->world->context, build->arena, typed, true, ret_width, ret_height);
	return address_clean(build->arena, known == NULL ? typed : known, true);
}

/* Writes <img>; false when its address may not stay. */
static bool
build_img(struct build *build, cmark_node *node, bool with_title)
{
	int width, height;
	const char *address = image_address(build, node, &width, &height);
	const char *title;

	if (address == NULL)
		return false;
	(void)build_open(build, "img");
	build_attribute(build, "src", address);
	build_attribute(build, "alt", inline_plain(build, node));
	title = build_literal(build, cmark_node_get_title(node));
	if (with_title && *title != '\0')
		build_attribute(build, "title", title);
	if (width > 0 && height > 0) {
		build_attribute(build, "width", arena_printf(build->arena, "%d", width));
		build_attribute(build, "height", arena_printf(build->arena, "%d", height));
	}
	build_attribute(build, "loading", "lazy");
	build_attribute(build, "decoding", "async");
	build_close(build);
	build->last = 0;
	return true;
}

void
build_image(struct build *build, cmark_node *node)
{
	if (build->flavour == MARKDOWN_ARTICLE && build_img(build, node, true))
		return;
	build_lost(build, "an image became text", cmark_node_get_url(node));
	build_text(build, inline_plain(build, node));
}

bool
build_figure(struct build *build, cmark_node *paragraph)
{
	cmark_node *image = cmark_node_first_child(paragraph), *link = NULL;
	bool is_link = image != NULL && cmark_node_get_type(image) == CMARK_NODE_LINK;
	const char *caption;
	int width, height;

	if (is_link) {
		link = image;
		image = cmark_node_first_child(link);
	}
	if (build->flavour != MARKDOWN_ARTICLE || image == NULL || cmark_node_get_type(image) != CMARK_NODE_IMAGE ||
		cmark_node_next(image) != NULL || (is_link && cmark_node_next(link) != NULL) ||
		image_address(build, image, &width, &height) == NULL)
		return false;
	(void)build_open(build, "figure");
	if (is_link)
		is_link = build_open_link(build, cmark_node_get_url(link), cmark_node_get_title(link));
	(void)build_img(build, image, false);
	if (is_link) {
		build->in_link = false;
		build_close(build);
	}
	caption = build_literal(build, cmark_node_get_title(image));
	if (*caption != '\0') {
		(void)build_open(build, "figcaption");
		build_text(build, caption);
		build_close(build);
	}
	build_close(build);
	build->last = 0;
	return true;
}
