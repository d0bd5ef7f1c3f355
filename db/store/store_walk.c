// SPDX-License-Identifier: GPL-2.0-only
/* Stores objects, the Makefile lines that add objects, $(shell)s, and the .config. */
#include "db/store/store_internal.h"

static const char *const kinds[] = {
	[OBJECT_BUILTIN] = "builtin",
	[OBJECT_LIB] = "lib",
	[OBJECT_LIB_DEMAND] = "lib-demand",
	[OBJECT_MODULE] = "module",
};

/*
 * Returns the id of @place, a Makefile line that adds an object or a directory. Stores @place
 * unless an equal place is stored already. Returns 0 on error, and if @place is NULL. Pointers in a
 * fact are valid only during one callback. So equal places are recognised by content, not by
 * address.
 */
static int64_t store_place(struct store *store, const struct place_fact *place, GError **error)
{
	g_autofree char *key = NULL;
	int64_t parent = 0;
	int64_t id;

	if (!place)
		return 0;
	if (place->parent) {
		parent = store_place(store, place->parent, error);
		if (!parent)
			return 0;
	}
	key = g_strdup_printf("%" G_GINT64_FORMAT "\n%s\n%s\n%u\n%s\n%u", parent, place->item,
			      place->makefile ? place->makefile : "", place->line,
			      place->condition ? place->condition : "", place->rank);
	id = GPOINTER_TO_SIZE(g_hash_table_lookup(store->places, key));
	if (id)
		return id;
	id = store_insert(store, STMT_PLACE_ADD, error, "nttiti", parent, place->item,
			  place->makefile, (int64_t)place->line, place->condition,
			  (int64_t)place->rank);
	if (id)
		g_hash_table_insert(store->places, g_steal_pointer(&key), GSIZE_TO_POINTER(id));
	return id;
}

bool store_begin_objects(struct store *store, GError **error)
{
	g_hash_table_remove_all(store->places);
	return sql_exec(
		store->db,
		"DELETE FROM object; DELETE FROM place; DELETE FROM shell; DELETE FROM config",
		store->new_path, error);
}

bool store_set_config(struct store *store, const char *symbol, const char *value, GError **error)
{
	return store_run(store, STMT_CONFIG, error, "tt", symbol, value);
}

bool store_object(struct store *store, const struct object_fact *object, GError **error)
{
	int64_t place = store_place(store, object->place, error);

	if (object->place && !place)
		return false;
	return store_run(store, STMT_OBJECT_ADD, error, "ttitn", object->path, kinds[object->kind],
			 (int64_t)object->position, object->modname, place);
}

bool store_shell(struct store *store, const struct shell_fact *shell, GError **error)
{
	return store_run(store, STMT_SHELL_ADD, error, "titi", shell->makefile,
			 (int64_t)shell->line, shell->command, (int64_t)shell->matters);
}
