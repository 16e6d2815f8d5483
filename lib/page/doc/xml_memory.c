#include "page/doc/xml_memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <libxslt/xslt.h>

enum {
	ALIGNMENT = 16,
	/* Memory that a worker keeps between requests. It is enough for a post and for a list whose entries are cached. */
	KEPT_BYTES = 384 * 1024,
};
/* Reserves address space only; pages that are never touched use no memory. */
#define REGION_BYTES ((size_t)256 * 1024 * 1024)

/* AddressSanitizer can check an allocation only if it comes from malloc(). */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
static const bool with_region = false;
#else
static const bool with_region = true;
#endif

/* Header of each allocation: its size, for realloc(). */
struct piece {
	_Alignas(ALIGNMENT) size_t size;
};

static struct {
	char *start;   /* NULL: no region, malloc() is used */
	size_t used;
	bool running;
} region;

static bool
is_inside(const void *memory)
{
	return region.start != NULL && (const char *)memory >= region.start &&
		(const char *)memory < region.start + REGION_BYTES;
}

static void *
take(size_t size)
{
	size_t need = sizeof(struct piece) + ((size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1));
	struct piece *piece;

	if (!region.running || size > REGION_BYTES || REGION_BYTES - region.used < need)
		return malloc(size);
	piece = (void *)(region.start + region.used);
	region.used += need;
	piece->size = size;
	return piece + 1;
}

static void
release(void *memory)
{
	if (!is_inside(memory))
		free(memory);
}

static void *
resize(void *memory, size_t size)
{
	struct piece *piece;
	void *larger;

	if (memory == NULL)
		return take(size);
	if (!is_inside(memory))
		return realloc(memory, size);
	piece = (struct piece *)memory - 1;
	if (size <= piece->size)
		return memory;
	larger = take(size);
	if (larger != NULL)
		memcpy(larger, memory, piece->size);
	return larger;
}

static char *
copy(const char *text)
{
	size_t length = strlen(text) + 1;
	char *memory = take(length);

	return memory == NULL ? NULL : memcpy(memory, text, length);
}

void
xml_memory_init(void)
{
	void *start = with_region ? mmap(NULL, REGION_BYTES, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) : MAP_FAILED;

	if (start != MAP_FAILED && xmlMemSetup(release, take, resize, copy) == 0)
		region.start = start;
	/* Both allocate memory once for the process, which must not be in the region. */
	xmlInitParser();
	xsltInit();
}

void
xml_memory_begin(void)
{
	region.running = region.start != NULL;
}

void
xml_memory_end(void)
{
	if (!region.running)
		return;
	/* The text of the last error would point into the emptied region. */
	xmlResetLastError();
	region.running = false;
	if (region.used > KEPT_BYTES)
		(void)madvise(region.start + KEPT_BYTES, region.used - KEPT_BYTES, MADV_DONTNEED);
	region.used = 0;
}

bool
xml_memory_pause(void)
{
	bool was_running = region.running;

	region.running = false;
	return was_running;
}

void
xml_memory_resume(bool was_running)
{
	region.running = was_running;
}

size_t
xml_memory_used(void)
{
	return region.used;
}

void
xml_memory_free_doc(xmlDocPtr doc)
{
	/*
	 * The nodes need not be freed, but xmlFreeDoc() must release the dictionary that is
	 * shared with other documents.
	 */
	if (region.running && is_inside(doc))
		doc->children = doc->last = NULL;
	xmlFreeDoc(doc);
}
