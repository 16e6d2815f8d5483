/*
 * Determines the type of a file from its first bytes. Only headers at offsets fixed by the formats are read. Every
 * byte is read with byte_at(), which returns 0 after the end, so nothing outside is ever read.
 */
#include "store/media/media.h"
#include "store/media/byte_reader.h"

enum { PIXELS_MAX = 20000, BRANDS_MAX = 64 };

static uint32_t
little24(const struct span *span, size_t at)
{
	return little32(span, at) & 0xFFFFFF;
}

/* --- JPEG (ITU T.81, annex B) -------------------------------------------------- */

static bool
is_jpeg(const struct span *span)
{
	return HAS(span, 0, "\xff\xd8\xff");
}

/* A 16-bit number of an Exif block, in the block's byte order. */
static unsigned
exif16(const struct span *span, size_t at, bool big)
{
	return big ? big16(span, at) : little16(span, at);
}

/* The orientation is tag 274 of TIFF 6.0. Browsers apply it, so with 5 to 8 width and height are swapped. */
unsigned
media_exif_orientation(const struct span *segment)
{
	struct span tiff;
	size_t entry;
	unsigned count;
	bool big;

	if (!HAS(segment, 0, "Exif\0\0"))
		return 1;
	tiff = (struct span){ segment->bytes + 6, segment->length - 6 };
	big = HAS(&tiff, 0, "MM");
	entry = big ? big32(&tiff, 4) : little32(&tiff, 4);
	count = exif16(&tiff, entry, big);
	entry += 2;
	for (unsigned i = 0; i < count && entry + 12 <= tiff.length; i++, entry += 12)
		if (exif16(&tiff, entry, big) == 0x0112)
			return exif16(&tiff, entry + 8, big);
	return 1;
}

/* Start of frame: C0 to CF except the tables and extensions in that range. */
static bool
is_frame(unsigned marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static bool
size_jpeg(const struct span *span, struct media *media)
{
	unsigned orientation = 1;
	size_t at = 2;

	while (at + 4 <= span->length && byte_at(span, at) == 0xFF) {
		unsigned marker = byte_at(span, at + 1), length = big16(span, at + 2);
		if (marker == 0xFF || marker == 0x01) { /* padding */
			at++;
			continue;
		}
		if (is_frame(marker)) {
			bool turned = orientation >= 5 && orientation <= 8;
			if (at + 9 > span->length)
				return true;
			media->width = big16(span, at + (turned ? 5 : 7));
			media->height = big16(span, at + (turned ? 7 : 5));
			return media->width > 0 && media->height > 0;
		}
		if (marker == 0xDA || marker == 0xD9 || length < 2)
			return false; /* the image begins before its size */
		if (marker == 0xE1 && at + 2 + length <= span->length) {
			struct span segment = { span->bytes + at + 4, length - 2 };
			unsigned found = media_exif_orientation(&segment);
			orientation = found != 1 ? found : orientation;
		}
		at += 2 + length;
	}
	/* OK if the header continues after the bytes that were given. */
	return at + 4 > span->length;
}

/* --- PNG (W3C), GIF (89a), WebP (RFC 9649), AVIF ---------------------------------- */

static bool
is_png(const struct span *span)
{
	return HAS(span, 0, "\x89PNG\r\n\x1a\n");
}

static bool
size_png(const struct span *span, struct media *media)
{
	media->width = big32(span, 16);
	media->height = big32(span, 20);
	return HAS(span, 8, "\0\0\0\x0dIHDR") && media->width > 0 && media->height > 0;
}

static bool
is_gif(const struct span *span)
{
	return HAS(span, 0, "GIF87a") || HAS(span, 0, "GIF89a");
}

static bool
size_gif(const struct span *span, struct media *media)
{
	media->width = little16(span, 6);
	media->height = little16(span, 8);
	return media->width > 0 && media->height > 0;
}

static bool
is_webp(const struct span *span)
{
	return HAS(span, 0, "RIFF") && HAS(span, 8, "WEBP");
}

static bool
size_webp(const struct span *span, struct media *media)
{
	uint32_t bits;

	if (HAS(span, 12, "VP8X") && span->length >= 30) {
		media->width = little24(span, 24) + 1;
		media->height = little24(span, 27) + 1;
	} else if (HAS(span, 12, "VP8L") && byte_at(span, 20) == 0x2F && span->length >= 25) {
		bits = little32(span, 21);
		media->width = (bits & 0x3FFF) + 1;
		media->height = (bits >> 14 & 0x3FFF) + 1;
	} else if (HAS(span, 12, "VP8 ") && HAS(span, 23, "\x9d\x01\x2a")) {
		media->width = little16(span, 26) & 0x3FFF;
		media->height = little16(span, 28) & 0x3FFF;
	}
	return media->width > 0 && media->height > 0;
}

/*
 * Whether a box "ftyp" (ISO 14496-12, section 4.3) has one of the brands, as its major brand or, with compatible, in
 * its list of compatible brands.
 */
static bool
has_brand(const struct span *span, const char *const *brands, bool compatible)
{
	size_t end = big32(span, 0);

	if (!HAS(span, 4, "ftyp"))
		return false;
	/* After the major brand comes its version. */
	for (size_t at = 8, count = 0; at + 4 <= end && count < BRANDS_MAX; at += at == 8 ? 8 : 4, count++) {
		for (size_t i = 0; brands[i] != NULL; i++)
			if (bytes_are(span, at, brands[i], 4))
				return true;
		if (!compatible)
			return false;
	}
	return false;
}

static bool
is_avif(const struct span *span)
{
	static const char *const brands[] = { "avif", "avis", NULL };

	return has_brand(span, brands, true);
}

/* --- audio, video, documents ------------------------------------------------------ */

size_t
media_mp3_frame(const struct span *span, size_t at)
{
	static const unsigned rates[2][16] = {
		{ 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0 },
		{ 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0 },
	};
	static const unsigned samples[3] = { 44100, 48000, 32000 };
	unsigned version = byte_at(span, at + 1) >> 3 & 3, layer = byte_at(span, at + 1) >> 1 & 3;
	unsigned flags = byte_at(span, at + 2), sample = flags >> 2 & 3, bits, rate;
	bool first = version == 3; /* MPEG 1; 2 is MPEG 2, 0 is MPEG 2.5 */

	if (byte_at(span, at) != 0xFF || byte_at(span, at + 1) < 0xE0 || version == 1 || layer != 1 || sample == 3)
		return 0;
	bits = rates[first ? 0 : 1][flags >> 4];
	rate = samples[sample] >> (first ? 0 : version == 2 ? 1 : 2);
	return bits == 0 ? 0 : (first ? 1152 : 576) / 8 * 1000 * bits / rate + (flags >> 1 & 1);
}

/* An ID3 tag (id3.org, 2.x), or two consecutive frames: a single one can appear in any file. */
static bool
is_mp3(const struct span *span)
{
	size_t length = media_mp3_frame(span, 0);

	if (HAS(span, 0, "ID3"))
		return byte_at(span, 3) < 0xFF && byte_at(span, 4) < 0xFF && span->length >= 10
			&& (big32(span, 6) & 0x80808080) == 0;
	return length > 0 && media_mp3_frame(span, length) > 0;
}

static bool
is_m4a(const struct span *span)
{
	static const char *const brands[] = { "M4A ", "M4B ", NULL };

	return has_brand(span, brands, false);
}

static bool
is_mp4(const struct span *span)
{
	static const char *const brands[] = { "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ",
		"dash", "MSNV", NULL };

	return has_brand(span, brands, false);
}

/* RFC 3533 and the mappings of Vorbis, Opus (RFC 7845) and FLAC: the first packet identifies the codec. */
static bool
is_ogg(const struct span *span)
{
	size_t packet = 27 + byte_at(span, 26);

	return HAS(span, 0, "OggS\0\x02")
		&& (HAS(span, packet, "\x01vorbis") || HAS(span, packet, "OpusHead") || HAS(span, packet, "\x7f" "FLAC"));
}

static bool
is_flac(const struct span *span)
{
	return HAS(span, 0, "fLaC") && (byte_at(span, 4) & 0x7F) == 0 && HAS(span, 5, "\0\0\x22");
}

static bool
is_wav(const struct span *span)
{
	return HAS(span, 0, "RIFF") && HAS(span, 8, "WAVE");
}

/* EBML (RFC 8794) whose DocType, element 4282, is "webm". */
static bool
is_webm(const struct span *span)
{
	if (!HAS(span, 0, "\x1a\x45\xdf\xa3"))
		return false;
	for (size_t at = 4; at < 64; at++)
		if (HAS(span, at, "\x42\x82\x84webm"))
			return true;
	return false;
}

static bool
is_pdf(const struct span *span)
{
	return HAS(span, 0, "%PDF-");
}

/* WebVTT (W3C, section 4.1): plain text with times, which nothing executes. */
static bool
is_vtt(const struct span *span)
{
	size_t at = HAS(span, 0, "\xef\xbb\xbf") ? 3 : 0;
	unsigned next = byte_at(span, at + 6);

	return HAS(span, at, "WEBVTT") && (span->length == at + 6 || next == ' ' || next == '\t' || next == '\n' || next == '\r');
}

/* --- the table ---------------------------------------------------------------------- */

/* All accepted types. SVG and HTML can contain scripts and are not accepted. */
static const struct kind {
	const char *type, *suffix;
	bool (*is)(const struct span *span);
	bool (*size)(const struct span *span, struct media *media); /* false: it cannot be displayed */
} kinds[] = {
	{ "image/jpeg", "jpg", is_jpeg, size_jpeg },
	{ "image/png", "png", is_png, size_png },
	{ "image/gif", "gif", is_gif, size_gif },
	{ "image/webp", "webp", is_webp, size_webp },
	{ "image/avif", "avif", is_avif, NULL },
	{ "audio/mpeg", "mp3", is_mp3, NULL },
	{ "audio/mp4", "m4a", is_m4a, NULL },
	{ "audio/ogg", "ogg", is_ogg, NULL },
	{ "audio/flac", "flac", is_flac, NULL },
	{ "audio/wav", "wav", is_wav, NULL },
	{ "video/mp4", "mp4", is_mp4, NULL },
	{ "video/webm", "webm", is_webm, NULL },
	{ "application/pdf", "pdf", is_pdf, NULL },
	{ "text/vtt", "vtt", is_vtt, NULL },
};

enum status
media_probe(const unsigned char *bytes, size_t length, struct media *ret_media)
{
	struct span span = { bytes, length };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct media media = { .digest = "", .name = "", .type = kinds[i].type, .suffix = kinds[i].suffix };
		if (!kinds[i].is(&span))
			continue;
		if (kinds[i].size != NULL && !kinds[i].size(&span, &media))
			return INVALID;
		if (media.width > PIXELS_MAX || media.height > PIXELS_MAX)
			return INVALID;
		*ret_media = media;
		return OK;
	}
	return INVALID;
}
