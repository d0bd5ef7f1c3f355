// SPDX-License-Identifier: GPL-2.0-only
/* Modaliases from entries of tables. The expected patterns are those of scripts/mod/file2alias.c. */
#include "rules/engine/files/device_id.h"

#include <string.h>

#include "rules/engine/files/model.h"
#include "tests/support/check_main.h"

struct number {
	const char *field;
	guint64 value;
};

static guint64 value_of(const void *data, const char *field)
{
	for (const struct number *n = data; n->field; n++)
		if (strcmp(n->field, field) == 0)
			return n->value;
	return 0;
}

#define ANY ((guint64) - 1) /* as the facts store ~0 */

static const struct {
	const char *record;
	struct number numbers[8];
	const char *modalias;
} entries[] = {
	/* PCI_DEVICE(0x8086, 0x1502) */
	{ "pci_device_id",
	  { { "vendor", 0x8086 },
	    { "device", 0x1502 },
	    { "subvendor", ANY },
	    { "subdevice", ANY } },
	  "pci:v00008086d00001502sv*sd*bc*sc*i*" },
	/* PCI_DEVICE_CLASS(PCI_CLASS_BRIDGE_PCI_NORMAL, ~0) */
	{ "pci_device_id",
	  { { "class", 0x060400 },
	    { "class_mask", ANY },
	    { "vendor", ANY },
	    { "device", ANY },
	    { "subvendor", ANY },
	    { "subdevice", ANY } },
	  "pci:v*d*sv*sd*bc06sc04i00*" },
	/* PCI_DEVICE_CLASS(PCI_CLASS_SERIAL_USB << 8, 0xffff00) */
	{ "pci_device_id",
	  { { "class", 0x0c0300 },
	    { "class_mask", 0xffff00 },
	    { "vendor", ANY },
	    { "device", ANY },
	    { "subvendor", ANY },
	    { "subdevice", ANY } },
	  "pci:v*d*sv*sd*bc0Csc03i*" },
	/* USB_DEVICE(0x0bda, 0x8153) */
	{ "usb_device_id",
	  { { "match_flags", 3 }, { "idVendor", 0x0bda }, { "idProduct", 0x8153 } },
	  "usb:v0BDAp8153d*dc*dsc*dp*ic*isc*ip*in*" },
	/* USB_INTERFACE_INFO(8, 6, 0x50) */
	{ "usb_device_id",
	  { { "match_flags", 0x380 },
	    { "bInterfaceClass", 8 },
	    { "bInterfaceSubClass", 6 },
	    { "bInterfaceProtocol", 0x50 } },
	  "usb:v*p*d*dc*dsc*dp*ic08isc06ip50in*" },
	{ "virtio_device_id", { { "device", 1 }, { "vendor", ANY } }, "virtio:d00000001v*" },
};

static const char *format_of(const GPtrArray *models, const char *record)
{
	const struct model *model = models->pdata[0];

	for (guint e = 0; e < model->entries->len; e++) {
		const struct model_entry *entry = model->entries->pdata[e];

		if (strcmp(entry->record, record) == 0)
			return entry->modalias;
	}
	ck_abort_msg("no format for %s", record);
	return NULL;
}

START_TEST(writes)
{
	static const char *const path[] = { TEST_SOURCE_DIR "/rules/models/device-ids.yaml", NULL };
	g_autoptr(GPtrArray) models = models_load(path, NULL);
	g_autofree char *modalias = device_id_modalias(format_of(models, entries[_i].record),
						       value_of, entries[_i].numbers);
	g_autofree char *doubled = g_strdup(modalias);

	/* "*" and "**" stand for the same. */
	if (g_str_has_suffix(doubled, "**"))
		doubled[strlen(doubled) - 1] = '\0';
	ck_assert_str_eq(doubled, entries[_i].modalias);
}
END_TEST

static const struct {
	const char *format;
	const char *problem; /* NULL: none */
} formats[] = {
	{ "virtio:d{device 8}v{vendor 8}", NULL },
	{ "no field", NULL },
	{ "{a 4 shift 8 mask b if c 0x10}", NULL },
	{ "{a 8", "the brace before 'a 8' is not closed" },
	{ "{}", "expected {FIELD DIGITS}, not {}" },
	{ "{a}", "expected {FIELD DIGITS}, not {a}" },
	{ "{a 0}", "expected {FIELD DIGITS}, not {a 0}" },
	{ "{a 17}", "expected {FIELD DIGITS}, not {a 17}" },
	{ "{a 8 shift}", "expected {FIELD DIGITS}, not {a 8 shift}" },
	{ "{a 8 shift 64}", "expected {FIELD DIGITS}, not {a 8 shift 64}" },
	{ "{a 8 mask}", "expected {FIELD DIGITS}, not {a 8 mask}" },
	{ "{a 8 if b}", "expected {FIELD DIGITS}, not {a 8 if b}" },
	{ "{a 8 what 1}", "expected {FIELD DIGITS}, not {a 8 what 1}" },
};

START_TEST(checks)
{
	g_autofree char *problem = device_id_check(formats[_i].format);

	ck_assert_pstr_eq(problem, formats[_i].problem);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("device_id");
	TCase *tcase = tcase_create("device_id");

	tcase_add_loop_test(tcase, writes, 0, G_N_ELEMENTS(entries));
	tcase_add_loop_test(tcase, checks, 0, G_N_ELEMENTS(formats));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
