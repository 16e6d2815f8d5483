/* Addresses that are not public on the Internet, in all spellings, and their public neighbours. */
#include "support/suite.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "core/ip_address.h"

static const struct {
	const char *address;
	bool private;
} addresses[] = {
	{ "0.0.0.0", true }, { "0.1.2.3", true }, { "1.0.0.0", false }, { "9.255.255.255", false }, { "10.0.0.0", true }, { "10.255.255.255", true },
	{ "11.0.0.0", false }, { "100.63.255.255", false }, { "100.64.0.0", true }, { "100.127.255.255", true }, { "100.128.0.0", false },
	{ "126.255.255.255", false }, { "127.0.0.1", true }, { "127.255.255.255", true }, { "128.0.0.0", false }, { "169.253.255.255", false },
	{ "169.254.169.254", true }, { "169.255.0.0", false }, { "172.15.255.255", false }, { "172.16.0.0", true }, { "172.31.255.255", true },
	{ "172.32.0.0", false }, { "192.0.0.8", true }, { "192.0.1.0", false }, { "192.0.2.1", true }, { "192.167.255.255", false }, { "192.168.0.1", true },
	{ "192.169.0.0", false }, { "198.17.255.255", false }, { "198.18.0.0", true }, { "198.19.255.255", true }, { "198.20.0.0", false },
	{ "198.51.100.7", true }, { "203.0.113.7", true }, { "203.0.114.0", false }, { "223.255.255.255", false }, { "224.0.0.1", true },
	{ "239.255.255.250", true }, { "240.0.0.1", true }, { "255.255.255.255", true }, { "93.184.216.34", false },
	{ "::", true }, { "::1", true }, { "::7f00:1", true }, { "::ffff:127.0.0.1", true }, { "::ffff:93.184.216.34", false }, { "64:ff9b::7f00:1", true },
	{ "64:ff9b::5db8:d822", false }, { "64:ff9b:1::1", true }, { "100::1", true }, { "2001::1", true }, { "2001:1ff:ffff::1", true },
	{ "2001:200::1", false }, { "2001:db8::1", true }, { "2001:db9::1", false }, { "2002:7f00:1::1", true }, { "2002:c0a8:101::1", true },
	{ "2002:5db8:d822::1", false }, { "2a00:1450::1", false }, { "3fff::1", true }, { "3fff:1000::1", false }, { "4000::1", true }, { "fc00::1", true },
	{ "fd12:3456::1", true }, { "fe80::1", true }, { "fec0::1", true }, { "ff02::1", true }, { "1fff:ffff::1", true },
};

START_TEST(each_address_is_private_or_public_as_listed)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
	const struct sockaddr *address = (const struct sockaddr *)&four;

	if (inet_pton(AF_INET, addresses[_i].address, &four.sin_addr) != 1) {
		ck_assert_int_eq(inet_pton(AF_INET6, addresses[_i].address, &six.sin6_addr), 1);
		address = (const struct sockaddr *)&six;
	}
	ck_assert_msg(ip_address_is_private(address) == addresses[_i].private, "%s", addresses[_i].address);
}
END_TEST

START_TEST(an_address_of_another_family_is_private)
{
	const struct sockaddr local = { .sa_family = AF_UNIX };

	ck_assert(ip_address_is_private(&local));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ip_address");
	TCase *cases = tcase_create("ip_address");

	tcase_add_loop_test(cases, each_address_is_private_or_public_as_listed, 0, sizeof(addresses) / sizeof(*addresses));
	tcase_add_test(cases, an_address_of_another_family_is_private);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
