#include "store/moderation/network_sweep.h"

QUERY(has_old_network, "SELECT 1 FROM comment WHERE network <> '' AND created <= :until LIMIT 1");
QUERY(empty_old_networks,
	"UPDATE comment SET network = '' WHERE id IN"
	" (SELECT c.id FROM comment AS c WHERE c.network <> '' AND c.created <= :until ORDER BY c.created LIMIT 500)");

enum status
network_sweep_is_due(struct db *db, int64_t now, bool *ret_due)
{
	int64_t one;
	enum status status = query_integer(db, has_old_network, &one, BIND(INT("until", now - NETWORK_KEPT_SECONDS)));

	if (status != NOT_FOUND)
		TRY(status);
	*ret_due = status == OK;
	return OK;
}

enum status
network_sweep(struct db *db, int64_t now)
{
	return query_run(db, empty_old_networks, BIND(INT("until", now - NETWORK_KEPT_SECONDS)));
}
