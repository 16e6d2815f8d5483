/*
 * How long sound and film last, from what their files say of themselves. Nothing is decoded; every number read
 * is bounded, every walk has an end, and a file that contradicts itself has no length.
 */
#include <unistd.h>

#include "core/str.h"
#include "store/media.h"
#include "store/media_bytes.h"

enum { HEAD_BYTES = 64 * 1024, MOST_BOXES = 512, MOST_DEPTH = 4, MOST_SECONDS = 7 * 24 * 60 * 60 };

/* A part of the file in memory; shorter where the file ends. */
struct part {
	unsigned char bytes[HEAD_BYTES];
	struct span span;
};

static void
read_part(int file, int64_t at, size_t most, struct part *part)
{
	ssize_t got = at < 0 ? 0 : pread(file, part->bytes, most < HEAD_BYTES ? most : HEAD_BYTES, at);

	part->span = (struct span){ part->bytes, got > 0 ? (size_t)got : 0 };
}

/* Whole seconds, at least 1 of what is not silent; 0 for what cannot be. */
static int64_t
seconds(double amount, double per_second)
{
	double length = per_second > 0 ? amount / per_second : 0;

	if (!(length > 0) || length > MOST_SECONDS)
		return 0;
	return length < 1 ? 1 : (int64_t)(length + 0.5);
}

/* --- WAV, FLAC (RFC 9639) ------------------------------------------------------- */

static int64_t
measure_wav(int file, int64_t bytes, struct part *part)
{
	double rate = 0;
	int64_t at = 12;

	for (int i = 0; i < MOST_BOXES && at + 8 <= bytes; i++) {
		int64_t length;
		read_part(file, at, 64, part);
		length = little32(&part->span, 4);
		if (HAS(&part->span, 0, "fmt "))
			rate = little32(&part->span, 16);
		/* A recorder that was cut off leaves 0 or the greatest number there. */
		if (HAS(&part->span, 0, "data"))
			return seconds((double)(length > bytes - at - 8 || length == 0 ? bytes - at - 8 : length), rate);
		at += 8 + length + (length & 1);
	}
	return 0;
}

static int64_t
measure_flac(const struct span *head, size_t stream_info)
{
	uint64_t packed = big64(head, stream_info + 10);

	/* 20 bits of rate, 3 of channels, 5 of depth, 36 of samples. */
	return seconds((double)(packed & 0xFFFFFFFFF), (double)(packed >> 44));
}

/* --- MP3 -------------------------------------------------------------------------- */

/* The bytes of an ID3 tag at the start, whose size has 7 bits a byte. */
static int64_t
id3_length(const struct span *head)
{
	int64_t length = 0;

	if (!HAS(head, 0, "ID3"))
		return 0;
	for (size_t i = 6; i < 10; i++)
		length = length << 7 | (byte_at(head, i) & 0x7F);
	return length + 10 + ((byte_at(head, 5) & 0x10) != 0 ? 10 : 0);
}

static int64_t
measure_mp3(int file, int64_t bytes, struct part *part)
{
	int64_t start = id3_length(&part->span);
	struct mp3_frame frame, next;
	size_t at = 0, tag;

	read_part(file, start, HEAD_BYTES, part);
	while (at < part->span.length && !(mp3_frame_at(&part->span, at, &frame)
		&& (at + frame.length >= part->span.length || mp3_frame_at(&part->span, at + frame.length, &next))))
		at++;
	if (at == part->span.length)
		return 0;
	/* Variable rates: an encoder writes how many frames there are into the first. */
	tag = at + 4 + frame.side;
	if ((HAS(&part->span, tag, "Xing") || HAS(&part->span, tag, "Info")) && (byte_at(&part->span, tag + 7) & 1) != 0)
		return seconds((double)big32(&part->span, tag + 8) * frame.samples, frame.rate);
	if (HAS(&part->span, at + 36, "VBRI"))
		return seconds((double)big32(&part->span, at + 50) * frame.samples, frame.rate);
	return seconds((double)(bytes - start - (int64_t)at), frame.bits * 125.0);
}

/* --- Ogg (RFC 3533) --------------------------------------------------------------- */

static int64_t
measure_ogg(int file, int64_t bytes, struct part *part)
{
	size_t packet = 27 + byte_at(&part->span, 26);
	uint32_t serial = little32(&part->span, 14);
	double rate = 0, skipped = 0, last = 0;

	if (HAS(&part->span, packet, "OpusHead")) {
		rate = 48000; /* RFC 7845, section 4: whatever the input was */
		skipped = little16(&part->span, packet + 10);
	} else if (HAS(&part->span, packet, "\x01vorbis")) {
		rate = little32(&part->span, packet + 12);
	} else if (HAS(&part->span, packet, "\x7f" "FLAC")) {
		rate = (double)(big64(&part->span, packet + 17 + 10) >> 44);
	}
	/* The position at the end of the last page is the length. */
	read_part(file, bytes > HEAD_BYTES ? bytes - HEAD_BYTES : 0, HEAD_BYTES, part);
	for (size_t at = 0; at + 27 <= part->span.length; at++) {
		uint64_t position;
		if (!HAS(&part->span, at, "OggS") || little32(&part->span, at + 14) != serial)
			continue;
		position = little32(&part->span, at + 6) | (uint64_t)little32(&part->span, at + 10) << 32;
		if (position >> 63 == 0)
			last = (double)position;
	}
	return seconds(last - skipped, rate);
}

/* --- MP4 and M4A (ISO 14496-12) --------------------------------------------------- */

struct film {
	int file;
	struct part *part;
	int boxes;          /* read so far */
	int64_t duration;
	bool has_picture, has_sound;
};

static bool
is_container(const struct span *box)
{
	return HAS(box, 4, "moov") || HAS(box, 4, "trak") || HAS(box, 4, "mdia");
}

static void
read_box(struct film *film, const struct span *box, size_t header)
{
	if (HAS(box, 4, "hdlr")) {
		film->has_picture = film->has_picture || HAS(box, header + 8, "vide");
		film->has_sound = film->has_sound || HAS(box, header + 8, "soun");
	} else if (HAS(box, 4, "mvhd")) {
		bool wide = byte_at(box, header) == 1;
		double unit = big32(box, header + (wide ? 20 : 12));
		film->duration = seconds(wide ? (double)big64(box, header + 24) : (double)big32(box, header + 16), unit);
	}
}

static void
walk_boxes(struct film *film, int64_t at, int64_t end, int depth)
{
	while (at + 8 <= end && film->boxes++ < MOST_BOXES) {
		int64_t length;
		size_t header = 8;
		read_part(film->file, at, 64, film->part);
		length = big32(&film->part->span, 0);
		if (length == 1) {
			length = (int64_t)(big64(&film->part->span, 8) & INT64_MAX);
			header = 16;
		} else if (length == 0) {
			length = end - at;
		}
		if (length < (int64_t)header || length > end - at)
			return;
		if (is_container(&film->part->span)) {
			if (depth < MOST_DEPTH)
				walk_boxes(film, at + (int64_t)header, at + length, depth + 1);
		} else {
			read_box(film, &film->part->span, header);
		}
		at += length;
	}
}

static void
measure_mp4(int file, int64_t bytes, struct part *part, struct media *media)
{
	struct film film = { .file = file, .part = part };

	walk_boxes(&film, 0, bytes, 0);
	media->duration = film.duration;
	/* Many programs name sound alone by the same brand as film. */
	if (str_equal(media->type, "video/mp4") && film.has_sound && !film.has_picture) {
		media->type = "audio/mp4";
		media->suffix = "m4a";
	}
}

/* --- WebM (RFC 8794 and 9559) ------------------------------------------------------ */

/* A number of variable length; the marker bit stays in an id and goes from a size. Bytes taken, 0 for none. */
static size_t
ebml_number(const struct span *span, size_t at, bool is_id, uint64_t *ret_number)
{
	unsigned first = byte_at(span, at);
	size_t length = 1;
	uint64_t number;

	while (length <= 8 && (first & (0x80U >> (length - 1))) == 0)
		length++;
	if (length > (is_id ? 4 : 8))
		return 0;
	number = is_id ? first : first & ((0x80U >> (length - 1)) - 1);
	for (size_t i = 1; i < length; i++)
		number = number << 8 | byte_at(span, at + i);
	*ret_number = number;
	return length;
}

static double
ebml_float(const struct span *span, size_t at, uint64_t length)
{
	uint32_t bits = big32(span, at);
	uint64_t wide_bits = big64(span, at);
	float narrow;
	double wide;

	memcpy(&narrow, &bits, sizeof(narrow));
	memcpy(&wide, &wide_bits, sizeof(wide));
	return length == 4 ? (double)narrow : length == 8 ? wide : 0;
}

static int64_t
measure_webm(const struct span *head)
{
	enum { SEGMENT = 0x18538067, INFORMATION = 0x1549A966, SCALE = 0x2AD7B1, DURATION = 0x4489 };
	double scale = 1000000, duration = 0; /* nanoseconds to a tick; ticks */
	size_t at = 0;

	for (int i = 0; i < MOST_BOXES && at < head->length; i++) {
		uint64_t id, length, number = 0;
		size_t taken = ebml_number(head, at, true, &id), more;
		if (taken == 0)
			break;
		more = ebml_number(head, at + taken, false, &length);
		if (more == 0)
			break;
		at += taken + more;
		if (id == SEGMENT || id == INFORMATION)
			continue; /* its children come next */
		if (id == SCALE && length <= 8) {
			for (size_t byte = 0; byte < length; byte++)
				number = number << 8 | byte_at(head, at + byte);
			scale = (double)number;
		} else if (id == DURATION) {
			duration = ebml_float(head, at, length);
		}
		if (length > head->length - (at < head->length ? at : head->length))
			break;
		at += length;
	}
	return seconds(duration * scale, 1e9);
}

/* --- by type ------------------------------------------------------------------------ */

void
media_measure(int file, struct media *media)
{
	struct part part;
	const struct span *head = &part.span;

	read_part(file, 0, HEAD_BYTES, &part);
	if (str_equal(media->type, "audio/mpeg"))
		media->duration = measure_mp3(file, media->bytes, &part);
	else if (str_equal(media->type, "audio/flac"))
		media->duration = measure_flac(head, 8);
	else if (str_equal(media->type, "audio/wav"))
		media->duration = measure_wav(file, media->bytes, &part);
	else if (str_equal(media->type, "audio/ogg"))
		media->duration = measure_ogg(file, media->bytes, &part);
	else if (str_ends(media->type, "/mp4"))
		measure_mp4(file, media->bytes, &part, media);
	else if (str_equal(media->type, "video/webm"))
		media->duration = measure_webm(head);
}
