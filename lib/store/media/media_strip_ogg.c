/*
 * Ogg (RFC 3533; Vorbis I, 5; RFC 7845 for Opus; "Ogg FLAC mapping"; Theora, 6.3). The second packet of a stream
 * contains the comments and may extend over several pages. It is cleaned in place, and its pages get new checksums.
 * Bytes between pages are overwritten, because they are not part of a stream.
 */
#include "store/media/media_strip_blank.h"

enum { HEAD = 27, PAGE_MAX = HEAD + 255 + 255 * 255, STREAMS = 32, PACKET_MAX = 32 * 1024 * 1024, CHUNK_BYTES = 64 * 1024, FIRST = 2 };

enum codec { OTHER, VORBIS, OPUS, THEORA, FLAC };

/* The part of a packet that is in one page. */
struct piece {
	struct piece *next;
	int64_t page;       /* offset of that page */
	int64_t at;         /* offset of the piece */
	size_t length;
};

struct stream {
	uint32_t serial;
	enum codec codec;
	unsigned packets;         /* how many have ended */
	bool done;                /* nothing more of this stream needs cleaning */
	struct piece *first, *last; /* pieces of the packet that has not ended */
	size_t length;
};

struct ogg {
	const struct strip_file *strip_file;
	struct stream streams[STREAMS];
	size_t count;
	unsigned char *page;
};

/* The checksum of a page (RFC 3533, appendix A): polynomial 04c11db7, not reflected. */
static uint32_t
checksum(const unsigned char *bytes, size_t length)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < length; i++) {
		sum ^= (uint32_t)bytes[i] << 24;
		for (int bit = 0; bit < 8; bit++)
			sum = (sum & 0x80000000U) != 0 ? sum << 1 ^ 0x04c11db7U : sum << 1;
	}
	return sum;
}

/* Reads the page at that offset. *ret_page has length 0 when there is none. */
static enum status
read_page(const struct ogg *ogg, int64_t at, struct span *ret_page)
{
	struct span head;
	size_t segments, length;

	*ret_page = (struct span){ 0 };
	TRY(blank_read(ogg->strip_file, at, ogg->page, HEAD + 255, &head));
	segments = byte_at(&head, 26);
	if (!HAS(&head, 0, "OggS\0") || head.length < HEAD + segments)
		return OK;
	length = HEAD + segments;
	for (size_t i = 0; i < segments; i++)
		length += byte_at(&head, HEAD + i);
	TRY(blank_read(ogg->strip_file, at, ogg->page, length, &head));
	if (head.length == length)
		*ret_page = head;
	return OK;
}

static enum status
renew_checksum(const struct ogg *ogg, int64_t at)
{
	unsigned char sum[4];
	struct span page;
	uint32_t number;

	TRY(read_page(ogg, at, &page));
	if (page.length == 0)
		return INVALID;
	memset(ogg->page + 22, 0, sizeof(sum));
	number = checksum(page.bytes, page.length);
	for (size_t i = 0; i < sizeof(sum); i++)
		sum[i] = (unsigned char)(number >> (8 * i) & 0xFF);
	return blank_put(ogg->strip_file, at + 22, sum, sizeof(sum));
}

/* --- one packet --------------------------------------------------------------------------- */

/* Cleans a whole packet in memory. False when it is damaged. *ret_more: the next packet must be cleaned too. */
static bool
clean_packet(struct arena *arena, enum codec codec, unsigned char *bytes, size_t length, bool *ret_more)
{
	static const struct { const char *name; size_t length; } heads[] = { [VORBIS] = { "\x03vorbis", 7 }, [OPUS] = { "OpusTags", 8 }, [THEORA] = { "\x81theora", 7 } };
	const struct span span = { bytes, length };
	unsigned type = byte_at(&span, 0) & 0x7F;

	*ret_more = codec == FLAC && (byte_at(&span, 0) & 0x80) == 0;
	if (codec != FLAC)
		return bytes_are(&span, 0, heads[codec].name, heads[codec].length) && blank_comments(bytes + heads[codec].length, length - heads[codec].length);
	/* Each packet contains one FLAC block; an audio frame begins with 0xFF. */
	if (byte_at(&span, 0) == 0xFF || length < 4) {
		*ret_more = false;
		return true;
	}
	if (type == 4)
		return blank_comments(bytes + 4, length - 4);
	if (type == 0 || type == 1 || type == 3 || type == 5 || (type == 6 && blank_flac_picture(arena, bytes + 4, length - 4)))
		return true;
	bytes[0] = (unsigned char)((bytes[0] & 0x80) | 1);
	memset(bytes + 4, 0, length - 4);
	return true;
}

static enum status
clean_pieces(const struct ogg *ogg, struct stream *stream, struct arena *arena)
{
	unsigned char *bytes = arena_alloc(arena, stream->length + 1);
	size_t filled = 0;
	int64_t page = -1;
	struct span span;
	bool more;

	for (const struct piece *piece = stream->first; piece != NULL; piece = piece->next) {
		TRY(blank_read(ogg->strip_file, piece->at, bytes + filled, piece->length, &span));
		filled += span.length;
	}
	if (filled != stream->length || !clean_packet(arena, stream->codec, bytes, filled, &more))
		return INVALID;
	filled = 0;
	for (const struct piece *piece = stream->first; piece != NULL; piece = piece->next) {
		TRY(blank_put(ogg->strip_file, piece->at, bytes + filled, piece->length));
		filled += piece->length;
	}
	for (const struct piece *piece = stream->first; piece != NULL; piece = piece->next) {
		if (piece->page != page)
			TRY(renew_checksum(ogg, piece->page));
		page = piece->page;
	}
	stream->done = !more;
	return OK;
}

static enum codec
codec_of(const struct span *page, size_t at)
{
	if (HAS(page, at, "\x01vorbis"))
		return VORBIS;
	if (HAS(page, at, "OpusHead"))
		return OPUS;
	if (HAS(page, at, "\x80theora"))
		return THEORA;
	return HAS(page, at, "\x7f" "FLAC") ? FLAC : OTHER;
}

/* --- pages ----------------------------------------------------------------------------------- */

/* Room for another stream: an unused entry, or that of a stream which needs no more cleaning. */
static struct stream *
place_of(struct ogg *ogg)
{
	if (ogg->count < STREAMS)
		return &ogg->streams[ogg->count++];
	for (size_t i = 0; i < STREAMS; i++)
		if (ogg->streams[i].done)
			return &ogg->streams[i];
	return NULL;
}

/*
 * The stream of a page. Its first page determines the codec. A file may contain many streams, in parallel and in
 * sequence. NULL: too many at once.
 */
static struct stream *
stream_of(struct ogg *ogg, const struct span *page)
{
	uint32_t serial = little32(page, 14);
	bool begins = (byte_at(page, 5) & FIRST) != 0;
	struct stream *stream = NULL;

	for (size_t i = 0; i < ogg->count; i++)
		if (ogg->streams[i].serial == serial)
			stream = &ogg->streams[i];
	if (stream == NULL || begins) {
		enum codec codec = begins ? codec_of(page, HEAD + byte_at(page, 26)) : OTHER;
		if (stream == NULL)
			stream = place_of(ogg);
		if (stream != NULL)
			*stream = (struct stream){ .serial = serial, .codec = codec, .done = codec == OTHER };
	}
	return stream;
}

static enum status
add_piece(struct stream *stream, struct arena *arena, int64_t page, int64_t at, size_t length)
{
	struct piece *piece = arena_new_of(arena, struct piece);

	if (length > PACKET_MAX - stream->length)
		return INVALID;
	*piece = (struct piece){ NULL, page, at, length };
	if (stream->last == NULL)
		stream->first = piece;
	else
		stream->last->next = piece;
	stream->last = piece;
	stream->length += length;
	return OK;
}

static enum status
end_packet(struct ogg *ogg, struct stream *stream)
{
	struct arena *arena = arena_new();
	/* The first packet identifies the codec, the second contains the comments. */
	enum status status = stream->packets == 0 ? OK : clean_pieces(ogg, stream, arena);

	arena_free(arena);
	stream->packets++;
	stream->first = stream->last = NULL;
	stream->length = 0;
	return status;
}

/* Collects the packets of a page. A packet is a sequence of segments, of which the last is shorter than 255 bytes. */
static enum status
take_page(struct ogg *ogg, struct stream *stream, int64_t at, const struct span *page)
{
	unsigned char lengths[255];
	size_t segments = byte_at(page, 26), from = HEAD + segments, length = 0;

	memcpy(lengths, page->bytes + HEAD, segments); /* reading the page again for its checksum overwrites it */
	for (size_t i = 0; i < segments && !stream->done; i++) {
		length += lengths[i];
		if (lengths[i] == 255 && i + 1 < segments)
			continue;
		TRY(add_piece(stream, ogg->strip_file->arena, at, at + (int64_t)from, length));
		from += length;
		length = 0;
		if (lengths[i] < 255)
			TRY(end_packet(ogg, stream));
	}
	return OK;
}

/* The offset of the next page, or the end of the file. */
static enum status
next_page(const struct ogg *ogg, int64_t at, int64_t *ret_at)
{
	while (at < ogg->strip_file->bytes) {
		const unsigned char *found;
		struct span span;
		TRY(blank_read(ogg->strip_file, at, ogg->page, CHUNK_BYTES, &span));
		found = memmem(span.bytes, span.length, "OggS", 4);
		if (found != NULL) {
			*ret_at = at + (found - span.bytes);
			return OK;
		}
		if (span.length < CHUNK_BYTES)
			break;
		at += (int64_t)span.length - 3;
	}
	*ret_at = ogg->strip_file->bytes;
	return OK;
}

enum status
blank_ogg(struct strip_file *strip_file)
{
	struct ogg *ogg = arena_new_of(strip_file->arena, struct ogg);
	int64_t at = 0, next;

	ogg->strip_file = strip_file;
	ogg->page = arena_alloc(strip_file->arena, PAGE_MAX + CHUNK_BYTES);
	while (at < strip_file->bytes) {
		struct stream *stream;
		struct span page;
		TRY(read_page(ogg, at, &page));
		if (page.length == 0) {
			TRY(next_page(ogg, at + 1, &next));
			TRY(blank_zero(strip_file, at, next - at));
			at = next;
			continue;
		}
		next = at + (int64_t)page.length;
		stream = stream_of(ogg, &page);
		if (stream == NULL)
			return INVALID;
		if (!stream->done)
			TRY(take_page(ogg, stream, at, &page));
		at = next;
	}
	return OK;
}
