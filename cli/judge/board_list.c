// SPDX-License-Identifier: GPL-2.0-only
/* Loads the boards of the kernel tree, for "--machine dts". */
#include "analyzer/boards/boards.h"
#include "cli/base/term.h"
#include "cli/judge/judged.h"
#include "db/error.h"

static void free_machine(void *data)
{
	machine_free(data);
}

static GPtrArray *compile(const struct common_options *common, struct query *query,
			  unsigned int *n_failed, GError **error)
{
	const char *srcarch = query_meta(query, "srcarch");
	g_autofree char *cache = g_build_filename(common->build, ".initlint", "dts", NULL);
	struct progress *progress = progress_new();
	const struct boards_options options = {
		.tree = common->tree,
		.srcarch = srcarch ? srcarch : "",
		.cache = cache,
		.jobs = g_get_num_processors(),
		.progress = progress_update,
		.data = progress,
	};
	GPtrArray *boards = boards_compile(&options, n_failed, error);

	progress_free(progress);
	return boards;
}

bool judging_load_boards(struct judging *judging, const struct common_options *common,
			 struct query *query, const char *command, GError **error)
{
	unsigned int n_failed;
	g_autoptr(GPtrArray) boards = compile(common, query, &n_failed, error);

	if (!boards)
		return false;
	judging->boards = g_ptr_array_new_with_free_func(free_machine);
	for (guint i = 0; i < boards->len; i++) {
		const struct board *board = boards->pdata[i];
		struct machine *machine = machine_load((char *[]){ board->path, NULL }, NULL);

		if (!machine) {
			n_failed++;
			continue;
		}
		machine_set_name(machine, board->name);
		machine_find_suppliers(machine, judging->models);
		g_ptr_array_add(judging->boards, machine);
	}
	if (n_failed)
		command_warn(command,
			     "%u of %u boards are left out: their device trees cannot be compiled",
			     n_failed, judging->boards->len + n_failed);
	judging->inferred.boards = judging->boards;
	judging->inferred.any_machine = true;
	return true;
}
