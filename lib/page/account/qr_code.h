/* QR codes (ISO/IEC 18004), made with libqrencode. */
#ifndef PAGE_ACCOUNT_QR_CODE_H
#define PAGE_ACCOUNT_QR_CODE_H

#include "core/status.h"
#include "page/doc/doc.h"

/*
 * Adds <qr size="37" path="M4 4h7v1h-7z…"/>. path is an SVG path with the outline of the dark modules. The image is
 * size units wide and high, including the quiet zone that the standard requires. INVALID when the text is too long for
 * a QR code.
 */
enum status qr_code_add(struct page *page, xmlNodePtr parent, const char *text);

#endif
