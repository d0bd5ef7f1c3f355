// SPDX-License-Identifier: GPL-2.0-only
#include "db/error.h"

G_DEFINE_QUARK(initlint - error - quark, initlint_error)
