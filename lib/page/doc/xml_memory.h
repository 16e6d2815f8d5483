/*
 * The allocator for libxml2 and libxslt.
 *
 * A page consists of about ten thousand small allocations that are all freed together. During a request
 * they are taken from one region, one after the other. Freeing one does nothing; at the end of the
 * request the region is emptied. This is an arena for libraries that only know malloc().
 *
 * Allocations that must outlive the request, such as a stylesheet that is compiled on first use, are made
 * between xml_memory_pause() and xml_memory_resume(). A program that never calls xml_memory_init(), and a
 * build with AddressSanitizer, use malloc() throughout. Every free() is still called, so only speed
 * depends on the region.
 */
#ifndef PAGE_DOC_XML_MEMORY_H
#define PAGE_DOC_XML_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <libxml/tree.h>

/* Installs the region. Call it once, before any other use of libxml2. */
void xml_memory_init(void);

/* Between these calls, memory for libxml2 comes from the region. xml_memory_end() empties it. */
void xml_memory_begin(void);
void xml_memory_end(void);

/*
 * Switches to malloc() until xml_memory_resume(), which takes the value that
 * xml_memory_pause() returned.
 */
bool xml_memory_pause(void);
void xml_memory_resume(bool was_running);

/* Like xmlFreeDoc(), but does not visit every node of a document that is in the region. */
void xml_memory_free_doc(xmlDocPtr doc);

/* Bytes of the region that are in use, for tests. */
size_t xml_memory_used(void);

#endif
