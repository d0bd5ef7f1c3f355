-- SPDX-License-Identifier: GPL-2.0-only
-- Written by the db work; see docs/schema.md.
PRAGMA user_version = 1;
