#include "core/ip_address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* An address block: its first bytes and the length of its prefix. */
struct block {
	uint8_t bytes[12];
	int bits;
};

static const struct block blocks4[] = {
	{ { 0 }, 8 }, { { 10 }, 8 }, { { 100, 64 }, 10 }, { { 127 }, 8 }, { { 169, 254 }, 16 }, { { 172, 16 }, 12 }, { { 192, 0, 0 }, 24 },
	{ { 192, 0, 2 }, 24 }, { { 192, 88, 99 }, 24 }, { { 192, 168 }, 16 }, { { 198, 18 }, 15 }, { { 198, 51, 100 }, 24 }, { { 203, 0, 113 }, 24 },
	{ { 224 }, 3 }, /* multicast, reserved, broadcast */
};
/* Only 2000::/3 is assigned. These blocks inside it are not for hosts. */
static const struct block blocks6[] = {
	{ { 0x20, 0x01, 0x00 }, 23 }, /* protocol assignments, including Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, { { 0x3f, 0xff, 0x00 }, 20 },
};

static bool
is_in(const uint8_t *address, const struct block *block)
{
	int whole = block->bits / 8, rest = block->bits % 8;

	if (memcmp(address, block->bytes, (size_t)whole) != 0)
		return false;
	return rest == 0 || ((address[whole] ^ block->bytes[whole]) >> (8 - rest)) == 0;
}

static bool
is_in_any(const uint8_t *address, const struct block *blocks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_in(address, &blocks[i]))
			return true;
	return false;
}

static bool
is_private4(const uint8_t *address)
{
	return is_in_any(address, blocks4, sizeof(blocks4) / sizeof(blocks4[0]));
}

static bool
is_private6(const uint8_t *address)
{
	static const struct block mapped = { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 96 }, translated = { { 0x00, 0x64, 0xff, 0x9b }, 96 },
		relayed = { { 0x20, 0x02 }, 16 }, global = { { 0x20 }, 3 };

	if (is_in(address, &mapped) || is_in(address, &translated))
		return is_private4(address + 12);
	if (is_in(address, &relayed))
		return is_private4(address + 2);
	return !is_in(address, &global) || is_in_any(address, blocks6, sizeof(blocks6) / sizeof(blocks6[0]));
}

bool
ip_address_is_private(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof(four));
		return is_private4((const uint8_t *)&four.sin_addr);
	}
	if (address->sa_family == AF_INET6) {
		memcpy(&six, address, sizeof(six));
		return is_private6((const uint8_t *)&six.sin6_addr);
	}
	return true;
}
