#include "blog_page.h"

#include "core/str.h"
#include "page/markdown/markdown.h"
#include "page/post/entry.h"

struct metadata_site
blog_page_site(const struct request *req)
{
	const char *image = request_setting(req, "social_image");

	return (struct metadata_site){ .image = str_empty(image) ? "" : arena_printf(req->arena, "/media/%s", image),
		.image_alt = request_setting(req, "social_image_alt"), .name = request_setting(req, "title"),
		.description = request_setting(req, "description"), .author = request_setting(req, "author_name") };
}

void
blog_page_heading(struct request *req, const char *heading, const char *title)
{
	struct metadata_site site = blog_page_site(req);

	(void)page_text(req->page->root, "heading", heading);
	page_attr(req->page->root, "title", title);
	metadata_list(req->page, &site, title);
}

const char *
blog_page_path(const struct request *req)
{
	return page_encode_path(req->arena, arena_printf(req->arena, "%s%s", req->prefix, req->path));
}

const char *
blog_page_language(const struct request *req)
{
	return req->prefix[0] != '\0' ? req->prefix + 1 : NULL;
}

enum status
blog_page_words(struct request *req, const char *element, const char *setting)
{
	const char *words = request_setting(req, setting), *problem;
	struct markdown *text;

	if (str_empty(words))
		return OK;
	TRY(markdown_render(req->arena, words, MARKDOWN_ARTICLE, "", NULL, &text, &problem));
	page_fragment(req->page->root, element, text->full);
	return OK;
}
