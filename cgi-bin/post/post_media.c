/* The media of a post: its cover, and a recording with chapters and a transcript. */
#include "shared/media_library.h"

#include <string.h>

#include "core/str.h"
#include "http/form_merge.h"
#include "page/post/post_resave.h"
#include "page/post/chapters.h"
#include "page/lang/lang.h"
#include "page/post/post_render.h"
#include "store/post/post_author.h"
#include "store/job/fetch_job.h"
#include "store/media/media_library.h"
#include "store/post/recording.h"

enum { CHAPTERS_CHARACTERS = 20000, TRANSCRIPT_MAX_BYTES = 4 * 1024 * 1024 };

const struct field attach_fields[] = {
	{ .name = "cover", .type = FIELD_LINE, .max = 20, .label = N_("Cover from the media library") },
	{ .name = "cover_file", .type = FIELD_FILE, .max = MEDIA_MAX_PICTURE_BYTES, .label = N_("Or upload an image"), .accept = "image/png,image/jpeg,image/webp,image/gif,image/avif" },
	{ .name = "cover_alt", .type = FIELD_LINE, .max = MEDIA_LIBRARY_ALT_MAX, .label = N_("Alt text"),
		.help = N_("Describes the cover for people who can't see it. Everyone can see the cover, even that of a post for members or subscribers.") },
	{ .name = "recording", .type = FIELD_LINE, .max = 20, .label = N_("Audio or video from the media library") },
	{ .name = "recording_file", .type = FIELD_FILE, .max = MEDIA_MAX_BYTES, .label = N_("Or upload audio or video"), .accept = "audio/mpeg,audio/mp4,audio/ogg,audio/flac,audio/wav,video/mp4,video/webm" },
	{ .name = "recording_address", .type = FIELD_LINE, .max = FETCH_ADDRESS_MAX, .label = N_("Or enter the URL of the file"),
		.help = N_("A URL that starts with https://. The file is copied to your media library, so readers never load it from another site.") },
	{ .name = "chapters", .type = FIELD_TEXT, .max = CHAPTERS_CHARACTERS, .label = N_("Chapters"),
		.help = N_("One per line, such as: 12:34 Questions from readers") },
	{ .name = "transcript", .type = FIELD_LINE, .max = 20, .label = N_("Transcript from the media library") },
	{ .name = "transcript_file", .type = FIELD_FILE, .max = TRANSCRIPT_MAX_BYTES, .label = N_("Or upload a transcript (WebVTT)"), .accept = ".vtt,text/vtt" },
	{ .name = "base", .type = FIELD_BASE, .max = MERGE_BASE_MAX },
	{ 0 },
};

static const char sent_with_form[] = "new"; /* the value of a slot's field when a file for it comes with the form */

/* The three files of a post: their fields, and the types that are accepted. */
static const struct media_slot {
	const char *field, *file_field;
	const char *types[3];
	const char *wrong;
} slots[] = {
	{ "cover", "cover_file", { "image/" }, N_("The cover must be an image.") },
	{ "recording", "recording_file", { "audio/", "video/" }, N_("Choose an audio or video file.") },
	{ "transcript", "transcript_file", { "text/vtt" }, N_("The transcript must be a WebVTT file.") },
};
enum { COVER, RECORDING, TRANSCRIPT, SLOTS };

struct attached {
	struct post post;
	const char *markdown;
	struct recording recording;
	struct fetch_job fetch; /* a recording to be fetched from a URL; address "" when there is none */
};

static enum status
load(struct request *req, struct attached *ret_attached)
{
	struct attached attached;
	enum status status;
	long long id;

	if (!str_to_integer(route_text(req, 0), &id))
		return NOT_FOUND;
	TRY(post_author_load(req->db, req->arena, req->viewer.user, id, &attached.post, &attached.markdown));
	TRY(recording_get(req->db, req->arena, id, &attached.recording));
	status = fetch_job_read(req->db, req->arena, id, &attached.fetch);
	if (status == NOT_FOUND)
		attached.fetch = (struct fetch_job){ .address = "" };
	else
		TRY(status);
	*ret_attached = attached;
	return OK;
}

/* The URL that is still to be fetched, or "". */
static const char *
awaited(const struct attached *attached)
{
	return attached->fetch.finished == 0 ? attached->fetch.address : "";
}

static int64_t
current(const struct attached *attached, int slot)
{
	return slot == COVER ? attached->post.cover_id : slot == RECORDING ? attached->post.enclosure_id : attached->recording.transcript_id;
}

/* --- the form ---------------------------------------------------------------------------- */

/* Offers the current file, then the newest files of the media library. */
static enum status
add_choices(struct request *req, const struct attached *attached, int slot, xmlNodePtr list, struct field *field)
{
	struct field_choice *choices = arena_array(req->arena, 3 + 2 * MEDIA_LIBRARY_PAGE, sizeof(*choices));
	struct media *files, now;
	int64_t id = current(attached, slot);
	size_t total = 0, count;

	choices[total++] = (struct field_choice){ "", N_("None") };
	if (id != 0) {
		TRY(media_by_id(req->db, req->arena, id, &now));
		choices[total++] = (struct field_choice){ arena_printf(req->arena, "%lld", (long long)id), now.name };
		(void)media_library_add_file(req, list, &now);
	}
	for (size_t i = 0; i < 2 && slots[slot].types[i] != NULL; i++) {
		TRY(media_library_list(req->db, req->arena, req->viewer.user, slots[slot].types[i], "", 0, &files, &count));
		for (size_t j = 0; j < count && j < MEDIA_LIBRARY_PAGE; j++) {
			if (files[j].id == id)
				continue;
			choices[total++] = (struct field_choice){ arena_printf(req->arena, "%lld", (long long)files[j].id), files[j].name };
			(void)media_library_add_file(req, list, &files[j]);
		}
	}
	field->type = FIELD_CHOICE;
	field->choices = choices;
	return OK;
}

/* The values of the form if it is opened now. */
static const char *const *
values_of(struct request *req, const struct attached *attached)
{
	const char *ids[SLOTS];
	const char **values;

	for (int slot = 0; slot < SLOTS; slot++)
		ids[slot] = current(attached, slot) == 0 ? "" : arena_printf(req->arena, "%lld", (long long)current(attached, slot));
	{
		const char *const pairs[] = { "cover", ids[COVER], "cover_alt", attached->post.cover_alt, "recording", ids[RECORDING],
			"transcript", ids[TRANSCRIPT], "recording_address", awaited(attached), "chapters", attached->recording.chapters, NULL };
		values = arena_alloc(req->arena, sizeof(pairs));
		memcpy(values, pairs, sizeof(pairs));
	}
	return values;
}

static enum status
add_form(struct request *req, const struct attached *attached)
{
	struct form form = { .name = "post-media", .path = arena_printf(req->arena, "%s/write/%lld/media", req->prefix, (long long)attached->post.id),
		.button = _("Save") };
	struct field *fields = arena_array(req->arena, sizeof(attach_fields) / sizeof(attach_fields[0]), sizeof(*fields));
	xmlNodePtr list = page_element(req->page->root, "files");

	memcpy(fields, attach_fields, sizeof(attach_fields));
	for (int slot = 0; slot < SLOTS; slot++)
		for (size_t i = 0; fields[i].name != NULL; i++)
			if (str_equal(fields[i].name, slots[slot].field))
				TRY(add_choices(req, attached, slot, list, &fields[i]));
	form.fields = fields;
	return form_add(req, req->page->root, &form, values_of(req, attached));
}

/* Shows the URL that is being fetched, or why that failed. */
static void
add_fetch(struct request *req, const struct fetch_job *fetch)
{
	xmlNodePtr element;

	if (*fetch->address == '\0')
		return;
	element = page_text(req->page->root, "fetch", fetch->address);
	page_attr(element, "state", fetch->finished != 0 ? "failed" : "waiting");
	if (*fetch->problem != '\0')
		page_attr(element, "problem", lang_text(fetch->problem));
	if (*fetch->detail != '\0')
		page_attr(element, "detail", fetch->detail);
	if (fetch->finished == 0)
		request_warn_no_worker(req);
}

/* GET /write/:id/media */
enum status
show_attach(struct request *req)
{
	struct attached attached;

	TRY(load(req, &attached));
	TRY(request_page(req, request_language(req), "post-media"));
	page_attr(req->page->root, "title", attached.post.title);
	page_attr(req->page->root, "robots", "noindex");
	(void)page_text(req->page->root, "heading", attached.post.title);
	page_href(req->page, page_element(req->page->root, "post-edit"), "href",
		arena_printf(req->arena, "%s/write/%lld", req->prefix, (long long)attached.post.id));
	page_href(req->page, page_element(req->page->root, "media-library"), "href", media_library_path(req, 0));
	add_fetch(req, &attached.fetch);
	return add_form(req, &attached);
}

/* --- reading the form ------------------------------------------------------------------------ */

static bool
fits(const struct media_slot *slot, const struct media *media)
{
	for (size_t i = 0; i < 2 && slot->types[i] != NULL; i++)
		if (str_starts(media->type, slot->types[i]))
			return true;
	return false;
}

/* Stores the uploaded files, one per slot. A problem with one is reported at its field. */
static enum status
take_files(struct request *req, struct media *ret_files)
{
	enum status result = OK;
	int64_t beside = 0;

	for (int slot = 0; slot < SLOTS; slot++) {
		const struct upload *upload = media_library_sent(req, slots[slot].file_field);
		const char *problem = NULL;
		enum status status = upload == NULL ? OK : media_library_take(req, upload, beside, &ret_files[slot], &problem);
		if (status == INVALID)
			result = form_wrong(req, slots[slot].file_field, problem);
		else
			TRY(status);
		beside += ret_files[slot].bytes;
		if (ret_files[slot].type != NULL && !fits(&slots[slot], &ret_files[slot])) {
			result = form_wrong(req, slots[slot].file_field, lang_text(slots[slot].wrong));
			ret_files[slot].type = NULL;
		}
		if (ret_files[slot].type != NULL)
			field_replace(req->fields, slots[slot].field, sent_with_form);
	}
	return result;
}

/*
 * The file that the form chooses for a slot: the uploaded one, one of the media library, the current one, or none
 * (id and bytes 0).
 */
static enum status
take_slot(struct request *req, const struct attached *attached, int number, const struct media *sent, struct media *ret_media)
{
	const struct media_slot *slot = &slots[number];
	const char *chosen = request_field(req, slot->field);
	struct media media = { 0 };
	enum status status = OK;
	long long id = 0;

	if (str_equal(chosen, sent_with_form)) {
		media = *sent;
	} else if (!str_empty(chosen)) {
		if (!str_to_integer(chosen, &id))
			return form_wrong(req, slot->field, _("This file isn't in your media library."));
		/* The current file stays valid even if it is not in this user's library, since an editor may have chosen it. */
		status = id == current(attached, number) ? media_by_id(req->db, req->arena, id, &media)
			: media_library_get(req->db, req->arena, req->viewer.user, id, &media);
		if (status == NOT_FOUND)
			return form_wrong(req, slot->field, _("This file isn't in your media library."));
	}
	TRY(status);
	if (media.type != NULL && !fits(slot, &media))
		return form_wrong(req, slot->field, lang_text(slot->wrong));
	*ret_media = media;
	return OK;
}

static enum status
take_chapters(struct request *req, const char **ret_chapters)
{
	const char *text = request_field(req, "chapters");
	struct chapter *chapters;
	size_t count;
	int line;

	*ret_chapters = text == NULL ? "" : text;
	if (chapters_read(req->arena, *ret_chapters, &chapters, &count, &line) == OK)
		return OK;
	return form_wrong(req, "chapters", arena_printf(req->arena,
		_("Line %d is not a chapter. Enter a time later than the one before, then a title, such as 12:34 Questions from readers."), line));
}

/* Whether the form uploads or chooses a different recording. */
static bool
is_another(const struct media *recording, const struct attached *attached)
{
	return recording->type != NULL && (recording->id == 0 || recording->id != attached->post.enclosure_id);
}

/* The URL to fetch the recording from, or "" when the form contains none. */
static enum status
take_address(struct request *req, const struct media *recording, const struct attached *attached, const char **ret_address)
{
	const char *address = request_field(req, "recording_address");

	*ret_address = address = address == NULL ? "" : str_trim(req->arena, address);
	if (*address == '\0')
		return OK;
	/* A file was chosen while the previous URL was still being fetched: the file replaces it. */
	if (is_another(recording, attached) && str_equal(address, awaited(attached)))
		*ret_address = "";
	else if (!fetch_job_is_address(address))
		return form_wrong(req, "recording_address", _("Enter a full URL that starts with https:// or http://."));
	else if (is_another(recording, attached))
		return form_wrong(req, "recording_address", _("Choose a file or enter a URL, not both."));
	return OK;
}

/* Saves the URL to be fetched. Without one, a running fetch is cancelled, so that it cannot replace the chosen file. */
static enum status
save_fetch(struct request *req, const struct attached *attached, const char *address)
{
	const struct fetch_job fetch = { .post_id = attached->post.id, .user_id = req->viewer.user->id, .address = address, .requested = req->viewer.now };

	if (*address == '\0')
		return fetch_job_forget(req->db, attached->post.id);
	return str_equal(address, awaited(attached)) ? OK : fetch_job_ask(req->db, &fetch);
}

static enum status
save_all(struct request *req, struct post_save *save, struct recording *recording, struct media *files)
{
	int64_t id;

	TRY(request_write(req, false));
	for (int slot = 0; slot < SLOTS; slot++)
		if (files[slot].type != NULL && files[slot].id == 0)
			TRY(media_library_add(req->db, req->arena, req->conf->media, req->viewer.user, &files[slot]));
	save->post.cover_id = files[COVER].id;
	save->post.enclosure_id = files[RECORDING].id;
	recording->transcript_id = files[TRANSCRIPT].id;
	TRY(recording_save(req->db, save->post.id, recording));
	return post_save(req->db, req->arena, save, &id);
}

/*
 * Browsers do not send a file again. So when the form is shown again, the uploads are already in the media library
 * and chosen.
 */
static enum status
keep_files(struct request *req, const struct attached *attached, struct media *files)
{
	for (int slot = 0; slot < SLOTS; slot++) {
		int64_t id = current(attached, slot);
		if (!str_equal(request_field(req, slots[slot].field), sent_with_form))
			continue;
		if (files[slot].type != NULL) {
			TRY(media_library_save(req, &files[slot], 1));
			id = files[slot].id;
		}
		field_replace(req->fields, slots[slot].field, id == 0 ? "" : arena_printf(req->arena, "%lld", (long long)id));
	}
	return OK;
}

static enum status
take_all(struct request *req, const struct attached *attached, const struct media *sent)
{
	const char *address, *problem = NULL, *alt;
	struct post_save save;
	struct media files[SLOTS];
	struct recording recording;
	enum status status;

	TRY(form_merge(req, values_of(req, attached), NULL));
	for (int slot = 0; slot < SLOTS; slot++)
		TRY(take_slot(req, attached, slot, &sent[slot], &files[slot]));
	TRY(take_chapters(req, &recording.chapters));
	TRY(take_address(req, &files[RECORDING], attached, &address));
	TRY(post_resave_begin(req->db, req->arena, &attached->post, attached->markdown, &save));
	alt = request_field(req, "cover_alt");
	save.user_id = req->viewer.user->id;
	save.post.kind = post_resave_kind(&attached->post, files[RECORDING].type);
	save.post.cover_alt = alt == NULL ? "" : alt;
	save.post.updated = req->viewer.now;
	TRY(post_render_prepare(req->arena, req->conf, &save, NULL, &problem));
	status = save_all(req, &save, &recording, files);
	if (status == OK)
		status = save_fetch(req, attached, address);
	if (status == CONFLICT)
		(void)form_wrong(req, "", _("Not saved yet: this was changed elsewhere while your form was open. Check the form, then save again."));
	return status;
}

/* POST /write/:id/media */
enum status
take_attach(struct request *req)
{
	struct media sent[SLOTS] = { 0 };
	struct attached attached;
	enum status status;

	TRY(load(req, &attached));
	status = take_files(req, sent);
	if (status == OK)
		status = take_all(req, &attached, sent);
	if (status == INVALID || status == CONFLICT)
		TRY(keep_files(req, &attached, sent));
	TRY(status);
	return request_see(req, arena_printf(req->arena, "%s/write/%lld/media#saved", req->prefix, (long long)attached.post.id));
}
