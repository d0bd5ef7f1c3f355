#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Changes headers of a real tree one after the other, and indexes after each change. In the end,
# compares the database with a full index. Works on copies of the tree and of BUILD, which must be
# prepared and indexed. CI does not run this test.
# Usage: header_changes.sh INITLINT TREE BUILD DIRECTORY
set -u
initlint=$1
original=$(realpath "$2")
prepared=$3
work=$4
tree=$work/tree
build=$work/build
export LC_ALL=C.UTF-8

index() {
	"$initlint" index -k "$tree" -o "$build" --verbose "$@" 2>&1 |
		grep -E 'read now|nothing read|does not concern|error'
}

# own FILE: replaces the link in the copy of the tree by a copy of the file
own() {
	rm "$tree/$1" && cp "$original/$1" "$tree/$1"
}

edit() { # edit TITLE FILE SED-SCRIPT
	own "$2" && sed -i "$3" "$tree/$2"
	cmp -s "$original/$2" "$tree/$2" && echo "NOT CHANGED: $2"
	echo "== $1 ($2)"
	index
}

# Prints all facts, with names instead of ids. Prints each fact once, without its unit: it is chance
# which unit reports a function of a header first.
dump() {
	sqlite3 -readonly "$1" <<-'SQL'
	CREATE TEMP VIEW sym AS SELECT symbol.id AS id, symbol.name || '@' || ifnull(path, '') AS name
		FROM symbol LEFT JOIN file ON file.id = symbol.file;
	CREATE TEMP TABLE seen AS SELECT DISTINCT scope FROM unit_file WHERE scope IS NOT NULL;
	CREATE TEMP TABLE fun AS SELECT function.id AS id, path || ':' || line || '-' || end_line || ' ' ||
		sym.name || ' ' || is_inline || is_weak || ifnull(alias.name, '') AS name
		FROM seen JOIN scope ON scope.id = seen.scope JOIN file ON file.id = scope.file
		JOIN function ON function.scope = scope.id JOIN sym ON sym.id = function.symbol
		LEFT JOIN sym AS alias ON alias.id = function.alias;
	CREATE TEMP TABLE glo AS SELECT global.id AS id, path || ':' || line || ' ' || sym.name ||
		is_weak || is_percpu || has_initialiser || is_pointer || ifnull(record, '') AS name
		FROM seen JOIN scope ON scope.id = seen.scope JOIN file ON file.id = scope.file
		JOIN global ON global.scope = scope.id JOIN sym ON sym.id = global.symbol;
	CREATE INDEX fun_id ON fun (id);
	CREATE INDEX glo_id ON glo (id);
	CREATE TEMP TABLE s AS SELECT id, name FROM sym;
	CREATE UNIQUE INDEX s_id ON s (id);
	SELECT DISTINCT 'function', name FROM fun;
	SELECT DISTINCT 'global', name FROM glo;
	SELECT DISTINCT 'call', fun.name, seq, line, kind, s.name, field.name, number FROM call
		JOIN fun ON fun.id = function LEFT JOIN s ON s.id = symbol LEFT JOIN field ON field.id = field;
	SELECT DISTINCT 'argument', fun.name, seq, idx, kind, s.name, f.name, number, text FROM argument
		JOIN fun ON fun.id = function LEFT JOIN s ON s.id = symbol LEFT JOIN field AS f ON f.id = argument.field;
	SELECT DISTINCT 'access', fun.name, seq, line, mode, s.name, f.name, value_kind, v.name, g.name,
		value_number, value_text FROM access JOIN fun ON fun.id = function
		LEFT JOIN s ON s.id = symbol LEFT JOIN field AS f ON f.id = access.field
		LEFT JOIN s AS v ON v.id = value_symbol LEFT JOIN field AS g ON g.id = value_field;
	SELECT DISTINCT 'store', fun.name, seq, line, base_kind, b.name, base_number, f.name, value_kind,
		v.name, g.name, value_number, value_text FROM store JOIN fun ON fun.id = function
		LEFT JOIN s AS b ON b.id = base_symbol LEFT JOIN field AS f ON f.id = store.field
		LEFT JOIN s AS v ON v.id = value_symbol LEFT JOIN field AS g ON g.id = value_field;
	SELECT DISTINCT 'returns', fun.name, seq, line, kind, s.name, f.name, number, text FROM returns
		JOIN fun ON fun.id = function LEFT JOIN s ON s.id = symbol LEFT JOIN field AS f ON f.id = returns.field;
	SELECT DISTINCT 'guard', fun.name, seq, line, first_line, last_line, kind, s.name, f.name, number,
		nonzero, exit, relation, operand FROM guard JOIN fun ON fun.id = function
		LEFT JOIN s ON s.id = symbol LEFT JOIN field AS f ON f.id = guard.field;
	SELECT DISTINCT 'initialiser', glo.name, seq, line, f.name, value_kind, v.name, g.name,
		value_number, value_text FROM initialiser JOIN glo ON glo.id = global
		LEFT JOIN field AS f ON f.id = initialiser.field
		LEFT JOIN s AS v ON v.id = value_symbol LEFT JOIN field AS g ON g.id = value_field;
	SELECT 'initcall', target, seq, level, s.name, path, line, macro FROM initcall
		JOIN unit ON unit.id = unit JOIN s ON s.id = function JOIN file ON file.id = initcall.file;
	SELECT 'accept', target, seq, path, line, rule, reason, comment_line FROM accept
		JOIN unit ON unit.id = unit JOIN file ON file.id = accept.file;
	SELECT 'unit', target, path, object, rank, flags_hash, mode, n_errors, diagnostic
		FROM unit JOIN file ON file.id = source WHERE target <> '';
	SELECT 'include', target, path FROM unit_file JOIN unit ON unit.id = unit
		JOIN file ON file.id = unit_file.file WHERE target <> '';
	SELECT 'sees', target, path, fun.name FROM unit JOIN unit_file ON unit_file.unit = unit.id
		JOIN function ON function.scope = unit_file.scope JOIN fun ON fun.id = function.id
		JOIN file ON file.id = unit_file.file
		WHERE target <> '' AND mode = 'pch' AND path LIKE '%.h' AND file.id IN
			(SELECT file FROM unit_file JOIN unit ON unit.id = unit WHERE target = '');
	SQL
}

rm -rf "$work"
mkdir -p "$work"
cp -as "$original" "$tree"
cp -a "$prepared" "$build"
# The shared headers in BUILD were built from the original tree.
rm -f "$build"/.initlint/pch-*

echo "== the unchanged tree"
index
edit "a prototype added" arch/arm64/include/asm/virt.h \
	'/^void __hyp_reset_vectors/a int initlint_test_prototype(void);'
edit "a comment added" include/linux/kernel.h \
	'/^static inline void tracing_start/i /* one\n * two\n */'
edit "a comment added before functions" include/linux/list.h \
	'/^static inline void INIT_LIST_HEAD/i /* one\n * two\n */'
edit "an inline function's body changed" include/linux/reset.h \
	'/^static inline int __must_check device_reset(/,/^}/s/return /return 0 + /'
edit "a macro changed" include/linux/hdmi.h 's/^#define HDMI_IEEE_OUI.*/#define HDMI_IEEE_OUI 0x000c04/'
edit "a prototype removed" include/linux/kobject.h '/^int __must_check kobject_rename/d'
edit "a body changed that all include" include/linux/list.h \
	'/^static inline int list_is_head/,/^}/s/return /return 0 + /'
edit "a field added" include/linux/clk/tegra.h '0,/^struct .*{$/s//&\n\tint initlint_test_field;/'
dump "$build/initlint.db" | sort >"$work/incremental.txt"
echo "== everything"
index --full
dump "$build/initlint.db" | sort >"$work/full.txt"
wc -l "$work"/*.txt
if cmp -s "$work/incremental.txt" "$work/full.txt"; then
	echo "equal"
else
	diff "$work/incremental.txt" "$work/full.txt" | head -20
	echo "FAILED: the databases differ"
	exit 1
fi
