/*
 * WebM (RFC 8794, EBML; RFC 9559, Matroska). Elements that are not kept become "Void" of the same length, which every
 * reader skips. Tags are free text about anything, so all are removed. The title is stored elsewhere and stays, as do
 * chapters.
 */
#include "store/media/media_strip_blank.h"

enum { ELEMENTS_MAX = 4000000, HEAD_MAX = 12 };

enum id {
	EBML = 0x1A45DFA3, SEGMENT = 0x18538067, VOID = 0xEC,
	SEEK_HEAD = 0x114D9B74, INFO = 0x1549A966, TRACKS = 0x1654AE6B, CLUSTER = 0x1F43B675, CUES = 0x1C53BB6B, CHAPTERS = 0x1043A770,
	ATTACHMENTS = 0x1941A469, TAGS = 0x1254C367,
};

struct element {
	uint32_t id;
	int64_t at, inside, end;
	bool open;  /* it has no length; end is that of its parent */
};

struct webm {
	const struct strip_file *strip_file;
	int elements; /* how many more elements may be read */
};

/*
 * The length of a variable-length number, from the leading zero bits of its first byte; 0 when it is longer than
 * most.
 */
static size_t
width_of(unsigned first, size_t most)
{
	size_t width = 1;

	while (width <= most && (first & 0x80U >> (width - 1)) == 0)
		width++;
	return width <= most ? width : 0;
}

/* *ret_found false: no element begins here. An element longer than its parent is truncated to it. */
static enum status
read_element(struct webm *webm, int64_t at, int64_t end, struct element *ret_element, bool *ret_found)
{
	struct element element = { .at = at };
	unsigned char head[HEAD_MAX];
	struct span span;
	size_t id_width, width;
	uint64_t size;

	*ret_found = false;
	if (webm->elements-- == 0)
		return INVALID;
	if (end - at < 2)
		return OK;
	TRY(blank_read(webm->strip_file, at, head, end - at < HEAD_MAX ? (size_t)(end - at) : HEAD_MAX, &span));
	id_width = width_of(byte_at(&span, 0), 4);
	width = id_width == 0 ? 0 : width_of(byte_at(&span, id_width), 8);
	if (width == 0 || id_width + width > span.length)
		return OK;
	for (size_t i = 0; i < id_width; i++)
		element.id = element.id << 8 | byte_at(&span, i);
	size = byte_at(&span, id_width) & (0xFFU >> width);
	element.open = size == 0xFFU >> width;
	for (size_t i = 1; i < width; i++) {
		size = size << 8 | byte_at(&span, id_width + i);
		element.open = element.open && byte_at(&span, id_width + i) == 0xFF;
	}
	element.inside = at + (int64_t)(id_width + width);
	element.end = element.open || size > (uint64_t)(end - element.inside) ? end : element.inside + (int64_t)size;
	*ret_element = element;
	*ret_found = true;
	return OK;
}

/* Void has the same total length: with a length field of one byte, or of eight where one is not enough. */
static enum status
drop(const struct webm *webm, const struct element *element)
{
	int64_t total = element->end - element->at;
	unsigned char head[9] = { VOID, 0x01 };
	size_t length = total < 9 ? 2 : 9;

	if (total < 9)
		head[1] = (unsigned char)(0x80 | (total - 2));
	else
		for (size_t i = 0; i < 7; i++)
			head[2 + i] = (unsigned char)((uint64_t)(total - 9) >> (8 * (6 - i)) & 0xFF);
	TRY(blank_put(webm->strip_file, element->at, head, length));
	return blank_zero(webm->strip_file, element->at + (int64_t)length, total - (int64_t)length);
}

/* --- parts of a segment --------------------------------------------------------------- */

/* Keeps time scale, duration, title, writing programs and the segment's id. Removes the date and file names. */
static bool
keeps_info(uint32_t id)
{
	return id == 0x2AD7B1 || id == 0x4489 || id == 0x7BA9 || id == 0x4D80 || id == 0x5741 || id == 0x73A4;
}

static enum status
clean_info(struct webm *webm, const struct element *info)
{
	struct element element;
	bool found;

	for (int64_t at = info->inside;; at = element.end) {
		TRY(read_element(webm, at, info->end, &element, &found));
		if (!found)
			return blank_zero(webm->strip_file, at, info->end - at);
		if (!keeps_info(element.id))
			TRY(drop(webm, &element));
	}
}

/* The elements of a cluster. They appear at this level only if the cluster has no length. */
static bool
is_of_cluster(uint32_t id)
{
	return id == 0xE7 || id == 0xA3 || id == 0xA0 || id == 0xA7 || id == 0xAB || id == 0x5854 || id == 0xAF;
}

static bool
keeps(uint32_t id)
{
	return id == SEEK_HEAD || id == INFO || id == TRACKS || id == CLUSTER || id == CUES || id == CHAPTERS;
}

static enum status
clean_segment(struct webm *webm, const struct element *segment, int64_t *ret_end)
{
	struct element element;
	bool found, in_cluster = false;
	int64_t at = segment->inside;

	while (at < segment->end) {
		TRY(read_element(webm, at, segment->end, &element, &found));
		if (!found)
			break;
		if (segment->open && (element.id == SEGMENT || element.id == EBML))
			break;
		if (keeps(element.id) || element.id == TAGS || element.id == ATTACHMENTS)
			in_cluster = element.id == CLUSTER && element.open;
		if (in_cluster && element.id == CLUSTER) {
			at = element.inside;
			continue;
		}
		if (!keeps(element.id) && !(in_cluster && is_of_cluster(element.id)))
			TRY(drop(webm, &element));
		else if (element.id == INFO)
			TRY(clean_info(webm, &element));
		at = element.end;
	}
	*ret_end = at;
	return segment->open ? OK : blank_zero(webm->strip_file, at, segment->end - at);
}

enum status
blank_webm(struct strip_file *strip_file)
{
	struct webm webm = { .strip_file = strip_file, .elements = ELEMENTS_MAX };
	struct element element;
	int64_t at = 0;
	bool found;

	while (at < strip_file->bytes) {
		TRY(read_element(&webm, at, strip_file->bytes, &element, &found));
		if (!found || (element.id != EBML && element.id != SEGMENT && element.id != VOID))
			return blank_zero(strip_file, at, strip_file->bytes - at);
		at = element.end;
		if (element.id == VOID)
			TRY(blank_zero(strip_file, element.inside, element.end - element.inside));
		if (element.id == SEGMENT) {
			TRY(clean_segment(&webm, &element, &at));
			at = element.open ? at : element.end;
		}
	}
	return OK;
}
