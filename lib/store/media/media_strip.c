/*
 * Removes everything but the image from image files. Nothing is decoded: a file is a sequence of segments with
 * lengths, and only the segments on a short list are copied. A file with inconsistent lengths is rejected.
 */
#include "core/str.h"
#include "store/media/byte_reader.h"
#include "store/media/media_file.h"

static enum status
put(const struct incoming *incoming, const struct span *span, size_t at, size_t length)
{
	return file_write(incoming, span->bytes + at, length);
}

/* --- JPEG (ITU T.81, annex B) ------------------------------------------------------------ */

/* Writes the orientation (TIFF 6.0, tag 274), which is all that is kept of the Exif data. */
static enum status
put_orientation(const struct incoming *incoming, unsigned orientation)
{
	const unsigned char segment[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', '*', 0, 8, 0, 0, 0, 1, 0,
		0x12, 1, 3, 0, 1, 0, 0, 0, (unsigned char)orientation, 0, 0, 0, 0, 0, 0, 0 };

	return file_write(incoming, segment, sizeof(segment));
}

/* Keeps JFIF, the colour profile and Adobe's colour information; no other application data and no comments. */
static bool
jpeg_keeps(const struct span *span, size_t at, unsigned marker)
{
	if (marker == 0xE2)
		return HAS(span, at + 4, "ICC_PROFILE");
	if (marker == 0xEE)
		return HAS(span, at + 4, "Adobe");
	return marker == 0xE0 ? HAS(span, at + 4, "JFIF") : (marker & 0xF0) != 0xE0 && marker != 0xFE;
}

/*
 * Skips the coded data after a start of scan, up to the next marker that is neither a stuffed byte nor a restart
 * marker.
 */
static size_t
scan_end(const struct span *span, size_t at)
{
	while (at + 1 < span->length) {
		const unsigned char *found = memchr(span->bytes + at, 0xFF, span->length - at - 1);
		unsigned next;
		if (found == NULL)
			return span->length;
		at = (size_t)(found - span->bytes);
		next = byte_at(span, at + 1);
		if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7))
			return at;
		at += next == 0xFF ? 1 : 2;
	}
	return span->length;
}

static enum status
strip_jpeg(const struct span *span, const struct incoming *incoming)
{
	bool scanned = false, turned = false;
	size_t at = 2;

	TRY(put(incoming, span, 0, 2));
	while (at + 2 <= span->length) {
		unsigned marker = byte_at(span, at + 1);
		size_t length, end;
		if (byte_at(span, at) != 0xFF)
			return INVALID;
		if (marker == 0xFF) {
			at++;
			continue;
		}
		if (marker == 0xD9) /* the end; data after it, such as a video or a second image, is dropped */
			return scanned ? put(incoming, span, at, 2) : INVALID;
		length = big16(span, at + 2);
		end = at + 2 + length;
		if (length < 2 || end > span->length)
			return INVALID;
		if (marker == 0xE1 && !turned) {
			struct span segment = { span->bytes + at + 4, length - 2 };
			unsigned orientation = media_exif_orientation(&segment);
			turned = orientation >= 2 && orientation <= 8;
			if (turned)
				TRY(put_orientation(incoming, orientation));
		}
		if (marker == 0xDA) {
			scanned = true;
			end = scan_end(span, end);
		}
		if (jpeg_keeps(span, at, marker))
			TRY(put(incoming, span, at, end - at));
		at = end;
	}
	/* A truncated file is kept as it is; browsers show the part that is there. */
	return scanned ? OK : INVALID;
}

/* --- PNG (W3C, third edition, section 5.3) -------------------------------------------------- */

/* The checksum of a chunk (annex D; that of ISO 3309). sum: the result for the bytes before. */
static uint32_t
png_checksum(uint32_t sum, const unsigned char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		sum ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			sum = (sum & 1) != 0 ? sum >> 1 ^ 0xEDB88320U : sum >> 1;
	}
	return sum;
}

static void
put_big32(unsigned char *bytes, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(number >> (8 * (3 - i)) & 0xFF);
}

/* The name of a colour profile can be any text, so it is replaced. */
static enum status
put_profile(const struct incoming *incoming, const struct span *span, size_t at, size_t length)
{
	static const unsigned char name[] = "iCCPicc"; /* the chunk's type, then the profile's name with its NUL */
	const unsigned char *end = memchr(span->bytes + at + 8, '\0', length);
	unsigned char number[4];
	size_t rest;

	if (end == NULL)
		return OK; /* no profile */
	rest = length - (size_t)(end + 1 - (span->bytes + at + 8));
	put_big32(number, (uint32_t)(sizeof(name) - 4 + rest));
	TRY(file_write(incoming, number, sizeof(number)));
	TRY(file_write(incoming, name, sizeof(name)));
	TRY(file_write(incoming, end + 1, rest));
	put_big32(number, ~png_checksum(png_checksum(0xFFFFFFFFU, name, sizeof(name)), end + 1, rest));
	return file_write(incoming, number, sizeof(number));
}

static enum status
strip_png(const struct span *span, const struct incoming *incoming)
{
	static const char kept[] = "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD hIST pHYs acTL fcTL fdAT ";
	bool profiled = false;
	size_t at = 8;

	TRY(put(incoming, span, 0, 8));
	while (at + 12 <= span->length) {
		size_t length = big32(span, at);
		char name[6] = { (char)byte_at(span, at + 4), (char)byte_at(span, at + 5), (char)byte_at(span, at + 6),
			(char)byte_at(span, at + 7), ' ', '\0' };
		if (length > span->length - at - 12)
			return INVALID;
		if (str_equal(name, "iCCP ")) {
			TRY(profiled ? OK : put_profile(incoming, span, at, length));
			profiled = true;
		} else if (memchr(name, ' ', 4) == NULL && memchr(name, '\0', 4) == NULL && strstr(kept, name) != NULL) {
			TRY(put(incoming, span, at, length + 12));
		}
		if (str_equal(name, "IEND "))
			return OK;
		at += length + 12;
	}
	return INVALID;
}

/* --- WebP (RFC 9649) -------------------------------------------------------------------------- */

static bool
webp_keeps(const struct span *span, size_t at)
{
	static const char *const kept[] = { "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP" };

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (bytes_are(span, at, kept[i], 4))
			return true;
	return false;
}

/* Handles every chunk that is kept: adds up the lengths, or with incoming writes the chunks. */
static enum status
webp_chunks(const struct span *span, const struct incoming *incoming, size_t *ret_bytes)
{
	size_t at = 12, end = 8 + (size_t)little32(span, 4), bytes = 0;

	if (end > span->length || end < 12 + 8)
		return INVALID;
	while (at + 8 <= end) {
		size_t length = little32(span, at + 4), padded = 8 + length + (length & 1);
		if (length > end - at - 8 || padded > span->length - at)
			return INVALID;
		if (webp_keeps(span, at)) {
			bytes += padded;
			if (incoming != NULL && HAS(span, at, "VP8X") && length >= 10) {
				unsigned char flags = (unsigned char)(byte_at(span, at + 8) & ~0x0Cu); /* clears the flags of Exif and XMP */
				TRY(put(incoming, span, at, 8));
				TRY(file_write(incoming, &flags, 1));
				TRY(put(incoming, span, at + 9, padded - 9));
			} else if (incoming != NULL) {
				TRY(put(incoming, span, at, padded));
			}
		}
		at += padded;
	}
	*ret_bytes = bytes;
	return bytes == 0 ? INVALID : OK;
}

static enum status
strip_webp(const struct span *span, const struct incoming *incoming)
{
	size_t bytes = 0;
	unsigned char head[12] = { 'R', 'I', 'F', 'F', 0, 0, 0, 0, 'W', 'E', 'B', 'P' };

	TRY(webp_chunks(span, NULL, &bytes));
	for (int i = 0; i < 4; i++)
		head[4 + i] = (unsigned char)((bytes + 4) >> (8 * i) & 0xFF);
	TRY(file_write(incoming, head, sizeof(head)));
	return webp_chunks(span, incoming, &bytes);
}

/* --- GIF (89a) ---------------------------------------------------------------------------------- */

/* Skips a sequence of blocks of at most 255 bytes. Returns 0 when it does not end. */
static size_t
gif_blocks_end(const struct span *span, size_t at)
{
	while (at < span->length) {
		unsigned length = byte_at(span, at);
		at += 1 + length;
		if (length == 0)
			return at;
	}
	return 0;
}

/* Writes how often the animation repeats, which is all that is kept of application data. */
static enum status
put_loops(const struct incoming *incoming, const struct span *span, size_t at)
{
	static const unsigned char end = 0;

	if (!HAS(span, at + 14, "\x03\x01"))
		return OK;
	TRY(put(incoming, span, at, 18));
	return file_write(incoming, &end, 1);
}

/*
 * Keeps graphics controls (delays, transparency) and Netscape's loop count; no comments, no other application data,
 * no plain text.
 */
static enum status
put_extension(const struct incoming *incoming, const struct span *span, size_t at, size_t end)
{
	if (byte_at(span, at + 1) == 0xFF && HAS(span, at + 2, "\x0bNETSCAPE2.0"))
		return put_loops(incoming, span, at);
	return byte_at(span, at + 1) == 0xF9 && HAS(span, at + 2, "\x04") && end - at == 8 ? put(incoming, span, at, 8) : OK;
}

/* The size in bytes of the colour table that these flags announce. */
static size_t
gif_colours(unsigned flags)
{
	return (flags & 0x80) == 0 ? 0 : (size_t)3 << ((flags & 7) + 1);
}

static enum status
strip_gif(const struct span *span, const struct incoming *incoming)
{
	static const unsigned char trailer = 0x3B;
	size_t at = 13 + gif_colours(byte_at(span, 10)), end;
	bool shown = false;

	if (at > span->length)
		return INVALID;
	TRY(put(incoming, span, 0, at));
	while (at < span->length && byte_at(span, at) != trailer) {
		bool is_image = byte_at(span, at) == 0x2C;
		if (!is_image && byte_at(span, at) != 0x21)
			return INVALID;
		end = gif_blocks_end(span, at + (is_image ? 11 + gif_colours(byte_at(span, at + 9)) : 2));
		/* A truncated file keeps what there is of the last image; browsers show it. */
		if (end == 0 && !is_image)
			break;
		if (end == 0 || end > span->length)
			end = span->length;
		TRY(is_image ? put(incoming, span, at, end - at) : put_extension(incoming, span, at, end));
		shown = shown || is_image;
		at = end;
	}
	/* Drops everything after the end. */
	return shown ? file_write(incoming, &trailer, 1) : INVALID;
}

/* --------------------------------------------------------------------------------------------- */

bool
media_is_cleaned_by_copy(const char *type)
{
	return str_equal(type, "image/jpeg") || str_equal(type, "image/png") || str_equal(type, "image/webp") || str_equal(type, "image/gif");
}

enum status
media_strip(const unsigned char *bytes, size_t length, const char *type, const struct incoming *incoming)
{
	struct span span = { bytes, length };

	if (str_equal(type, "image/jpeg"))
		return strip_jpeg(&span, incoming);
	if (str_equal(type, "image/gif"))
		return strip_gif(&span, incoming);
	return str_equal(type, "image/png") ? strip_png(&span, incoming) : strip_webp(&span, incoming);
}
