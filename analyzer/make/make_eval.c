// SPDX-License-Identifier: GPL-2.0-only
/* Executes the statements of Makefiles. */
#include "analyzer/make/make_internal.h"

static void assign_symbol(struct make *make, const struct make_stmt *stmt,
			  struct make_symbol *symbol)
{
	struct make_assigned done = { .symbol = symbol, .stmt = stmt, .includes = make->includes };
	const struct make_assign *assign = &stmt->assign;

	make_assign(make, assign, symbol, stmt->place, &done);
	if (assign->is_export || assign->is_unexport) {
		symbol->export_generation = make->generation;
		symbol->exported = assign->is_export;
	}
	if (stmt->file && stmt->file->recorded && make->hooks.assigned && !make->error)
		make->hooks.assigned(make->hooks.data, &done);
}

static struct make_symbol *assigned_symbol(struct make *make, const struct make_assign *assign)
{
	struct make_symbol *symbol = assign->symbol;
	struct buf *name;
	struct word word;

	if (symbol)
		return symbol;
	name = make_buf(make);
	make_expand(make, assign->name, name);
	word = strip(name->data, name->len);
	if (!word.len)
		make_fail(make, "empty variable name");
	symbol = make_symbol(make, word.len ? word.text : "", word.len);
	make_buf_done(make, name);
	return symbol;
}

static void eval_export(struct make *make, const struct make_stmt *stmt)
{
	struct buf *names = make_buf(make);
	bool any = false;
	const char *p;
	struct word word;

	make_expand(make, stmt->text, names);
	p = names->data;
	while (next_word(&p, names->data + names->len, &word)) {
		struct make_symbol *symbol = make_symbol(make, word.text, word.len);

		symbol->export_generation = make->generation;
		symbol->exported = stmt->kind == STMT_EXPORT;
		any = true;
	}
	if (!any)
		make->export_all = stmt->kind == STMT_EXPORT;
	make_buf_done(make, names);
}

static void include_file(struct make *make, const struct make_stmt *stmt, struct word name)
{
	g_autofree char *path = make_path(make, name.text, name.len);
	struct make_include include = { stmt, make->includes }, *kept;
	struct make_place where = make->where;

	if (make->hooks.include && make->hooks.include(make->hooks.data, stmt->text->raw, path))
		return;
	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		if (stmt->optional)
			return;
		if (*name.text != '/' && make->include_dir) {
			g_free(path);
			path = g_strdup_printf("%s/%.*s", make->include_dir, (int)name.len,
					       name.text);
		}
	}
	kept = arena_new0(make->scratch, struct make_include);
	*kept = include;
	make->includes = kept;
	make_read(make, path);
	make->includes = include.parent;
	make->where = where;
}

static void eval_include(struct make *make, const struct make_stmt *stmt)
{
	struct buf *names = make_buf(make);
	const char *p;
	struct word word;

	if (make->hooks.include && make->hooks.include(make->hooks.data, stmt->text->raw, NULL)) {
		make_buf_done(make, names);
		return;
	}
	make_expand(make, stmt->text, names);
	make->include_taint = taints_union(make->taints, make->include_taint, names->taint);
	p = names->data;
	while (!make->error && next_word(&p, names->data + names->len, &word))
		include_file(make, stmt, word);
	make_buf_done(make, names);
}

static void taint_branch(struct make *make, const struct make_stmt *stmts, unsigned int taint);

static void taint_include(struct make *make, const struct make_stmt *stmt, unsigned int taint)
{
	struct buf *names = make_buf(make);
	const char *p;
	struct word word;

	make_expand(make, stmt->text, names);
	p = names->data;
	while (next_word(&p, names->data + names->len, &word)) {
		g_autofree char *path = make_path(make, word.text, word.len);
		struct make_file *file =
			g_file_test(path, G_FILE_TEST_EXISTS) ? make_load_file(make, path) : NULL;

		if (!file || file->reading) {
			make->include_taint =
				taints_union(make->taints, make->include_taint, taint);
			continue;
		}
		file->reading = true;
		taint_branch(make, file->stmts, taint);
		file->reading = false;
	}
	make_buf_done(make, names);
}

/*
 * @stmts is the branch of a conditional that the evaluator has skipped. The condition depends on
 * the unexecuted commands in @taint, so make may take this branch. Therefore taint_branch() adds
 * @taint to all variables that the branch sets.
 */
static void taint_branch(struct make *make, const struct make_stmt *stmts, unsigned int taint)
{
	for (const struct make_stmt *stmt = stmts; stmt && !make->error; stmt = stmt->next) {
		if (stmt->kind == STMT_COND) {
			taint_branch(make, stmt->then_branch, taint);
			taint_branch(make, stmt->else_branch, taint);
		} else if (stmt->kind == STMT_INCLUDE) {
			taint_include(make, stmt, taint);
		} else if (stmt->kind == STMT_ASSIGN) {
			struct make_var *var =
				make_own_var(make, assigned_symbol(make, &stmt->assign));

			var->taint = taints_union(make->taints, var->taint, taint);
		}
	}
}

static bool test_cond(struct make *make, const struct make_stmt *stmt, unsigned int *taint)
{
	struct buf *left = make_buf(make), *right = make_buf(make);
	bool yes;

	make_expand(make, stmt->left, left);
	if (stmt->cond == COND_IFEQ || stmt->cond == COND_IFNEQ) {
		make_expand(make, stmt->right, right);
		yes = left->len == right->len &&
		      (!left->len || memcmp(left->data, right->data, left->len) == 0);
		yes ^= stmt->cond == COND_IFNEQ;
	} else {
		struct word name = strip(left->data, left->len);
		struct make_symbol *symbol = make_symbol_find(make, name.text, name.len);
		struct make_var *var = symbol ? make_lookup(make, symbol) : NULL;

		yes = (var && var->len) ^ (stmt->cond == COND_IFNDEF);
		if (symbol && symbol->generation == make->generation && symbol->current)
			left->taint =
				taints_union(make->taints, left->taint, symbol->current->taint);
	}
	*taint = taints_union(make->taints, left->taint, right->taint);
	make_buf_done(make, left);
	make_buf_done(make, right);
	return yes;
}

static void eval_cond(struct make *make, const struct make_stmt *stmt)
{
	unsigned int taint, outer = make->guard_taint;
	bool yes = test_cond(make, stmt, &taint);

	make->guard_taint = taints_union(make->taints, outer, taint);
	make_eval_stmts(make, yes ? stmt->then_branch : stmt->else_branch);
	make->guard_taint = outer;
	if (taint)
		taint_branch(make, yes ? stmt->else_branch : stmt->then_branch, taint);
}

static struct word keep_buf(struct make *make, const struct buf *buf)
{
	return (struct word){ make_keep(make, buf->data, buf->len), buf->len };
}

/*
 * Adds the rule "@targets: @rest", and returns the rule. @targets and @rest are expanded. @rest is
 * "prerequisites" or "pattern: prerequisites".
 */
static struct make_rule *add_rule(struct make *make, struct word targets, struct word rest,
				  bool has_recipe)
{
	struct make_rule *rule = arena_new0(make->scratch, struct make_rule);
	const char *colon = memchr(rest.text, ':', rest.len);

	if (targets.len && targets.text[targets.len - 1] == '&')
		targets.len--;
	rule->targets = targets;
	rule->prerequisites = rest;
	rule->place = make->where;
	rule->has_recipe = has_recipe;
	if (colon && memchr(rest.text, '%', (size_t)(colon - rest.text))) {
		rule->pattern = strip(rest.text, (size_t)(colon - rest.text));
		rule->prerequisites.text = colon + 1;
		rule->prerequisites.len = rest.len - (size_t)(colon + 1 - rest.text);
	}
	make_rules_add(make->rules, rule);
	return rule;
}

static struct make_rule *eval_rule(struct make *make, const struct make_stmt *stmt)
{
	struct buf *targets = make_buf(make), *rest = make_buf(make);
	struct make_rule *rule = NULL;

	make_expand(make, stmt->text, targets);
	make_expand(make, stmt->rest, rest);
	/*
	 * If the expanded targets are empty, make ignores the rule and its recipe. Then @rule is
	 * not added to make->rules, but is returned: the recipe lines that follow belong to @rule.
	 */
	rule = arena_new0(make->scratch, struct make_rule);
	if (!make->error && strip(targets->data, targets->len).len)
		rule = add_rule(make, keep_buf(make, targets), keep_buf(make, rest),
				stmt->has_recipe);
	make_buf_done(make, targets);
	make_buf_done(make, rest);
	return rule;
}

static void eval_target(struct make *make, const struct make_stmt *stmt)
{
	struct buf *targets = make_buf(make);

	make_expand(make, stmt->text, targets);
	make_rules_add_variable(make->rules, keep_buf(make, targets), &stmt->assign, stmt->place);
	make_buf_done(make, targets);
}

/*
 * Evaluates the STMT_TEXT @stmt: a line that has no colon before expansion. Returns a new rule if
 * the expanded line has a colon, otherwise NULL.
 */
static struct make_rule *eval_text_stmt(struct make *make, const struct make_stmt *stmt)
{
	struct buf *text = make_buf(make);
	struct make_rule *rule = NULL;
	struct word line;
	const char *colon;

	make_expand(make, stmt->text, text);
	line = strip(text->data, text->len);
	make->where = stmt->place;
	if (line.len && !make->error) {
		line.text = make_keep(make, line.text, line.len);
		colon = memchr(line.text, ':', line.len);
		if (colon) {
			size_t head = (size_t)(colon - line.text);
			struct word rest = { colon + 1, line.len - head - 1 };

			if (rest.len && *rest.text == ':')
				rest.text++, rest.len--;
			rule = add_rule(make, (struct word){ line.text, head }, rest, false);
		} else {
			make_fail(make,
				  "missing separator: \"%.*s\" is neither an assignment, a "
				  "rule nor a directive",
				  (int)MIN(line.len, 60), line.text);
		}
	}
	make_buf_done(make, text);
	return rule;
}

/*
 * Evaluates a line that starts with a tab. If the line belongs to the recipe of a rule, @open is
 * this rule. If @open is NULL, the line is evaluated like a line without a tab.
 */
static void eval_recipe(struct make *make, const struct make_stmt *stmt, struct make_rule *open)
{
	struct word line;

	if (open) {
		open->has_recipe = true;
		return;
	}
	line = make_clean_line(make->scratch, stmt->assign.raw);
	if (!strip(line.text, line.len).len)
		return;
	make_eval_text(make, line.text, line.len, stmt->place);
}

void make_eval_stmts(struct make *make, const struct make_stmt *stmts)
{
	for (const struct make_stmt *stmt = stmts; stmt && !make->error; stmt = stmt->next) {
		struct make_rule **open = make_rules_open(make->rules);

		make->where = stmt->place;
		make->stmt = stmt;
		switch (stmt->kind) {
		case STMT_ASSIGN:
			*open = NULL;
			assign_symbol(make, stmt, assigned_symbol(make, &stmt->assign));
			break;
		case STMT_EXPORT:
		case STMT_UNEXPORT:
			*open = NULL;
			eval_export(make, stmt);
			break;
		case STMT_INCLUDE:
			*open = NULL;
			eval_include(make, stmt);
			*open = NULL;
			break;
		case STMT_COND:
			eval_cond(make, stmt);
			break;
		case STMT_VPATH:
			*open = NULL;
			if (make->hooks.message)
				make->hooks.message(make->hooks.data, stmt->place,
						    "vpath is not followed");
			break;
		case STMT_RULE:
			*open = eval_rule(make, stmt);
			break;
		case STMT_TARGET:
			*open = NULL;
			eval_target(make, stmt);
			break;
		case STMT_TEXT:
			*open = NULL;
			*open = eval_text_stmt(make, stmt);
			break;
		case STMT_RECIPE:
			eval_recipe(make, stmt, *open);
			break;
		}
	}
}

/*
 * Sets the place of all statements in @stmts to @place. The statements come from the text of an
 * $(eval), and @place is the place of the $(eval).
 */
static void set_place(struct make_stmt *stmts, const struct make_place *place)
{
	for (struct make_stmt *stmt = stmts; stmt; stmt = stmt->next) {
		stmt->place = *place;
		set_place(stmt->then_branch, place);
		set_place(stmt->else_branch, place);
	}
}

void make_eval_text(struct make *make, const char *text, size_t len, struct make_place place)
{
	struct make_place where = make->where;
	const struct make_stmt *outer = make->stmt;
	struct make_stmt *stmts =
		make_parse(make, make->scratch, outer ? outer->file : NULL, text, len, place);

	if (outer)
		set_place(stmts, &place);
	for (struct make_stmt *stmt = stmts; outer && stmt; stmt = stmt->next)
		stmt->guard = outer->guard;
	make_eval_stmts(make, stmts);
	make->stmt = outer;
	make->where = where;
}
