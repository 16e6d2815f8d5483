/*
 * Tags of MP3 files (id3.org: ID3v2.2, 2.3 and 2.4; chapters by the addendum "ID3v2 Chapter Frame"; ID3v1; APEv2;
 * Lyrics3). An ID3v2 tag is rewritten in the space that it had, with the frames that are kept; the rest becomes
 * padding, which the standard provides for.
 */
#include "store/media/media_strip_blank.h"

#include "core/str.h"

enum { HEAD = 10, TAG_MAX = 32 * 1024 * 1024, TAGS_MAX = 8, MIME_MAX = 30, UNSYNCHRONISED = 0x80, FOOTER = 0x10 };

/* The output of rewriting a tag. It is never longer than the tag was. */
struct frames {
	struct arena *arena;
	unsigned version;      /* 2, 3 or 4 */
	bool unsynchronised;   /* version 2.4: the content of frames may contain inserted bytes */
	unsigned char *bytes;  /* the output */
	size_t length, room;
};

/* A number of seven bits per byte. */
static size_t
synchsafe(const struct span *span, size_t at)
{
	return (size_t)(byte_at(span, at) & 0x7F) << 21 | (byte_at(span, at + 1) & 0x7F) << 14 | (byte_at(span, at + 2) & 0x7F) << 7 | (byte_at(span, at + 3) & 0x7F);
}

static void
put_synchsafe(unsigned char *bytes, size_t number)
{
	for (int i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(number >> (7 * (3 - i)) & 0x7F);
}

static bool
append(struct frames *out, const void *bytes, size_t length)
{
	if (length > out->room - out->length)
		return false;
	memcpy(out->bytes + out->length, bytes, length);
	out->length += length;
	return true;
}

/* --- one frame --------------------------------------------------------------------------- */

/*
 * Version 2.2: three letters and a length of three bytes. Later versions: four letters, four bytes, and two of flags.
 */
static size_t
head_length(const struct frames *out)
{
	return out->version == 2 ? 6 : HEAD;
}

/* Fills in the length of a frame. */
static void
put_length(const struct frames *out, size_t at, size_t length)
{
	unsigned char *bytes = out->bytes + at + (out->version == 2 ? 3 : 4);

	if (out->version == 4)
		put_synchsafe(bytes, length);
	else
		for (int i = out->version == 2 ? 1 : 0; i < 4; i++)
			*bytes++ = (unsigned char)(length >> (8 * (3 - i)) & 0xFF);
}

/* A picture: text encoding, MIME type, picture type, description, image data. The description is removed. */
static bool
append_picture(struct frames *out, const struct span *frame)
{
	size_t mime = out->version == 2 ? 3 : strnlen((const char *)frame->bytes + (frame->length > 1), frame->length > 1 ? frame->length - 1 : 0) + 1;
	unsigned encoding = byte_at(frame, 0), wide = encoding == 1 || encoding == 2 ? 2 : 1;
	size_t at = 1 + mime + 1, size;
	const unsigned char *clean;

	if (mime > MIME_MAX || encoding > 3)
		return false;
	for (; at + wide <= frame->length && (byte_at(frame, at) != 0 || (wide == 2 && byte_at(frame, at + 1) != 0)); at += wide)
		;
	at += wide;
	if (at >= frame->length || !blank_cover_bytes(out->arena, frame->bytes + at, frame->length - at, &clean, &size))
		return false;
	return append(out, "", 1) && append(out, frame->bytes + 1, mime + 1) && append(out, "", 1) && append(out, clean, size);
}

static void take_frames(struct frames *out, const struct span *in, bool outermost);

/* A chapter (CHAP) or a table of contents (CTOC): some fields, then frames inside it. */
static bool
append_chapter(struct frames *out, const struct span *frame, bool is_table)
{
	size_t at = strnlen((const char *)frame->bytes, frame->length) + 1;
	struct span inside;

	if (is_table) {
		unsigned count = byte_at(frame, at + 1);
		at += 2;
		for (unsigned i = 0; i < count && at < frame->length; i++)
			at += strnlen((const char *)frame->bytes + at, frame->length - at) + 1;
	} else {
		at += 16;
	}
	if (at > frame->length || !append(out, frame->bytes, at))
		return false;
	inside = (struct span){ frame->bytes + at, frame->length - at };
	take_frames(out, &inside, false);
	return true;
}

static bool
is_name(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (memcmp(name, *names, strlen(*names)) == 0)
			return true;
	return false;
}

/* Appends the frame if it is kept. */
static void
take_frame(struct frames *out, const char *name, const struct span *head, const struct span *frame, bool outermost)
{
	static const char *const texts[] = { "TIT2", "TPE1", "TALB", "TYER", "TDRC", NULL }, *const old_texts[] = { "TT2", "TP1", "TAL", "TYE", NULL };
	static const char *const pictures[] = { "APIC", NULL }, *const old_pictures[] = { "PIC", NULL };
	bool old = out->version == 2, coded = out->unsynchronised || (!old && byte_at(head, 9) != 0); /* compressed, encrypted or otherwise encoded */
	size_t begin = out->length;
	bool taken;

	if (!append(out, head->bytes, head_length(out)))
		return;
	if (is_name(name, old ? old_texts : texts))
		taken = append(out, frame->bytes, frame->length);
	else if (coded)
		taken = false;
	else if (is_name(name, old ? old_pictures : pictures))
		taken = append_picture(out, frame);
	else
		taken = !old && outermost && (memcmp(name, "CHAP", 4) == 0 || memcmp(name, "CTOC", 4) == 0) && append_chapter(out, frame, name[1] == 'T');
	if (taken)
		put_length(out, begin, out->length - begin - head_length(out));
	else
		out->length = begin;
}

static void
take_frames(struct frames *out, const struct span *in, bool outermost)
{
	size_t head = head_length(out), at = 0;

	while (at + head < in->length && byte_at(in, at) != 0) {
		const struct span first = { in->bytes + at, head };
		size_t length = out->version == 2 ? big32(in, at + 2) & 0xFFFFFF : out->version == 3 ? big32(in, at + 4) : synchsafe(in, at + 4);
		struct span frame;
		if (length == 0 || length > in->length - at - head)
			return;
		frame = (struct span){ in->bytes + at + head, length };
		take_frame(out, (const char *)in->bytes + at, &first, &frame, outermost);
		at += head + length;
	}
}

/* --- a whole tag ------------------------------------------------------------------------- */

/* Skips an extended header. It is not copied, because it describes the old content. */
static size_t
frames_begin(const struct span *tag, unsigned version)
{
	if ((byte_at(tag, 5) & 0x40) == 0 || version == 2)
		return HEAD;
	return HEAD + (version == 3 ? 4 + (size_t)big32(tag, HEAD) : synchsafe(tag, HEAD));
}

/* Rewrites a tag. keeps: whether frames may stay. *ret_length: the length of the whole tag; 0: there is none. */
static enum status
clean_tag(const struct strip_file *strip_file, int64_t at, bool keeps, int64_t *ret_length)
{
	unsigned char head[HEAD], *bytes;
	struct frames out = { .arena = strip_file->arena };
	struct span tag, inside;
	size_t length, begin;

	*ret_length = 0;
	TRY(blank_read(strip_file, at, head, HEAD, &tag));
	if (!HAS(&tag, 0, "ID3") || tag.length < HEAD)
		return OK;
	out.version = byte_at(&tag, 3);
	length = HEAD + synchsafe(&tag, 6) + (out.version == 4 && (byte_at(&tag, 5) & FOOTER) != 0 ? HEAD : 0);
	if ((int64_t)length > strip_file->bytes - at)
		return INVALID;
	*ret_length = (int64_t)length;
	out.room = length - HEAD;
	out.unsynchronised = (byte_at(&tag, 5) & UNSYNCHRONISED) != 0;
	/* Before 2.4, unsynchronisation also changes the frames' lengths. */
	if (!keeps || length > TAG_MAX || out.version < 2 || out.version > 4 || (out.unsynchronised && out.version != 4)) {
		TRY(blank_zero(strip_file, at + HEAD, (int64_t)out.room));
		out.length = 0;
	} else {
		bytes = arena_alloc(strip_file->arena, length);
		out.bytes = arena_alloc(strip_file->arena, out.room + 1);
		TRY(blank_read(strip_file, at, bytes, length, &tag));
		begin = frames_begin(&tag, out.version);
		inside = (struct span){ bytes + begin, begin < length ? length - begin : 0 };
		take_frames(&out, &inside, true);
		TRY(blank_put(strip_file, at + HEAD, out.bytes, out.length));
		TRY(blank_zero(strip_file, at + HEAD + (int64_t)out.length, (int64_t)(out.room - out.length)));
	}
	head[5] = out.version == 4 ? head[5] & UNSYNCHRONISED : 0;
	put_synchsafe(head + 6, out.room);
	return blank_put(strip_file, at, head, HEAD);
}

/* --- after the audio data ------------------------------------------------------------------- */

/*
 * ID3v1, the last 128 bytes: title, artist, album and year stay, the comment is removed. Sometimes there are 227 more
 * bytes before it.
 */
static enum status
clean_first(const struct strip_file *strip_file, int64_t *end)
{
	enum { OLD = 128, OLD_MORE = 227, COMMENT = 97, COMMENT_BYTES = 30 };
	unsigned char name[4] = { 0 };
	struct span span;

	if (*end < OLD)
		return OK;
	TRY(blank_read(strip_file, *end - OLD, name, 3, &span));
	if (!HAS(&span, 0, "TAG"))
		return OK;
	*end -= OLD;
	TRY(blank_zero(strip_file, *end + COMMENT, COMMENT_BYTES));
	if (*end < OLD_MORE)
		return OK;
	TRY(blank_read(strip_file, *end - OLD_MORE, name, 4, &span));
	if (!HAS(&span, 0, "TAG+"))
		return OK;
	*end -= OLD_MORE;
	return blank_zero(strip_file, *end, OLD_MORE);
}

/*
 * The length of a tag that ends here: APE's from its footer, Lyrics3's from six digits, an ID3v2's from its footer; 0
 * when there is none.
 */
static int64_t
tail_length(const struct span *last)
{
	size_t end = last->length;
	int64_t digits = 0;

	if (end >= 32 && HAS(last, end - 32, "APETAGEX"))
		return (int64_t)little32(last, end - 20) + ((little32(last, end - 12) & 0x80000000U) != 0 ? 32 : 0);
	if (end >= 10 && HAS(last, end - 10, "3DI"))
		return (int64_t)synchsafe(last, end - 4) + 20;
	if (end < 15 || !HAS(last, end - 9, "LYRICS200"))
		return 0;
	for (size_t i = end - 15; i < end - 9; i++) {
		if (byte_at(last, i) < '0' || byte_at(last, i) > '9')
			return 0;
		digits = digits * 10 + (byte_at(last, i) - '0');
	}
	return digits + 15;
}

enum status
blank_tail(const struct strip_file *strip_file)
{
	int64_t end = strip_file->bytes;

	TRY(clean_first(strip_file, &end));
	for (int i = 0; i < TAGS_MAX; i++) {
		unsigned char bytes[32];
		int64_t begin = end < (int64_t)sizeof(bytes) ? 0 : end - (int64_t)sizeof(bytes), length;
		struct span last;
		TRY(blank_read(strip_file, begin, bytes, (size_t)(end - begin), &last));
		length = tail_length(&last);
		if (length <= 0 || length > end)
			return OK;
		end -= length;
		TRY(blank_zero(strip_file, end, length));
	}
	return OK;
}

/* Removes an APE tag before the audio data. */
static enum status
clean_ape(const struct strip_file *strip_file, int64_t at, int64_t *ret_length)
{
	unsigned char head[32];
	struct span span;
	int64_t length;

	*ret_length = 0;
	TRY(blank_read(strip_file, at, head, sizeof(head), &span));
	if (!HAS(&span, 0, "APETAGEX"))
		return OK;
	length = (int64_t)little32(&span, 12) + 32;
	if (length > strip_file->bytes - at)
		return INVALID;
	*ret_length = length;
	return blank_zero(strip_file, at, length);
}

/* Removes an ID3v1 tag that is not at the end of the file. */
static enum status
clean_first_within(const struct strip_file *strip_file, int64_t at, int64_t *ret_length)
{
	enum { OLD = 128 };
	unsigned char name[3];
	struct span span;

	*ret_length = 0;
	TRY(blank_read(strip_file, at, name, sizeof(name), &span));
	if (!HAS(&span, 0, "TAG") || strip_file->bytes - at <= OLD)
		return OK;
	*ret_length = OLD;
	return blank_zero(strip_file, at, OLD);
}

/* Removes tags between frames, as found in concatenated files, such as those of radio software. */
static enum status
clean_within(const struct strip_file *strip_file, int64_t at)
{
	int64_t length = 1;

	while (length > 0) {
		unsigned char head[4];
		struct span span;
		TRY(blank_read(strip_file, at, head, sizeof(head), &span));
		length = (int64_t)media_mp3_frame(&span, 0);
		if (length == 0)
			TRY(clean_tag(strip_file, at, false, &length));
		if (length == 0)
			TRY(clean_ape(strip_file, at, &length));
		if (length == 0)
			TRY(clean_first_within(strip_file, at, &length));
		at += length;
	}
	return OK;
}

enum status
blank_mp3(struct strip_file *strip_file)
{
	int64_t at = 0, length = 1;

	for (int i = 0; i < TAGS_MAX && length > 0; i++) {
		TRY(clean_tag(strip_file, at, i == 0, &length));
		if (length == 0)
			TRY(clean_ape(strip_file, at, &length));
		at += length;
	}
	TRY(clean_within(strip_file, at));
	return blank_tail(strip_file);
}
