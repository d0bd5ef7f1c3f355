-- SPDX-License-Identifier: GPL-2.0-only
-- The database of one kernel tree in one configuration; docs/schema.md explains it.
--
-- Numeric ids are never reused. The statements after the line "-- Indexes" run at the end of a
-- full index.

PRAGMA application_id = 0x496e4c74; -- "InLt"
PRAGMA user_version = 12;

CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The symbols of the .config that are set.
CREATE TABLE config (
	symbol TEXT PRIMARY KEY,
	value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The names of the levels, in execution order.
CREATE TABLE level (
	id    INTEGER PRIMARY KEY,
	name  TEXT NOT NULL,
	macro TEXT NOT NULL
) STRICT;

-- The names of the numbers in the columns kind, mode, exit and relation. initlint itself does not
-- read these tables; users of sqlite3 do.
CREATE TABLE value_kind (
	id   INTEGER PRIMARY KEY,
	name TEXT NOT NULL
) STRICT;

CREATE TABLE access_mode (
	id   INTEGER PRIMARY KEY,
	name TEXT NOT NULL
) STRICT;

CREATE TABLE guard_exit (
	id   INTEGER PRIMARY KEY,
	name TEXT NOT NULL
) STRICT;

CREATE TABLE relation (
	id   INTEGER PRIMARY KEY,
	name TEXT NOT NULL
) STRICT;

-- A source file or header. changed_ns: the later one of st_mtime and st_ctime, in
-- nanoseconds since 1970. hash: the hash of the content that the facts come from; NULL: not known
-- for certain; '': the file did not exist.
CREATE TABLE file (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	path       TEXT NOT NULL UNIQUE,
	hash       TEXT,
	size       INTEGER,
	changed_ns INTEGER
) STRICT;

-- The text of a header, for comparison with a later version: its content without comments,
-- compressed with deflate. hash: the hash of that content.
CREATE TABLE file_text (
	file INTEGER PRIMARY KEY REFERENCES file,
	hash TEXT NOT NULL,
	text BLOB NOT NULL
) STRICT;

-- A macro of a header that stands for a symbol with a longer name, target: mutex_init for
-- __mutex_init.
CREATE TABLE macro (
	file   INTEGER NOT NULL REFERENCES file,
	name   TEXT NOT NULL,
	target TEXT NOT NULL,
	PRIMARY KEY (file, name, target)
) STRICT, WITHOUT ROWID;

-- A line of a Makefile that adds item to the list of parent.
CREATE TABLE place (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	parent    INTEGER REFERENCES place,
	item      TEXT NOT NULL,
	makefile  TEXT,
	line      INTEGER NOT NULL,
	condition TEXT,
	rank      INTEGER NOT NULL
) STRICT;

CREATE TABLE object (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	path     TEXT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('builtin', 'lib', 'lib-demand', 'module')),
	position INTEGER CHECK ((position IS NULL) = (kind = 'module')),
	modname  TEXT NOT NULL,
	place    INTEGER REFERENCES place
) STRICT;

-- A $(shell) that the evaluation of a Makefile reached. Its command was not run.
CREATE TABLE shell (
	id       INTEGER PRIMARY KEY,
	makefile TEXT NOT NULL,
	line     INTEGER NOT NULL,
	command  TEXT NOT NULL,
	matters  INTEGER NOT NULL CHECK (matters IN (0, 1))
) STRICT;

-- One compilation. object: a path; NULL for the shared header. The column has no id, because each
-- index stores all objects again, but keeps units. rank: the order among the units of an object.
CREATE TABLE unit (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	object     TEXT,
	target     TEXT NOT NULL,
	source     INTEGER NOT NULL REFERENCES file,
	rank       INTEGER NOT NULL DEFAULT 0,
	flags_hash TEXT NOT NULL,
	mode       TEXT NOT NULL CHECK (mode IN ('pch', 'shim', 'minimal', 'failed', 'rust')),
	n_errors   INTEGER NOT NULL,
	diagnostic TEXT,
	cpu_us     INTEGER NOT NULL,
	UNIQUE (target, source)
) STRICT;

-- One version of the definitions in a file. Units that read the same functions with the same facts
-- in the file share a scope.
CREATE TABLE scope (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	file   INTEGER NOT NULL REFERENCES file,
	digest INTEGER NOT NULL,
	UNIQUE (file, digest)
) STRICT;

-- A file that a unit consists of: its source, or a file that it includes. scope: the version of
-- the file's definitions that the unit read; NULL: none.
CREATE TABLE unit_file (
	unit  INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
	file  INTEGER NOT NULL REFERENCES file,
	scope INTEGER REFERENCES scope,
	PRIMARY KEY (unit, file)
) STRICT, WITHOUT ROWID;

-- A function or variable, as the linker knows it. file: the file that defines a static symbol;
-- NULL for an external symbol.
CREATE TABLE symbol (
	id   INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	file INTEGER REFERENCES file
) STRICT;

-- A member of a record, "record.member", or an element of an array, "[3]", "[#1]" or "[]"; struct
-- value in db/facts.h describes these forms.
CREATE TABLE field (
	id   INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE function (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	scope     INTEGER NOT NULL REFERENCES scope ON DELETE CASCADE,
	symbol    INTEGER NOT NULL REFERENCES symbol,
	line      INTEGER NOT NULL,
	end_line  INTEGER NOT NULL,
	is_inline  INTEGER NOT NULL CHECK (is_inline IN (0, 1)),
	is_weak   INTEGER NOT NULL CHECK (is_weak IN (0, 1)),
	alias     INTEGER REFERENCES symbol,
	type       TEXT, -- "void *(size_t, gfp_t)"
	attributes TEXT  -- "cold section=.init.text"
) STRICT;

-- The definition of a variable.
CREATE TABLE global (
	id              INTEGER PRIMARY KEY AUTOINCREMENT,
	scope           INTEGER NOT NULL REFERENCES scope ON DELETE CASCADE,
	symbol          INTEGER NOT NULL REFERENCES symbol,
	line            INTEGER NOT NULL,
	is_weak         INTEGER NOT NULL CHECK (is_weak IN (0, 1)),
	is_percpu       INTEGER NOT NULL CHECK (is_percpu IN (0, 1)),
	has_initialiser INTEGER NOT NULL CHECK (has_initialiser IN (0, 1)),
	is_pointer      INTEGER NOT NULL CHECK (is_pointer IN (0, 1)),
	record          TEXT
) STRICT;

-- This table and the next ones hold the facts of function bodies, in source order (seq). A value
-- takes the columns kind, symbol, field, number and text. Where a row has two values, the names of
-- their columns begin with base_ and value_. These tables are large. Therefore they have no index
-- except their key. They have no CHECK constraint: "PRAGMA quick_check", which runs before each
-- update, would evaluate it for every row.
CREATE TABLE call (
	function INTEGER NOT NULL REFERENCES function ON DELETE CASCADE,
	seq      INTEGER NOT NULL,
	line     INTEGER NOT NULL,
	kind     INTEGER NOT NULL,
	symbol   INTEGER REFERENCES symbol,
	field    INTEGER REFERENCES field,
	number   INTEGER NOT NULL,
	in_loop  INTEGER NOT NULL,
	PRIMARY KEY (function, seq)
) STRICT, WITHOUT ROWID;

-- An argument of the call seq of the function. idx counts from 0.
CREATE TABLE argument (
	function INTEGER NOT NULL,
	seq      INTEGER NOT NULL,
	idx      INTEGER NOT NULL,
	kind     INTEGER NOT NULL,
	symbol   INTEGER REFERENCES symbol,
	field    INTEGER REFERENCES field,
	number   INTEGER NOT NULL,
	text     TEXT,
	PRIMARY KEY (function, seq, idx),
	FOREIGN KEY (function, seq) REFERENCES call ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- An access to a variable, or to a part of a variable: symbol, field. The value is the one that a
-- write assigns.
CREATE TABLE access (
	function     INTEGER NOT NULL REFERENCES function ON DELETE CASCADE,
	seq          INTEGER NOT NULL,
	line         INTEGER NOT NULL,
	mode         INTEGER NOT NULL,
	symbol       INTEGER NOT NULL REFERENCES symbol,
	field        INTEGER REFERENCES field,
	value_kind   INTEGER NOT NULL,
	value_symbol INTEGER REFERENCES symbol,
	value_field  INTEGER REFERENCES field,
	value_number INTEGER NOT NULL,
	value_text   TEXT,
	PRIMARY KEY (function, seq)
) STRICT, WITHOUT ROWID;

-- An assignment: base.field = value.
CREATE TABLE store (
	function     INTEGER NOT NULL REFERENCES function ON DELETE CASCADE,
	seq          INTEGER NOT NULL,
	line         INTEGER NOT NULL,
	base_kind    INTEGER NOT NULL,
	base_symbol  INTEGER REFERENCES symbol,
	base_field   INTEGER REFERENCES field,
	base_number  INTEGER NOT NULL,
	field        INTEGER REFERENCES field,
	value_kind   INTEGER NOT NULL,
	value_symbol INTEGER REFERENCES symbol,
	value_field  INTEGER REFERENCES field,
	value_number INTEGER NOT NULL,
	value_text   TEXT,
	PRIMARY KEY (function, seq)
) STRICT, WITHOUT ROWID;

-- An assignment by a static initialiser: global.field = value.
CREATE TABLE initialiser (
	global       INTEGER NOT NULL REFERENCES global ON DELETE CASCADE,
	seq          INTEGER NOT NULL,
	line         INTEGER NOT NULL,
	field        INTEGER REFERENCES field,
	value_kind   INTEGER NOT NULL,
	value_symbol INTEGER REFERENCES symbol,
	value_field  INTEGER REFERENCES field,
	value_number INTEGER NOT NULL,
	value_text   TEXT,
	PRIMARY KEY (global, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE returns (
	function INTEGER NOT NULL REFERENCES function ON DELETE CASCADE,
	seq      INTEGER NOT NULL,
	line     INTEGER NOT NULL,
	kind     INTEGER NOT NULL,
	symbol   INTEGER REFERENCES symbol,
	field    INTEGER REFERENCES field,
	number   INTEGER NOT NULL,
	text     TEXT,
	PRIMARY KEY (function, seq)
) STRICT, WITHOUT ROWID;

-- The lines first_line to last_line are reached only if the value is nonzero (nonzero = 1) or zero
-- (nonzero = 0). If relation is not "-", the test in the code is "value relation operand". If object
-- is not NULL, the test in the code is "value == &object.object_field". Rows of a function with the
-- same alternatives, other than 0, are the parts of one "or". The lines are reached only if one of
-- these rows is true, or if an undecidable part of the "or" is true. An undecidable part has no row.
CREATE TABLE guard (
	function   INTEGER NOT NULL REFERENCES function ON DELETE CASCADE,
	seq        INTEGER NOT NULL,
	line       INTEGER NOT NULL,
	first_line INTEGER NOT NULL,
	last_line  INTEGER NOT NULL,
	kind       INTEGER NOT NULL,
	symbol     INTEGER REFERENCES symbol,
	field      INTEGER REFERENCES field,
	number     INTEGER NOT NULL,
	nonzero    INTEGER NOT NULL,
	exit       INTEGER NOT NULL,
	relation   INTEGER NOT NULL,
	operand    INTEGER NOT NULL,
	object     INTEGER REFERENCES symbol,
	object_field INTEGER REFERENCES field,
	alternatives INTEGER NOT NULL,
	PRIMARY KEY (function, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE initcall (
	unit     INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
	seq      INTEGER NOT NULL,
	level    INTEGER NOT NULL REFERENCES level,
	function INTEGER NOT NULL REFERENCES symbol,
	file     INTEGER NOT NULL REFERENCES file,
	line     INTEGER NOT NULL,
	macro    TEXT,
	PRIMARY KEY (unit, seq)
) STRICT, WITHOUT ROWID;

-- A comment on or above the initcalls at file:line. The comment accepts the findings of rule for
-- these initcalls. rule, reason: NULL if they are missing from the comment.
CREATE TABLE accept (
	unit         INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
	seq          INTEGER NOT NULL,
	file         INTEGER NOT NULL REFERENCES file,
	line         INTEGER NOT NULL,
	rule         TEXT,
	reason       TEXT,
	comment_line INTEGER NOT NULL,
	PRIMARY KEY (unit, seq)
) STRICT, WITHOUT ROWID;

-- What a boot says of the finding with this fingerprint (db/experiment.h). A full index keeps these
-- rows. kernel: the banner of the kernel that was booted.
CREATE TABLE experiment (
	fingerprint TEXT NOT NULL,
	kind        TEXT NOT NULL,
	outcome     TEXT NOT NULL,
	detail      TEXT NOT NULL,
	kernel      TEXT NOT NULL,
	PRIMARY KEY (fingerprint, kind)
) STRICT, WITHOUT ROWID;

-- The initcalls, ordered by level, then by the object's position in vmlinux, then by unit and seq.
-- Some compilers place the initcalls of a unit in reverse order (meta "backwards"). Console
-- initcalls run first, but have the highest positions. Modules come last and have no position.
CREATE VIEW initcall_order AS
SELECT iif(object.kind = 'module', NULL, row_number() OVER sequence - 1) AS position,
       level.name AS level, object.modname AS module, initcall.line AS line,
       symbol.name AS function, file.path AS file, object.path AS object,
       initcall.macro AS macro, initcall.seq AS seq, initcall.level AS level_id,
       object.id AS object_id, row_number() OVER sequence AS rank
FROM initcall
JOIN unit ON unit.id = initcall.unit
JOIN object ON object.path = unit.object
JOIN symbol ON symbol.id = initcall.function
JOIN file ON file.id = initcall.file
JOIN level ON level.id = initcall.level
WINDOW sequence AS (ORDER BY object.kind = 'module', initcall.level, object.position, object.id,
			     unit.rank, unit.id,
			     initcall.seq * iif((SELECT value FROM meta WHERE key = 'backwards') = '1',
						-1, 1));

-- Indexes

CREATE INDEX place_parent ON place (parent);
CREATE INDEX object_path ON object (path);
CREATE INDEX object_place ON object (place);
CREATE UNIQUE INDEX symbol_name ON symbol (name, ifnull(file, 0));
CREATE INDEX function_scope ON function (scope);
CREATE INDEX global_scope ON global (scope);
