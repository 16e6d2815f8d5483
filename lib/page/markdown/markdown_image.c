#include "page/markdown/markdown_build.h"

#include "page/markdown/markdown_address.h"

/* An image after the caller's resolve(). address is NULL when it is not allowed. */
struct image {
	const char *address;
	int width, height;
};

static struct image
image_of(struct build *build, cmark_node *node)
{
	const char *typed = arena_dup(build->arena, build_literal(build, cmark_node_get_url(node)));
	struct image image = { 0 };

	if (build->callbacks != NULL && build->callbacks->resolve != NULL)
		image.address = build->callbacks->resolve(build->callbacks->context, build->arena, typed, true,
			&image.width, &image.height);
	image.address = markdown_address_clean(build->arena, image.address == NULL ? typed : image.address, true);
	if (image.address == NULL)
		build_warn(build, N_("an image was replaced by its alt text because its address can't be used"), typed);
	return image;
}

static void
build_img(struct build *build, const struct image *image, const char *alt, const char *title)
{
	(void)build_open(build, "img");
	build_attribute(build, "src", image->address);
	build_attribute(build, "alt", alt);
	if (image->width > 0 && image->height > 0) {
		build_attribute(build, "width", arena_printf(build->arena, "%d", image->width));
		build_attribute(build, "height", arena_printf(build->arena, "%d", image->height));
	}
	if (!str_empty(title))
		build_attribute(build, "title", title);
	build_attribute(build, "loading", "lazy");
	build_attribute(build, "decoding", "async");
	build_close(build);
	build->last = 0;
}

/* Comments show no images, only links to them. */
static void
build_image_link(struct build *build, cmark_node *node, const char *alt)
{
	bool open = !build->in_link && build_open_link(build, cmark_node_get_url(node), NULL);

	if (open && str_empty(alt))
		alt = (const char *)build->parent->properties->children->content;
	build_text(build, alt);
	if (!open)
		return;
	build->in_link = false;
	build_close(build);
}

void
build_image(struct build *build, cmark_node *node)
{
	const char *alt = inline_plain(build, node);
	struct image image;

	if (build->flavour == MARKDOWN_COMMENT) {
		build_image_link(build, node, alt);
		return;
	}
	image = image_of(build, node);
	if (image.address == NULL)
		build_text(build, alt);
	else
		build_img(build, &image, alt, build_literal(build, cmark_node_get_title(node)));
}

static cmark_node *
only_child(cmark_node *node, cmark_node_type type)
{
	cmark_node *child = cmark_node_first_child(node);

	if (child == NULL || cmark_node_next(child) != NULL || cmark_node_get_type(child) != type)
		return NULL;
	return child;
}

bool
build_figure(struct build *build, cmark_node *paragraph)
{
	cmark_node *link = only_child(paragraph, CMARK_NODE_LINK);
	cmark_node *node = only_child(link == NULL ? paragraph : link, CMARK_NODE_IMAGE);
	struct image image;
	const char *caption;
	bool open;

	if (node == NULL || build->flavour == MARKDOWN_COMMENT)
		return false;
	image = image_of(build, node);
	if (image.address == NULL)
		return false;
	(void)build_open(build, "figure");
	open = link != NULL && build_open_link(build, cmark_node_get_url(link), cmark_node_get_title(link));
	build_img(build, &image, inline_plain(build, node), NULL);
	if (open) {
		build->in_link = false;
		build_close(build);
	}
	caption = build_literal(build, cmark_node_get_title(node));
	if (!str_empty(caption)) {
		(void)build_open(build, "figcaption");
		build_text(build, caption);
		build_close(build);
	}
	build_close(build);
	return true;
}
