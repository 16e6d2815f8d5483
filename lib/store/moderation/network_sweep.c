#include "store/moderation/network_sweep.h"

QUERY(has_old_network, "SELECT 1 FROM comment WHERE network <> '' AND created <= :until LIMIT 1");
QUERY(empty_old_networks,
	"UPDATE comment SET network = '' WHERE id IN"
	" (SELECT c.id FROM comment AS c WHERE c.network <> '' AND c.created <= :until ORDER BY c.created LIMIT 500)");

enum status
network_sweep_is_due(struct db *db, int64_t now, bool *ret_due)
{
	return query_exists(db, has_old_network, ret_due, BIND(INT("until", now - NETWORK_KEPT_SECONDS)));
}

enum status
network_sweep(struct db *db, int64_t now)
{
	return query_run(db, empty_old_networks, BIND(INT("until", now - NETWORK_KEPT_SECONDS)));
}
