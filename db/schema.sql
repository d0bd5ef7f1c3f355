-- SPDX-License-Identifier: GPL-2.0-only
-- The database of one kernel tree in one configuration; docs/schema.md explains it.
--
-- Numeric ids are never used twice. What follows the line "-- Indexes" is created when
-- a full build has stored everything.

PRAGMA application_id = 0x496e4c74; -- "InLt"
PRAGMA user_version = 8;

CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The set symbols of the .config.
CREATE TABLE config (
	symbol TEXT PRIMARY KEY,
	value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The levels in the order in which they run, for those who read with sqlite3.
CREATE TABLE level (
	id    INTEGER PRIMARY KEY,
	name  TEXT NOT NULL,
	macro TEXT NOT NULL
) STRICT;

-- What the numbers in the columns kind, mode and exit mean.
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

-- A source file or header. hash: of the content that the facts were read from; NULL
-- if that is not known for sure; '' if there was no such file.
CREATE TABLE file (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	path     TEXT NOT NULL UNIQUE,
	hash     TEXT,
	size     INTEGER,
	mtime_ns INTEGER
) STRICT;

-- Of a header, what can be compared with a later version of it: the content of that hash
-- without its comments, deflated.
CREATE TABLE file_text (
	file INTEGER PRIMARY KEY REFERENCES file,
	hash TEXT NOT NULL,
	text BLOB NOT NULL
) STRICT;

-- A macro of a header that stands for something of a longer name: mutex_init for
-- __mutex_init.
CREATE TABLE macro (
	file   INTEGER NOT NULL REFERENCES file,
	name   TEXT NOT NULL,
	target TEXT NOT NULL,
	PRIMARY KEY (file, name, target)
) STRICT, WITHOUT ROWID;

-- A line of a Makefile that adds item to its parent's list.
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

-- A $(shell) that was met and not run.
CREATE TABLE shell (
	id       INTEGER PRIMARY KEY,
	makefile TEXT NOT NULL,
	line     INTEGER NOT NULL,
	command  TEXT NOT NULL,
	matters  INTEGER NOT NULL CHECK (matters IN (0, 1))
) STRICT;

-- One compilation. object is a path and not an id, since objects are stored anew with
-- every walk and units are not; NULL for the shared header. rank: place among the
-- units of the same object.
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

-- One version of what a file defines: units that saw the same functions with the same
-- facts in it share a scope.
CREATE TABLE scope (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	file   INTEGER NOT NULL REFERENCES file,
	digest INTEGER NOT NULL,
	UNIQUE (file, digest)
) STRICT;

-- What a unit is made of: its source and all that it includes, and in which version
-- the unit saw the functions defined there (NULL: none).
CREATE TABLE unit_file (
	unit  INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
	file  INTEGER NOT NULL REFERENCES file,
	scope INTEGER REFERENCES scope,
	PRIMARY KEY (unit, file)
) STRICT, WITHOUT ROWID;

-- A name of a function or variable as the linker sees it: external by name alone, static
-- (file is set) by name and the file that defines it.
CREATE TABLE symbol (
	id   INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	file INTEGER REFERENCES file
) STRICT;

-- The member of a record: "record.member".
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

-- What the bodies of functions do, in the order of their text (seq). A value is the
-- columns kind, symbol, field, number and text; those of the two values of a store
-- start with base_ and value_. These tables are large: they have no index but their
-- key, and no constraint that a check of the file would evaluate for every row.
CREATE TABLE call (
	function INTEGER NOT NULL REFERENCES function ON DELETE CASCADE,
	seq      INTEGER NOT NULL,
	line     INTEGER NOT NULL,
	kind     INTEGER NOT NULL,
	symbol   INTEGER REFERENCES symbol,
	field    INTEGER REFERENCES field,
	number   INTEGER NOT NULL,
	PRIMARY KEY (function, seq)
) STRICT, WITHOUT ROWID;

-- Of call seq; idx counts from 0.
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

-- symbol, field: what is accessed; the value is that of a write.
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

-- base.field = value
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

-- The same in a static initialiser, where the variable is the base.
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

-- The lines first_line to last_line are reached only if the value is not zero (nonzero)
-- or is zero. Of a parameter, relation to operand says what exactly must hold. Rows of a
-- function with the same alternatives, other than 0, are one test: one of them must hold, or
-- something that could not be told.
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

-- A comment on or above the initcalls at file:line that accepts what rule finds of them.
-- rule, reason: NULL if it does not give one.
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

-- The sequence: level, place of the object in vmlinux, place in the object. Some compilers
-- lay the initcalls of a unit out backwards (meta "backwards"). Console initcalls are
-- numbered after the others although they run earlier. Module inits come last and have
-- no position.
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
