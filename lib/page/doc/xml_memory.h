/*
 * Where libxml2 and libxslt get their memory.
 *
 * A page is made of some ten thousand small pieces that all die together. While a request runs they
 * are cut from one region, one after the other; giving one back does nothing, and at the end
 * the region is empty again. It is the arena's idea, for libraries that only know malloc().
 *
 * What must outlive the request (a sheet that is compiled when it is first needed) is made
 * between xml_memory_pause() and xml_memory_resume(). A program that never calls xml_memory_init(), and a
 * build with AddressSanitizer, use malloc() for all, and every free() is still called: nothing
 * depends on the region but speed.
 */
#ifndef PAGE_DOC_XML_MEMORY_H
#define PAGE_DOC_XML_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <libxml/tree.h>

/* Installs the region. Once, before anything else touches libxml2. */
void xml_memory_init(void);

/* Between these two, libxml2's memory comes from the region; xml_memory_end() empties it. */
void xml_memory_begin(void);
void xml_memory_end(void);

/* malloc() for what follows; xml_memory_resume() takes what xml_memory_pause() returned. */
bool xml_memory_pause(void);
void xml_memory_resume(bool was_running);

/* xmlFreeDoc(), which need not visit every node of what goes with the region. */
void xml_memory_free_doc(xmlDocPtr doc);

/* Bytes in use, for tests. */
size_t xml_memory_used(void);

#endif
