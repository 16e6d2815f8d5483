#include "page/theme/stylesheet.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxslt/imports.h>
#include <libxslt/xsltutils.h>

#include "core/str.h"
#include "core/text.h"

/* The elements of XSLT 1.0 that a stylesheet may contain. */
static const char *const allowed_elements[] = { "apply-imports", "apply-templates", "attribute",
	"attribute-set", "call-template", "choose", "copy", "copy-of", "decimal-format", "element",
	"for-each", "if", "import", "include", "key", "message", "number", "otherwise", "output", "param",
	"preserve-space", "sort", "strip-space", "stylesheet", "template", "text", "transform", "value-of",
	"variable", "when", "with-param", NULL };

static const char *const allowed_output[] = { "method", "version", "encoding", "indent",
	"omit-xml-declaration", "media-type", NULL };

/* Functions that a stylesheet must not call, and the reason. */
static const char *const refused_functions[][2] = {
	{ "document", "document() is not allowed: a page is made from its page document alone" },
	{ "generate-id", "generate-id() is not allowed: it differs from run to run, and so would the page" },
	{ NULL, NULL },
};

static bool
in_list(const char *const *list, const xmlChar *word)
{
	for (; *list != NULL; list++)
		if (str_equal(*list, (const char *)word))
			return true;
	return false;
}

static bool
is_in_namespace(xmlNodePtr node, const char *namespace)
{
	return node->ns != NULL && str_equal((const char *)node->ns->href, namespace);
}

static bool
is_xsl(xmlNodePtr node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && IS_XSLT_ELEM(node) && str_equal((const char *)node->name, name);
}

/* The next node in document order within root, or NULL. */
static xmlNodePtr
next_node(xmlNodePtr node, xmlNodePtr root)
{
	if (node->children != NULL)
		return node->children;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

xmlDocPtr
stylesheet_parse(const char *bytes, size_t length, const char *url, xmlDictPtr dict)
{
	xmlParserCtxtPtr parser = xmlNewParserCtxt();
	xmlDocPtr doc;

	if (parser == NULL)
		abort();
	/* All stylesheets of a theme share one dictionary, because libxslt compares names by their addresses. */
	if (dict != NULL) {
		xmlDictFree(parser->dict);
		parser->dict = dict;
		(void)xmlDictReference(dict);
	}
	doc = xmlCtxtReadMemory(parser, bytes, (int)length, url, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
	xmlFreeParserCtxt(parser);
	return doc;
}

/* True for bytes of an XML name, roughly. The colon is not included, so that prefix:document() is found too. */
static bool
is_name_byte(char byte)
{
	return isalnum((unsigned char)byte) || byte == '-' || byte == '.' || byte == '_' || (byte & 0x80) != 0;
}

/* True when an XPath expression calls the function. String literals are skipped. */
static bool
calls(const char *expression, size_t length, const char *function)
{
	size_t size = strlen(function);

	for (size_t i = 0; i < length; i++) {
		size_t after = i + size;

		if (expression[i] == '"' || expression[i] == '\'') {
			const char *end = memchr(expression + i + 1, expression[i], length - i - 1);
			if (end == NULL)
				return false;
			i = (size_t)(end - expression);
			continue;
		}
		if (after >= length || strncmp(expression + i, function, size) != 0 ||
			(i > 0 && is_name_byte(expression[i - 1])))
			continue;
		after += strspn(expression + after, " \t\r\n");
		if (after < length && expression[after] == '(')
			return true;
	}
	return false;
}

static const char *
expression_problem(const char *expression, size_t length)
{
	for (size_t i = 0; refused_functions[i][0] != NULL; i++)
		if (calls(expression, length, refused_functions[i][0]))
			return refused_functions[i][1];
	return NULL;
}

/* Checks the parts of an attribute value template that are in braces. */
static const char *
template_problem(const char *value)
{
	while ((value = strchr(value, '{')) != NULL) {
		const char *end;
		const char *wrong;

		if (value[1] == '{') {
			value += 2;
			continue;
		}
		end = strchr(value, '}');
		if (end == NULL)
			return NULL;
		/*
		 * A brace in a string literal would end the expression too early, so the whole rest of the value is
		 * checked.
		 */
		wrong = expression_problem(value + 1, strlen(value + 1));
		if (wrong != NULL)
			return wrong;
		value = end;
	}
	return NULL;
}

static const char *
attribute_problem(struct arena *arena, xmlNodePtr element, xmlAttrPtr attribute)
{
	xmlChar *content = xmlNodeGetContent((xmlNodePtr)attribute);
	const char *value = arena_dup(arena, content == NULL ? "" : (const char *)content);
	const char *name = (const char *)attribute->name;

	xmlFree(content);
	if (str_equal(name, "disable-output-escaping") && !str_equal(value, "no"))
		return "disable-output-escaping is not allowed: it would write raw markup";
	if (str_equal(name, "extension-element-prefixes"))
		return "extension elements are not allowed";
	if (!IS_XSLT_ELEM(element))
		return template_problem(value);
	if (is_xsl(element, "output") && !in_list(allowed_output, attribute->name))
		return arena_printf(arena, "xsl:output may not have %s", name);
	if (is_xsl(element, "output") && str_equal(name, "method") && !str_equal(value, "xml"))
		return "xsl:output must have method=\"xml\"";
	return expression_problem(value, strlen(value));
}

static const char *
element_problem(struct arena *arena, xmlNodePtr element)
{
	if (IS_XSLT_ELEM(element) && !in_list(allowed_elements, element->name))
		return arena_printf(arena, "xsl:%s is not allowed in a theme", (const char *)element->name);
	if (is_in_namespace(element, UI_NAMESPACE)) {
		if (!str_equal((const char *)element->name, "text"))
			return arena_printf(arena, "there is no ui:%s, only ui:text", (const char *)element->name);
		for (xmlNodePtr child = element->children; child != NULL; child = child->next)
			if (child->type != XML_TEXT_NODE && child->type != XML_COMMENT_NODE)
				return "ui:text may hold nothing but text";
	}
	for (xmlAttrPtr attribute = element->properties; attribute != NULL; attribute = attribute->next) {
		const char *wrong = attribute_problem(arena, element, attribute);
		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}

/* Replaces the element by <xsl:text> with its marked message and returns the new element. */
static xmlNodePtr
mark_text(struct arena *arena, xmlNodePtr element, xmlNsPtr xsl)
{
	xmlChar *content = xmlNodeGetContent(element);
	const char *words = text_collapse(arena, content == NULL ? "" : (const char *)content);
	xmlNodePtr node = xmlNewDocNode(element->doc, xsl, (const xmlChar *)"text", NULL);
	xmlNodePtr text = xmlNewDocText(element->doc, (const xmlChar *)arena_printf(arena, "%c%s%c", STYLESHEET_TEXT_START, words, STYLESHEET_TEXT_END));

	if (node == NULL || text == NULL)
		abort();
	xmlFree(content);
	(void)xmlAddChild(node, text);
	(void)xmlReplaceNode(element, node);
	xmlFreeNode(element);
	return node;
}

/* Otherwise every element that a stylesheet creates would declare xmlns:ui on the page. */
static void
exclude_ui(struct arena *arena, xmlNodePtr root)
{
	static const xmlChar attribute[] = "exclude-result-prefixes";
	xmlChar *before = xmlGetNoNsProp(root, attribute);
	const char *prefixes = arena_dup(arena, before == NULL ? "" : (const char *)before);

	xmlFree(before);
	for (xmlNsPtr ns = root->nsDef; ns != NULL; ns = ns->next)
		if (ns->prefix != NULL && str_equal((const char *)ns->href, UI_NAMESPACE))
			prefixes = arena_printf(arena, "%s %s", prefixes, (const char *)ns->prefix);
	if (*prefixes != '\0')
		(void)xmlSetNsProp(root, NULL, attribute, (const xmlChar *)prefixes);
}

const char *
stylesheet_prepare(struct arena *arena, xmlDocPtr doc, int *ret_line)
{
	xmlNodePtr root = xmlDocGetRootElement(doc), node;

	*ret_line = 1;
	if (doc->intSubset != NULL || doc->extSubset != NULL)
		return "a sheet may not have a DOCTYPE: write &#160; instead of entities";
	if (root == NULL || (!is_xsl(root, "stylesheet") && !is_xsl(root, "transform")))
		return "this is not an XSLT stylesheet: its root element must be xsl:stylesheet";
	for (node = root; node != NULL; node = next_node(node, root)) {
		const char *wrong = node->type == XML_ELEMENT_NODE ? element_problem(arena, node) : NULL;

		*ret_line = (int)xmlGetLineNo(node);
		if (wrong != NULL)
			return wrong;
	}
	exclude_ui(arena, root);
	for (node = root; node != NULL; node = next_node(node, root))
		if (node->type == XML_ELEMENT_NODE && is_in_namespace(node, UI_NAMESPACE))
			node = mark_text(arena, node, root->ns);
	return NULL;
}

static bool
has_template(xsltStylesheetPtr style, const xmlChar *name)
{
	const xmlChar *colon = xmlStrchr(name, ':');

	/* The prefix is ignored. Mistakes of theme authors are in the local name. */
	name = colon == NULL ? name : colon + 1;
	for (; style != NULL; style = xsltNextImport(style))
		for (xsltTemplatePtr template = style->templates; template != NULL; template = template->next)
			if (xmlStrEqual(template->name, name))
				return true;
	return false;
}

static const char *
missing_in(struct arena *arena, xsltStylesheetPtr style, xmlDocPtr doc, int *ret_line)
{
	xmlNodePtr root = xmlDocGetRootElement(doc);

	for (xmlNodePtr node = root; node != NULL; node = next_node(node, root)) {
		xmlChar *name = is_xsl(node, "call-template") ? xmlGetNoNsProp(node, (const xmlChar *)"name") : NULL;
		const char *wrong = name == NULL || has_template(style, name) ? NULL :
			arena_printf(arena, "there is no template named %s", (const char *)name);

		xmlFree(name);
		*ret_line = (int)xmlGetLineNo(node);
		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}

const char *
stylesheet_missing_template(struct arena *arena, xsltStylesheetPtr top, xmlDocPtr *ret_doc, int *ret_line)
{
	for (xsltStylesheetPtr style = top; style != NULL; style = xsltNextImport(style)) {
		const char *wrong = missing_in(arena, top, *ret_doc = style->doc, ret_line);

		/* Included stylesheets are in the document list of the one that includes them. */
		for (xsltDocumentPtr included = style->docList; wrong == NULL && included != NULL; included = included->next)
			wrong = missing_in(arena, top, *ret_doc = included->doc, ret_line);
		if (wrong != NULL)
			return wrong;
	}
	return NULL;
}
