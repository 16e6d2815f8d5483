#include "page/doc/xml_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxslt/xsltutils.h>

void
xml_error_at(struct xml_error *complaint, const char *address, int line)
{
	if (complaint->address[0] != '\0' || address == NULL)
		return;
	(void)snprintf(complaint->address, sizeof(complaint->address), "%s", address);
	complaint->line = line;
}

void
xml_error_add(struct xml_error *complaint, const char *words)
{
	size_t length = strlen(complaint->words), more;

	words += strspn(words, " \n");
	more = strcspn(words, "\n");
	if (more == 0)
		return;
	/* What is too long is cut: the beginning says enough. */
	(void)snprintf(complaint->words + length, sizeof(complaint->words) - length, "%s%.*s",
		length == 0 ? "" : "; ", (int)more, words);
}

/* The error belongs to libxml2, which has said so in the type of its handlers since 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *error_pointer;
#else
typedef xmlErrorPtr error_pointer;
#endif

/* libxml2's own errors: not well-formed, bad XPath. */
static void
structured(void *complaint, error_pointer error)
{
	if (error->level == XML_ERR_WARNING)
		return;
	xml_error_at(complaint, error->file, error->line);
	if (error->message != NULL)
		xml_error_add(complaint, error->message);
}

/*
 * libxslt's errors come as printed text: first "compilation error: file F line N element E", then,
 * in a call of its own, what is wrong.
 */
void
xml_error_print(void *complaint, const char *format, ...)
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
		xml_error_add(complaint, text);
		return;
	}
	*line = '\0';
	xml_error_at(complaint, file + strlen(place), atoi(line + strlen(line_word)));
}

void
xml_error_collect(struct xml_error *complaint)
{
	*complaint = (struct xml_error){
		.structured = xmlStructuredError, .structured_context = xmlStructuredErrorContext,
		.generic = xmlGenericError, .generic_context = xmlGenericErrorContext,
		.transform = xsltGenericError, .transform_context = xsltGenericErrorContext,
	};
	xmlSetStructuredErrorFunc(complaint, structured);
	xmlSetGenericErrorFunc(complaint, xml_error_print);
	xsltSetGenericErrorFunc(complaint, xml_error_print);
}

void
xml_error_end(struct xml_error *complaint)
{
	xmlSetStructuredErrorFunc(complaint->structured_context, complaint->structured);
	xmlSetGenericErrorFunc(complaint->generic_context, complaint->generic);
	xsltSetGenericErrorFunc(complaint->transform_context, complaint->transform);
}
