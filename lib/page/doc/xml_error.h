/*
 * Collects the error messages of libxml2 and libxslt instead of printing them. Both libraries report
 * through global handlers, so ours are installed only from xml_error_collect() to xml_error_end().
 */
#ifndef PAGE_DOC_XML_ERROR_H
#define PAGE_DOC_XML_ERROR_H

#include <libxml/xmlerror.h>

struct xml_error {
	char address[1024]; /* of the document with the first error; "" when unknown */
	int line;
	char words[500];    /* the messages; "" when there is none */

	/* the handlers to restore */
	xmlStructuredErrorFunc structured;
	xmlGenericErrorFunc generic, transform;
	void *structured_context, *generic_context, *transform_context;
};

/*
 * Zeroes *xml_error and installs its handlers; xml_error_end() restores the earlier ones. Calls may
 * be nested.
 */
void xml_error_collect(struct xml_error *xml_error);
void xml_error_end(struct xml_error *xml_error);

/*
 * Add an error: the first position and all messages are kept, up to the size of words. A NULL address
 * is ignored.
 */
void xml_error_at(struct xml_error *xml_error, const char *address, int line);
void xml_error_add(struct xml_error *xml_error, const char *words);

/* An xmlGenericErrorFunc for a transformation. Its context is a struct xml_error. */
void xml_error_print(void *xml_error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
