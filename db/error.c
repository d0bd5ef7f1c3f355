// SPDX-License-Identifier: GPL-2.0-only
#include "db/error.h"

GQuark initlint_error_quark(void)
{
	return g_quark_from_static_string("initlint-error-quark");
}
