/* SPDX-License-Identifier: GPL-2.0-only */
/* Private parts of rules/engine/files/machine.h. */
#ifndef INITLINT_RULES_ENGINE_FILES_MACHINE_INTERNAL_H
#define INITLINT_RULES_ENGINE_FILES_MACHINE_INTERNAL_H

#include "rules/engine/files/machine.h"

/* A device of a device tree blob: a node with a compatible string. */
struct machine_node {
	struct machine_device device;
	unsigned int blob; /* index into @blobs of struct machine */
	int offset;	   /* offset of the node in the blob, for libfdt */
};

struct machine {
	char *name;	       /* NULL: none */
	GHashTable *ids;       /* set of char *: the identifiers of the devices */
	unsigned int n_ids;    /* number of identifiers read, duplicates included */
	GPtrArray *modaliases; /* char *: the modaliases of all lists */
	GPtrArray *blobs;      /* GBytes *: device tree blobs, which libfdt has checked */
	GArray *nodes;	       /* struct machine_node */
	GHashTable *by_id;     /* identifier -> GArray of unsigned int: indices into @nodes */
};

/* Adds the first @len bytes of @id to the identifiers of @machine. */
void machine_add_id(struct machine *machine, const char *id, gsize len);
/*
 * Adds the devices of the device tree blob @blob (@len bytes). Returns false if the blob is
 * damaged.
 */
bool machine_read_tree(struct machine *machine, const void *blob, gsize len);

#endif
