// SPDX-License-Identifier: GPL-2.0-only
/* Translates addresses of a kernel to offsets in the unpacked kernel, and back. */
#include "analyzer/image/kernel_internal.h"

#include <string.h>

#include <gelf.h>

#include "db/error.h"

static bool add_segments(struct kernel *kernel, Elf *elf)
{
	size_t n = 0, size = g_bytes_get_size(kernel->content);

	if (!elf || elf_kind(elf) != ELF_K_ELF || elf_getphdrnum(elf, &n) != 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct kernel_segment segment;
		GElf_Phdr header;

		if (!gelf_getphdr(elf, (int)i, &header))
			return false;
		if (header.p_type != PT_LOAD)
			continue;
		if (header.p_offset > size || header.p_filesz > size - header.p_offset)
			return false;
		segment =
			(struct kernel_segment){ header.p_vaddr, header.p_filesz, header.p_offset };
		g_array_append_val(kernel->segments, segment);
	}
	return kernel->segments->len > 0;
}

bool kernel_read_segments(struct kernel *kernel, const char *path, GError **error)
{
	gsize n;
	const char *data = g_bytes_get_data(kernel->content, &n);
	struct kernel_segment whole = { .n = n };
	bool ok;
	Elf *elf;

	if (n < EI_NIDENT || memcmp(data, ELFMAG, SELFMAG) != 0) {
		g_array_append_val(kernel->segments, whole);
		return true;
	}
	kernel->big_endian = data[EI_DATA] == ELFDATA2MSB;
	elf_version(EV_CURRENT);
	/* The cast is safe: libelf writes to this memory only if a caller changes the ELF file. */
	elf = elf_memory((char *)data, n);
	ok = add_segments(kernel, elf);
	elf_end(elf);
	if (!ok)
		g_set_error(error, INITLINT_ERROR, INITLINT_ERROR_INPUT,
			    "%s: the program headers of this ELF file are missing or damaged; "
			    "expected a linked kernel",
			    path);
	return ok;
}

gssize kernel_offset(const struct kernel *kernel, uint64_t address, gsize n)
{
	for (guint i = 0; i < kernel->segments->len; i++) {
		const struct kernel_segment *s =
			&g_array_index(kernel->segments, struct kernel_segment, i);

		if (address >= s->address && address - s->address < s->n &&
		    n <= s->n - (address - s->address))
			return (gssize)(s->at + (address - s->address));
	}
	return -1;
}

uint64_t kernel_address(const struct kernel *kernel, gsize at)
{
	for (guint i = 0; i < kernel->segments->len; i++) {
		const struct kernel_segment *s =
			&g_array_index(kernel->segments, struct kernel_segment, i);

		if (at >= s->at && at - s->at < s->n)
			return s->address + (at - s->at);
	}
	return 0;
}
