/*
 * What libxml2 and libxslt have to say, kept for one sentence instead of printed. Both report
 * through globals of the process, so ours are in place only from xml_error_collect() to xml_error_end().
 */
#ifndef PAGE_DOC_XML_ERROR_H
#define PAGE_DOC_XML_ERROR_H

#include <libxml/xmlerror.h>

struct xml_error {
	char address[1024]; /* of the document where the first one was; "" when unknown */
	int line;
	char words[500];    /* "" when there is none */

	/* what was in place before */
	xmlStructuredErrorFunc structured;
	xmlGenericErrorFunc generic, transform;
	void *structured_context, *generic_context, *transform_context;
};

/* Starts to listen; *complaint is zeroed. */
void xml_error_collect(struct xml_error *complaint);
void xml_error_end(struct xml_error *complaint);

/* Adds to it: the first place and all words are kept. An address of NULL is no place. */
void xml_error_at(struct xml_error *complaint, const char *address, int line);
void xml_error_add(struct xml_error *complaint, const char *words);

/* An xmlGenericErrorFunc with a complaint as its context, for a transformation. */
void xml_error_print(void *complaint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
