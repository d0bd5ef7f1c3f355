/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The GError domain of initlint. The domain is in db, the lowest folder, so that every folder can
 * use the domain. The message of an error says where the problem is ("file:line: "), what was
 * expected, and what the user can do. The code of an error decides the exit status.
 */
#ifndef INITLINT_DB_ERROR_H
#define INITLINT_DB_ERROR_H

#include <glib.h>

#define INITLINT_ERROR (initlint_error_quark())

enum initlint_error {
	INITLINT_ERROR_USAGE,  /* the command line, or a file named there, is bad: exit status 2 */
	INITLINT_ERROR_INPUT,  /* bad kernel tree, .config, Makefile, image, ...: exit status 2 */
	INITLINT_ERROR_FAILED, /* the analysis failed or did not finish: exit status 3 */
};

GQuark initlint_error_quark(void);

#endif
