/* Which addresses are nobody's on the Internet: of this machine, of its own network, or of no host at all. */
#ifndef CORE_IP_ADDRESS_H
#define CORE_IP_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/*
 * Whether an address is one that a program must not be talked into asking: everything that the registries of RFC 6890 (IANA's
 * special-purpose addresses) do not call globally reachable, multicast, and IPv4 addresses of that kind inside of IPv6 ones. What is
 * neither IPv4 nor IPv6 is private too.
 */
bool ip_address_is_private(const struct sockaddr *address);

#endif
