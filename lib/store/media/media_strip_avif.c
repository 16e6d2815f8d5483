/*
 * The Exif and XMP metadata of an AVIF image, which are items of their own (ISO 23008-12, annex A; ISO 14496-12,
 * 8.11). Their bytes are overwritten in place, so that nothing else in the file moves.
 */
#include <string.h>

#include "store/media/byte_reader.h"
#include "store/media/media_file.h"

enum { ITEMS_MAX = 64 };

/* A box inside the "meta" box, which was read completely. */
struct part {
	struct span span; /* its content after version and flags */
	unsigned version;
};

struct items {
	uint32_t ids[ITEMS_MAX];
	size_t count;
};

static bool
find_part(const struct span *inside, const char *type, struct part *ret_part)
{
	for (size_t at = 0; at + 12 <= inside->length;) {
		size_t size = big32(inside, at);
		if (size < 12 || size > inside->length - at)
			return false;
		if (bytes_are(inside, at + 4, type, 4)) {
			*ret_part = (struct part){ { inside->bytes + at + 12, size - 12 }, byte_at(inside, at + 8) };
			return true;
		}
		at += size;
	}
	return false;
}

/*
 * Collects the ids of items that are not images: "Exif", and "mime", which is used for XMP. INVALID when there are
 * more than any real file has.
 */
static enum status
find_items(const struct part *part, struct items *ret_items)
{
	size_t at = part->version == 0 ? 2 : 4;

	ret_items->count = 0;
	while (at + 12 <= part->span.length) {
		size_t size = big32(&part->span, at), id = byte_at(&part->span, at + 8) == 3 ? 4 : 2, type = at + 12 + id + 2;
		if (size < 20 || size > part->span.length - at)
			break;
		if (bytes_are(&part->span, type, "Exif", 4) || bytes_are(&part->span, type, "mime", 4)) {
			if (ret_items->count == ITEMS_MAX)
				return INVALID;
			ret_items->ids[ret_items->count++] = id == 4 ? big32(&part->span, at + 12) : big16(&part->span, at + 12);
		}
		at += size;
	}
	return OK;
}

/* Reads a number of 0, 4 or 8 bytes, as used in the item location box. */
static uint64_t
number_at(const struct span *span, size_t *at, unsigned bytes)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < bytes; i++)
		number = number << 8 | byte_at(span, (*at)++);
	return number;
}

static bool
is_one_of(const struct items *items, uint32_t id)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->ids[i] == id)
			return true;
	return false;
}

/* Calls blank for each range of those items. INVALID when an item is not found, so that the file is rejected. */
static enum status
blank_items(const struct part *part, const struct items *items, enum status (*blank)(void *context, int64_t at, int64_t bytes), void *context)
{
	const struct span *span = &part->span;
	unsigned sizes = byte_at(span, 0), more = byte_at(span, 1), index = part->version > 0 ? more & 15 : 0;
	bool is_zero_size = index + sizes == 0; /* an extent takes no bytes here, so only its count would limit the loop */
	size_t at = 2, count = (size_t)number_at(span, &at, part->version < 2 ? 2 : 4), found = 0;

	for (size_t i = 0; i < count && at < span->length; i++) {
		uint32_t id = (uint32_t)number_at(span, &at, part->version < 2 ? 2 : 4);
		unsigned method = part->version > 0 ? (unsigned)number_at(span, &at, 2) & 15 : 0;
		uint64_t base, extents;
		(void)number_at(span, &at, 2);
		base = number_at(span, &at, more >> 4);
		extents = number_at(span, &at, 2);
		if (is_zero_size && extents > 1)
			return INVALID;
		found += is_one_of(items, id) && method == 0;
		for (uint64_t j = 0; j < extents && at < span->length; j++) {
			uint64_t offset, length;
			(void)number_at(span, &at, index);
			offset = base + number_at(span, &at, sizes >> 4);
			length = number_at(span, &at, sizes & 15);
			if (is_one_of(items, id) && method == 0)
				TRY(offset > INT64_MAX || length > INT64_MAX ? INVALID : blank(context, (int64_t)offset, (int64_t)length));
		}
	}
	return found == items->count ? OK : INVALID;
}

enum status
media_strip_avif_items(const unsigned char *meta, size_t length, enum status (*blank)(void *context, int64_t at, int64_t bytes), void *context)
{
	const struct span inside = { meta, length };
	struct part names, places;
	struct items items;

	if (!find_part(&inside, "iinf", &names))
		return OK;
	TRY(find_items(&names, &items));
	if (items.count == 0)
		return OK;
	return find_part(&inside, "iloc", &places) ? blank_items(&places, &items, blank, context) : INVALID;
}
