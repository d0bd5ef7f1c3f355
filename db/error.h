/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one GError domain of initlint. It stands in the lowest folder so that every
 * layer can report with it. A message names the place ("file:line: "), what was
 * expected and what to do; the code decides the exit status.
 */
#ifndef INITLINT_DB_ERROR_H
#define INITLINT_DB_ERROR_H

#include <glib.h>

#define INITLINT_ERROR (initlint_error_quark())

enum initlint_error {
	INITLINT_ERROR_USAGE,  /* the command line or a file the user named is wrong: exit 2 */
	INITLINT_ERROR_INPUT,  /* tree, .config, Makefile, rule file, image, ... is bad: exit 2 */
	INITLINT_ERROR_FAILED, /* analysis could not be done or finished: exit 3 */
};

GQuark initlint_error_quark(void);

#endif
