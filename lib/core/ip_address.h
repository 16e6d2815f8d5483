/* Tells public IP addresses from those of this machine, of local networks and of no host. */
#ifndef CORE_IP_ADDRESS_H
#define CORE_IP_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/*
 * Whether outgoing requests to an address must be refused (SSRF). True for everything that is not globally
 * reachable by the registries of RFC 6890 (IANA's special-purpose addresses), for multicast, for IPv6 addresses
 * that embed such an IPv4 address, and for anything that is neither IPv4 nor IPv6.
 */
bool ip_address_is_private(const struct sockaddr *address);

#endif
