/*
 * What libxml2 and libxslt have to say, kept for one sentence instead of printed. Both report
 * through globals of the process, so ours are in place only from complaint_hear() to complaint_end().
 */
#ifndef PAGE_DOC_XML_ERROR_H
#define PAGE_DOC_XML_ERROR_H

#include <libxml/xmlerror.h>

struct complaint {
	char address[1024]; /* of the document where the first one was; "" when unknown */
	int line;
	char words[500];    /* "" when there is none */

	/* what was in place before */
	xmlStructuredErrorFunc structured;
	xmlGenericErrorFunc generic, transform;
	void *structured_context, *generic_context, *transform_context;
};

/* Starts to listen; *complaint is zeroed. */
void complaint_hear(struct complaint *complaint);
void complaint_end(struct complaint *complaint);

/* Adds to it: the first place and all words are kept. An address of NULL is no place. */
void complaint_at(struct complaint *complaint, const char *address, int line);
void complaint_add(struct complaint *complaint, const char *words);

/* An xmlGenericErrorFunc with a complaint as its context, for a transformation. */
void complaint_print(void *complaint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
