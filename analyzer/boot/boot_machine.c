// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machines that QEMU emulates. A machine has one processor, so that two boots of one kernel
 * differ as little as possible. A machine has a few devices of common kinds, so that probes run.
 */
#include "analyzer/boot/boot_internal.h"

#include <string.h>

static const struct boot_machine machines[] = {
	{
		.arch = "arm64",
		.qemu = "qemu-system-aarch64",
		.target = "aarch64-linux-gnu",
		.machine = "-M virt,virtualization=on,gic-version=3 -cpu cortex-a57",
		.console = "console=ttyAMA0 earlycon=pl011,0x9000000",
	},
	{
		.arch = "x86",
		.qemu = "qemu-system-x86_64",
		.target = "x86_64-linux-gnu",
		.machine = "-M q35 -cpu max",
		/*
		 * no_timer_check: the kernel does not test the timer. The test may fail on a busy
		 * host, because the emulated timer is late there.
		 */
		.console = "console=ttyS0 earlyprintk=ttyS0 no_timer_check",
	},
};

static const char devices[] =
	"-device ivshmem-plain,memdev=shared -device pcie-root-port,id=rp0,chassis=1,slot=1 "
	"-device virtio-rng-pci -device virtio-balloon-pci -device qemu-xhci "
	"-netdev user,id=n0,restrict=on -device virtio-net-pci,netdev=n0 "
	"-drive if=none,id=d0,file=null-co://,format=raw -device virtio-blk-pci,drive=d0 "
	"-drive if=none,id=d1,file=null-co://,format=raw -device nvme,serial=1,drive=d1";

static const char common[] =
	"-accel tcg -m 1G -smp 1 -display none -vga none -monitor none -no-reboot";

/*
 * initcall_debug: the kernel prints each initcall and its return value. panic=-1: the kernel
 * reboots at once after a panic, and QEMU ends because of -no-reboot. nokaslr and no_hash_pointers:
 * the kernel has and prints the same addresses in each boot.
 */
static const char parameters[] = "initcall_debug ignore_loglevel panic=-1 nokaslr log_buf_len=4M "
				 "no_hash_pointers";

const struct boot_machine *boot_machine_find(const char *arch)
{
	for (gsize i = 0; i < G_N_ELEMENTS(machines); i++)
		if (strcmp(machines[i].arch, arch) == 0 ||
		    (strcmp(arch, "x86_64") == 0 && strcmp(machines[i].arch, "x86") == 0))
			return &machines[i];
	return NULL;
}

static void add_words(GPtrArray *arguments, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, " ", -1);

	for (char **word = list; *word; word++)
		if (**word)
			g_ptr_array_add(arguments, g_strdup(*word));
}

static void add_pair(GPtrArray *arguments, const char *option, char *value)
{
	g_ptr_array_add(arguments, g_strdup(option));
	g_ptr_array_add(arguments, value);
}

char **boot_machine_arguments(const struct boot_machine *machine,
			      const struct boot_options *options, const struct boot_files *files,
			      const char *append)
{
	GPtrArray *arguments = g_ptr_array_new();

	g_ptr_array_add(arguments, g_strdup(machine->qemu));
	add_words(arguments, machine->machine);
	add_words(arguments, common);
	add_pair(arguments, "-object",
		 g_strdup_printf("memory-backend-file,id=shared,share=on,size=%zu,mem-path=%s",
				 SHARED_SIZE, files->shared));
	add_words(arguments, devices);
	add_pair(arguments, "-serial", g_strconcat("file:", files->log, NULL));
	add_pair(arguments, "-kernel", g_strdup(files->image));
	add_pair(arguments, "-initrd", g_strdup(files->initramfs));
	if (options->device_tree)
		add_pair(arguments, "-dtb", g_strdup(options->device_tree));
	add_pair(arguments, "-append",
		 g_strjoin(" ", machine->console, parameters,
			   options->append ? options->append : "", append ? append : "", NULL));
	for (char *const *more = options->qemu; more && *more; more++)
		g_ptr_array_add(arguments, g_strdup(*more));
	g_ptr_array_add(arguments, NULL);
	return (char **)g_ptr_array_free(arguments, FALSE);
}
