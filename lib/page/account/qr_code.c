#include "page/account/qr_code.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>

#include "core/str.h"

enum { BORDER = 4 };

/* Each run of dark modules becomes one rectangle. */
static const char *
outline(struct arena *arena, const QRcode *code)
{
	struct str path = str_init(arena);

	for (int y = 0; y < code->width; y++)
		for (int x = 0, length; x < code->width; x += length) {
			const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
			for (length = 1; x + length < code->width && (row[x + length] & 1) == (row[x] & 1);)
				length++;
			if ((row[x] & 1) != 0)
				str_printf(&path, "M%d %dh%dv1h-%dz", x + BORDER, y + BORDER, length, length);
		}
	return path.bytes;
}

enum status
qr_code_add(struct page *page, xmlNodePtr parent, const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	xmlNodePtr element;

	if (code == NULL) {
		if (errno == ENOMEM)
			abort();
		return INVALID;
	}
	element = page_element(parent, "qr");
	page_attr_int(element, "size", code->width + 2 * (int64_t)BORDER);
	page_attr(element, "path", outline(page->arena, code));
	QRcode_free(code);
	return OK;
}
