/* A square of black and white that a telephone's camera reads (ISO/IEC 18004), through libqrencode. */
#ifndef PAGE_ACCOUNT_QR_CODE_H
#define PAGE_ACCOUNT_QR_CODE_H

#include "core/status.h"
#include "page/doc/doc.h"

/*
 * Adds <qr size="37" path="M4 4h7v1h-7z…"/>: the outline of the black squares in a field that is size wide and high, with the white border
 * that the standard asks for, as the path of an SVG. INVALID when the text is too long for one.
 */
enum status qr_code_add(struct page *page, xmlNodePtr parent, const char *text);

#endif
