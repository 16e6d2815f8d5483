#include "page/feed/sitemap_xml.h"

#include <stdlib.h>
#include <libxml/tree.h>

#include "core/clock.h"

#define SITEMAP_NAMESPACE "http://www.sitemaps.org/schemas/sitemap/0.9"

struct sitemap {
	struct arena *arena;
	xmlDocPtr doc;
	const char *element; /* the name of the element around one URL */
};

static void
free_doc(void *doc)
{
	xmlFreeDoc(doc);
}

static struct sitemap *
make(struct arena *arena, const char *root_name, const char *element)
{
	struct sitemap *sitemap = arena_new_of(arena, struct sitemap);
	xmlNodePtr root;

	sitemap->arena = arena;
	sitemap->element = element;
	sitemap->doc = xmlNewDoc(BAD_CAST "1.0");
	if (sitemap->doc == NULL)
		abort();
	arena_cleanup(arena, free_doc, sitemap->doc);
	root = xmlNewDocNode(sitemap->doc, NULL, BAD_CAST root_name, NULL);
	if (root == NULL)
		abort();
	(void)xmlDocSetRootElement(sitemap->doc, root);
	xmlSetNs(root, xmlNewNs(root, BAD_CAST SITEMAP_NAMESPACE, NULL));
	return sitemap;
}

struct sitemap *
sitemap_new(struct arena *arena)
{
	return make(arena, "urlset", "url");
}

struct sitemap *
sitemap_index_new(struct arena *arena)
{
	return make(arena, "sitemapindex", "sitemap");
}

void
sitemap_add(struct sitemap *sitemap, const char *url, int64_t changed)
{
	xmlNodePtr item = xmlNewTextChild(xmlDocGetRootElement(sitemap->doc), NULL, BAD_CAST sitemap->element, NULL);

	if (item == NULL || xmlNewTextChild(item, NULL, BAD_CAST "loc", BAD_CAST url) == NULL)
		abort();
	if (changed != 0)
		(void)xmlNewTextChild(item, NULL, BAD_CAST "lastmod", BAD_CAST clock_rfc3339(sitemap->arena, changed));
}

enum status
sitemap_write(struct sitemap *sitemap, char **ret_bytes, size_t *ret_length)
{
	xmlChar *bytes = NULL;
	int length = 0;

	xmlDocDumpMemoryEnc(sitemap->doc, &bytes, &length, "UTF-8");
	if (bytes == NULL)
		return FAULT;
	*ret_bytes = arena_bytes(sitemap->arena, bytes, (size_t)length);
	*ret_length = (size_t)length;
	xmlFree(bytes);
	return OK;
}
