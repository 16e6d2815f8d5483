/* Applies the stylesheets to page documents. */
#include "page/theme/theme_internal.h"

#include <stdlib.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

#include "core/log.h"
#include "core/str.h"
#include "page/doc/xml_memory.h"
#include "page/doc/xhtml.h"

enum {
	/* A page of 100 entries takes about 60,000 steps and 30 levels. Each nested reply adds three levels. */
	STEPS_MAX = 5 * 1000 * 1000,
	DEEPEST_TEMPLATE = 3000,
};

static xsltTransformContextPtr
new_transform(const struct theme *theme, xsltStylesheetPtr style, xmlDocPtr doc, struct xml_error *error)
{
	xsltTransformContextPtr transform = xsltNewTransformContext(style, doc);

	if (transform == NULL || xsltSetCtxtSecurityPrefs(theme->security, transform) != 0)
		abort();
	xsltSetTransformErrorFunc(transform, error, xml_error_print);
	transform->maxTemplateDepth = DEEPEST_TEMPLATE;
	transform->opLimit = STEPS_MAX;
	transform->xpathCtxt->opLimit = STEPS_MAX;
	return transform;
}

/* Applies the stylesheets. The caller frees the result with xml_memory_free_doc(). */
static enum status
transform(struct theme *theme, struct arena *arena, const struct page *page, xmlDocPtr *ret_result)
{
	struct xml_error error;
	xsltStylesheetPtr style;
	xsltTransformContextPtr context;
	enum status status;
	xmlDocPtr result;

	TRY(theme_style(theme, arena, page->lang, &style));
	xml_error_collect(&error);
	context = new_transform(theme, style, page->doc, &error);
	result = xsltApplyStylesheetUser(style, page->doc, NULL, NULL, NULL, context);
	/* After a refused document() or an exceeded limit, libxslt still returns a document, which is incomplete. */
	status = result == NULL || context->state != XSLT_STATE_OK ? FAULT : OK;
	xsltFreeTransformContext(context);
	xml_error_end(&error);
	if (status != OK || error.words[0] != '\0')
		log_line(status == OK ? LOG_WARNING : LOG_ERROR, "theme", "%s", theme_error_text(arena, theme, &error));
	if (status == OK)
		*ret_result = result;
	else if (result != NULL)
		xml_memory_free_doc(result);
	return status;
}

enum status
theme_render(struct theme *theme, struct arena *arena, const struct page *page, char **ret_bytes, size_t *ret_length)
{
	struct xhtml_placeholder placeholder = { STORED_NAMESPACE, page->stored, page->stored_count };
	enum status status;
	xmlDocPtr result;

	TRY(transform(theme, arena, page, &result));
	status = xhtml_write(arena, result, &placeholder, ret_bytes, ret_length);
	xml_memory_free_doc(result);
	return status;
}

static enum status
write_pieces(struct arena *arena, xmlDocPtr result, const char **ret_pieces, size_t count)
{
	xmlNodePtr root = xmlDocGetRootElement(result), piece = root == NULL ? NULL : xmlFirstElementChild(root);

	if (root == NULL || root->ns == NULL || !str_equal((const char *)root->ns->href, STORED_NAMESPACE) ||
		xmlChildElementCount(root) != count)
		return NOT_FOUND;
	for (size_t i = 0; i < count; i++, piece = xmlNextElementSibling(piece))
		TRY(xhtml_write_content(arena, piece, &ret_pieces[i]));
	return OK;
}

enum status
theme_pieces(struct theme *theme, struct arena *arena, const struct page *page, const char **ret_pieces, size_t count)
{
	enum status status;
	xmlDocPtr result;

	TRY(transform(theme, arena, page, &result));
	status = write_pieces(arena, result, ret_pieces, count);
	xml_memory_free_doc(result);
	return status;
}
