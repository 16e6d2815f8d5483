/* The public site: home page, posts, lists, search, and the files for search engines. */
#include "blog_handlers.h"
#include "comments.h"
#include "recording.h"
#include "lists.h"

static const struct route routes[] = {
	{ GET, "/", show_home, .role = ANYONE, .languages = true, .in_sitemap = true, .reading = true },
	{ GET, "/about", show_about, .role = ANYONE, .languages = true, .reading = true },
	{ GET, "/page/:slug", show_page, .role = ANYONE, .reading = true },
	{ GET, "/blog", show_blog, .role = ANYONE, .fields = list_fields, .languages = true, .in_sitemap = true, .reading = true },
	{ GET, "/blog/:slug", show_post, .role = ANYONE, .reading = true },
	{ GET, "/blog/:slug/comments", show_comments, .role = ANYONE, .fields = comments_fields, .reading = true },
	{ GET, "/blog/:slug/comments/:id", show_comment_thread, .role = ANYONE, .fields = thread_fields, .reading = true },
	{ GET, "/comment/:id", show_comment_link, .role = ANYONE },
	{ GET, "/blog/:slug/chapters.json", show_chapters, .role = ANYONE },
	{ GET, "/media/:folder/:file", show_media, .role = ANYONE },
	{ GET, "/tags", show_tags, .role = ANYONE, .languages = true, .in_sitemap = true, .reading = true },
	{ GET, "/tag/:slug", show_tag, .role = ANYONE, .fields = list_fields, .languages = true, .reading = true },
	{ GET, "/author/:slug", show_author, .role = ANYONE, .fields = list_fields, .languages = true, .reading = true },
	{ GET, "/archive", show_archive, .role = ANYONE, .languages = true, .in_sitemap = true, .reading = true },
	{ GET, "/archive/:month", show_month, .role = ANYONE, .fields = list_fields, .languages = true, .reading = true },
	{ GET, "/search", show_search, .role = ANYONE, .fields = search_fields, .languages = true, .reading = true },
	{ GET, "/colours/:name", show_colour_css, .role = ANYONE },
	{ GET, "/robots.txt", show_robots, .role = ANYONE },
	{ GET, "/sitemap.xml", show_sitemap_index, .role = ANYONE },
	{ GET, "/sitemap/:part", show_sitemap, .role = ANYONE },
	{ 0 },
};

int
main(int argc, char **argv)
{
	return serve("blog", routes, argc, argv);
}
