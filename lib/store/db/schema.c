#include "store/db/schema.h"

static const char *const migrations[] = {
#include "store/migrations.h"
};

int
schema_version(void)
{
	return (int)(sizeof(migrations) / sizeof(*migrations));
}

const char *
schema_migration(int number)
{
	return migrations[number - 1];
}
