#include "task/mail/mail_message.h"

#include <string.h>

#include "core/clock.h"
#include "core/mail_encoding.h"
#include "core/str.h"

enum { BODY_LINE_MAX = 900 /* bytes; RFC 5322 allows 998 */ };

/* Lines end with CRLF (RFC 5322, section 2.3). In checked text every line ends with LF. */
static char *
with_line_ends(struct arena *arena, const char *text)
{
	struct str out = str_init(arena);

	for (; *text != '\0'; text++) {
		if (*text == '\n')
			str_add_char(&out, '\r');
		str_add_char(&out, *text);
	}
	if (!str_ends(out.bytes, "\r\n"))
		str_add(&out, "\r\n");
	return out.bytes;
}

/* True when the body can be sent without an encoding. */
static bool
fits(const char *body, bool wide)
{
	size_t line = 0;

	for (; *body != '\0'; body++) {
		line = *body == '\n' ? 0 : line + 1;
		if (line > BODY_LINE_MAX || ((unsigned char)*body >= 0x80 && !wide))
			return false;
	}
	return true;
}

static bool
is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* The display name of an address: quoted when it is ASCII (RFC 5322, section 3.2.4), else encoded. */
static const char *
display_name(struct arena *arena, const char *name, size_t used)
{
	struct str quoted = str_init(arena);
	const char *words = mail_encoded_words(arena, name, used + 2);

	if (words[0] == '=' && words[1] == '?')
		return words;
	str_add_char(&quoted, '"');
	for (; *words != '\0'; words++) {
		if (*words == '"' || *words == '\\')
			str_add_char(&quoted, '\\');
		str_add_char(&quoted, *words);
	}
	str_add_char(&quoted, '"');
	return quoted.bytes;
}

struct mail_message
mail_message_make(struct arena *arena, const struct conf *conf, const struct mail *mail, const char *site, bool wide)
{
	struct mail_message message;
	struct str out = str_init(arena);
	const char *body = with_line_ends(arena, mail->text), *encoding = is_ascii(body) ? "7bit" : "8bit";

	if (!fits(body, wide)) {
		body = mail_base64(arena, body);
		encoding = "base64";
	}
	message.id = arena_printf(arena, "%s%s", mail->message_id, strchr(conf->mail_from, '@'));
	str_printf(&out, "Date: %s\r\n", clock_rss(arena, mail->created));
	str_printf(&out, "From: %s\r\n <%s>\r\n", display_name(arena, site, strlen("From: ")), conf->mail_from);
	str_printf(&out, "To: <%s>\r\n", mail->to);
	str_printf(&out, "Message-ID: <%s>\r\n", message.id);
	str_printf(&out, "Subject: %s\r\n", mail_encoded_words(arena, mail->subject, strlen("Subject: ")));
	/* RFC 3834: automatic replies must not answer this. */
	str_add(&out, "Auto-Submitted: auto-generated\r\n");
	if (!str_empty(mail->unsubscribe))
		str_printf(&out, "List-Unsubscribe: <%s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", mail->unsubscribe);
	str_printf(&out, "Content-Language: %s\r\n", mail->lang);
	str_add(&out, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n");
	str_printf(&out, "Content-Transfer-Encoding: %s\r\n\r\n", encoding);
	str_add(&out, body);
	message.bytes = out.bytes;
	message.length = out.length;
	return message;
}
