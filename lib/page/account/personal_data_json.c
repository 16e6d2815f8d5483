#include "page/account/personal_data_json.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "core/clock.h"
#include "store/account/personal_data.h"

static json_t *
value_of(struct arena *arena, const struct personal_data_record *record, const struct column *column)
{
	const char *member = (const char *)record + column->offset;

	if (column->type == VALUE_INTEGER) {
		int64_t number = *(const int64_t *)(const void *)member;
		if (!personal_data_is_time(column))
			return json_integer(number);
		return number == 0 ? json_null() : json_string(clock_rfc3339(arena, number));
	}
	/* Only a damaged database holds text that is not UTF-8. */
	json_t *text = json_string(*(const char *const *)(const void *)member);
	return text != NULL ? text : json_null();
}

static json_t *
object_of(struct arena *arena, const struct personal_data_record *record, const struct column *columns)
{
	json_t *object = json_object();

	for (; columns->name != NULL; columns++)
		if (json_object_set_new(object, columns->name, value_of(arena, record, columns)) != 0)
			abort(); /* out of memory */
	return object;
}

static enum status
add_table(struct db *db, struct arena *arena, const struct user *user, const struct personal_data_table *table, json_t *all, json_t *more)
{
	struct personal_data_record *records;
	size_t count;
	bool has_more;
	json_t *rows;

	TRY(personal_data_list(db, arena, table, user, &records, &count, &has_more));
	rows = json_array();
	for (size_t i = 0; i < count; i++)
		if (json_array_append_new(rows, object_of(arena, &records[i], table->columns)) != 0)
			abort();
	if (json_object_set_new(all, personal_data_name(table), rows) != 0 || (has_more && json_array_append_new(more, json_string(personal_data_name(table))) != 0))
		abort();
	return OK;
}

enum status
personal_data_json_write(struct db *db, struct arena *arena, const struct user *user, char **ret_bytes, size_t *ret_length)
{
	json_t *all = json_object(), *more = json_array();
	enum status status = OK;
	char *bytes;

	for (const struct personal_data_table *table = personal_data_tables; table->table != NULL && status == OK; table++)
		if (table->columns != NULL)
			status = add_table(db, arena, user, table, all, more);
	if (json_object_set_new(all, "more", more) != 0)
		abort();
	bytes = status == OK ? json_dumps(all, JSON_INDENT(2)) : NULL;
	json_decref(all);
	TRY(status);
	if (bytes == NULL)
		abort();
	*ret_length = strlen(bytes);
	*ret_bytes = arena_bytes(arena, bytes, *ret_length);
	free(bytes);
	return OK;
}
