#include "page/doc/xml_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxslt/xsltutils.h>

void
xml_error_at(struct xml_error *xml_error, const char *address, int line)
{
	if (xml_error->address[0] != '\0' || address == NULL)
		return;
	(void)snprintf(xml_error->address, sizeof(xml_error->address), "%s", address);
	xml_error->line = line;
}

void
xml_error_add(struct xml_error *xml_error, const char *words)
{
	size_t length = strlen(xml_error->words), more;

	words += strspn(words, " \n");
	more = strcspn(words, "\n");
	if (more == 0)
		return;
	/* A message that is too long is cut off; its beginning is enough. */
	(void)snprintf(xml_error->words + length, sizeof(xml_error->words) - length, "%s%.*s",
		length == 0 ? "" : "; ", (int)more, words);
}

/* Since libxml2 2.12 the handler's parameter is const. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *error_pointer;
#else
typedef xmlErrorPtr error_pointer;
#endif

/* Errors of libxml2, such as documents that are not well-formed or wrong XPath. */
static void
structured(void *xml_error, error_pointer error)
{
	if (error->level == XML_ERR_WARNING)
		return;
	xml_error_at(xml_error, error->file, error->line);
	if (error->message != NULL)
		xml_error_add(xml_error, error->message);
}

/*
 * libxslt reports errors as printed text: first "compilation error: file F line N element E", then
 * the message in a second call.
 */
void
xml_error_print(void *xml_error, const char *format, ...)
{
	static const char place[] = "error: file ", line_word[] = " line ";
	char text[2048], *file, *line;
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	file = strstr(text, place);
	line = file == NULL ? NULL : strstr(file, line_word);
	if (line == NULL) {
		xml_error_add(xml_error, text);
		return;
	}
	*line = '\0';
	xml_error_at(xml_error, file + strlen(place), atoi(line + strlen(line_word)));
}

void
xml_error_collect(struct xml_error *xml_error)
{
	*xml_error = (struct xml_error){
		.structured = xmlStructuredError, .structured_context = xmlStructuredErrorContext,
		.generic = xmlGenericError, .generic_context = xmlGenericErrorContext,
		.transform = xsltGenericError, .transform_context = xsltGenericErrorContext,
	};
	xmlSetStructuredErrorFunc(xml_error, structured);
	xmlSetGenericErrorFunc(xml_error, xml_error_print);
	xsltSetGenericErrorFunc(xml_error, xml_error_print);
}

void
xml_error_end(struct xml_error *xml_error)
{
	xmlSetStructuredErrorFunc(xml_error->structured_context, xml_error->structured);
	xmlSetGenericErrorFunc(xml_error->generic_context, xml_error->generic);
	xsltSetGenericErrorFunc(xml_error->transform_context, xml_error->transform);
}
