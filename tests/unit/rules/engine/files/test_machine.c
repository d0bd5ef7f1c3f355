// SPDX-License-Identifier: GPL-2.0-only
/* Which devices a machine has: device tree blobs and modaliases. */
#include "rules/engine/files/machine.h"

#include <libfdt.h>

#include "db/error.h"
#include "tests/support/check_main.h"
#include "tests/support/temp_dir.h"

#include <string.h>

static char *dir;
static char *path;

static void setup(void)
{
	dir = temp_dir_new();
	path = g_build_filename(dir, "machine", NULL);
}

static void teardown(void)
{
	temp_dir_free(dir);
	g_clear_pointer(&path, g_free);
}

static struct machine *load(const char *text, gssize len, GError **error)
{
	char *paths[] = { path, NULL };

	ck_assert(g_file_set_contents(path, text, len, NULL));
	return machine_load(paths, error);
}

static void add_node(void *blob, const char *name, const void *compatible, int len,
		     const char *status)
{
	ck_assert_int_eq(fdt_begin_node(blob, name), 0);
	ck_assert_int_eq(fdt_property(blob, "compatible", compatible, len), 0);
	if (status)
		ck_assert_int_eq(fdt_property_string(blob, "status", status), 0);
	ck_assert_int_eq(fdt_end_node(blob), 0);
}

START_TEST(device_tree)
{
	static const char two[] = "maker,new\0maker,old";
	char blob[1024];
	g_autoptr(machine) machine = NULL;

	ck_assert_int_eq(fdt_create(blob, sizeof(blob)), 0);
	ck_assert_int_eq(fdt_finish_reservemap(blob), 0);
	ck_assert_int_eq(fdt_begin_node(blob, ""), 0);
	add_node(blob, "serial", two, sizeof(two), NULL);
	add_node(blob, "clock", "maker,clock", 12, "okay");
	add_node(blob, "off", "maker,off", 10, "disabled");
	ck_assert_int_eq(fdt_begin_node(blob, "bus"), 0);
	ck_assert_int_eq(fdt_property_string(blob, "status", "disabled"), 0);
	add_node(blob, "child", "maker,child", 12, "okay");
	ck_assert_int_eq(fdt_end_node(blob), 0);
	add_node(blob, "last", "maker,last", 11, NULL);
	ck_assert_int_eq(fdt_end_node(blob), 0);
	ck_assert_int_eq(fdt_finish(blob), 0);
	machine = load(blob, (gssize)fdt_totalsize(blob), NULL);
	ck_assert_ptr_nonnull(machine);
	ck_assert(machine_has(machine, "maker,new"));
	ck_assert(machine_has(machine, "maker,old"));
	ck_assert(machine_has(machine, "maker,clock"));
	ck_assert(!machine_has(machine, "maker,off"));
	ck_assert(!machine_has(machine, "maker,child"));
	ck_assert(machine_has(machine, "maker,last"));
	ck_assert(!machine_has(machine, "maker"));
}
END_TEST

START_TEST(modaliases)
{
	g_autoptr(machine) machine = load("# a board\n\nof:NuartT(null)Cmaker,new-uartCns16550a\n"
					  "acpi:ACPI0007:PNP0501:\nplatform:snd-dummy\n",
					  -1, NULL);

	ck_assert_ptr_nonnull(machine);
	ck_assert(machine_has(machine, "maker,new-uart"));
	ck_assert(machine_has(machine, "ns16550a"));
	ck_assert(machine_has(machine, "ACPI0007"));
	ck_assert(machine_has(machine, "PNP0501"));
	ck_assert(machine_has(machine, "snd-dummy"));
	ck_assert(!machine_has(machine, "uart"));
}
END_TEST

/* Begins a node with a phandle, unless @phandle is 0. @cells: "#NAME-cells"; NULL: none. */
static void begin_node(void *blob, const char *name, const char *compatible, guint32 phandle,
		       const char *cells, guint32 n_cells)
{
	ck_assert_int_eq(fdt_begin_node(blob, name), 0);
	if (compatible)
		ck_assert_int_eq(fdt_property_string(blob, "compatible", compatible), 0);
	if (phandle)
		ck_assert_int_eq(fdt_property_u32(blob, "phandle", phandle), 0);
	if (cells)
		ck_assert_int_eq(fdt_property_u32(blob, cells, n_cells), 0);
}

static void add_references(void *blob, const char *property, const guint32 *values, int n)
{
	fdt32_t cells[8];

	for (int i = 0; i < n; i++)
		cells[i] = cpu_to_fdt32(values[i]);
	ck_assert_int_eq(fdt_property(blob, property, cells, n * (int)sizeof(*cells)), 0);
}

/* Two clocks, a regulator below a device that has one, and a user of all of them. */
static void write_board(char *blob, int size)
{
	/* The number after phandle 1 looks like a phandle, but is the argument of the clock. */
	static const guint32 clocks[] = { 1, 3, 2, 99 }, supply[] = { 3 }, other[] = { 4 };

	ck_assert_int_eq(fdt_create(blob, size), 0);
	ck_assert_int_eq(fdt_finish_reservemap(blob), 0);
	ck_assert_int_eq(fdt_begin_node(blob, ""), 0);
	begin_node(blob, "osc", "maker,osc", 1, "#clock-cells", 1);
	ck_assert_int_eq(fdt_end_node(blob), 0);
	begin_node(blob, "pll", "maker,pll", 2, "#clock-cells", 0);
	ck_assert_int_eq(fdt_end_node(blob), 0);
	begin_node(blob, "pmic", "maker,pmic", 0, NULL, 0);
	begin_node(blob, "regulator", NULL, 3, NULL, 0);
	ck_assert_int_eq(fdt_end_node(blob), 0);
	ck_assert_int_eq(fdt_end_node(blob), 0);
	begin_node(blob, "other", "maker,other", 4, NULL, 0);
	ck_assert_int_eq(fdt_end_node(blob), 0);
	begin_node(blob, "user", "maker,user", 0, NULL, 0);
	add_references(blob, "clocks", clocks, 4);
	add_references(blob, "vdd-supply", supply, 1);
	add_references(blob, "unrelated", other, 1);
	ck_assert_int_eq(fdt_end_node(blob), 0);
	ck_assert_int_eq(fdt_end_node(blob), 0);
	ck_assert_int_eq(fdt_finish(blob), 0);
}

START_TEST(suppliers)
{
	static const char *const models[] = { TEST_SOURCE_DIR "/rules/models/dt-suppliers.yaml",
					      NULL };
	g_autoptr(GPtrArray) loaded = models_load(models, NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(machine) machine = NULL;
	const struct machine_device *user;
	const GArray *numbers;
	char blob[2048];

	write_board(blob, sizeof(blob));
	machine = load(blob, (gssize)fdt_totalsize(blob), NULL);
	ck_assert_ptr_nonnull(machine);
	ck_assert_uint_eq(machine_n_devices(machine), 5);
	/* A second call replaces the result of the first. */
	machine_find_suppliers(machine, loaded);
	machine_find_suppliers(machine, loaded);
	numbers = machine_devices_with(machine, "maker,user");
	ck_assert_uint_eq(numbers->len, 1);
	user = machine_device(machine, g_array_index(numbers, unsigned int, 0));
	for (guint i = 0; i < user->suppliers->len; i++) {
		unsigned int number = g_array_index(user->suppliers, unsigned int, i);

		g_string_append_printf(text, "%s ",
				       (char *)machine_device(machine, number)->ids->pdata[0]);
	}
	ck_assert_str_eq(text->str, "maker,osc maker,pll maker,pmic ");
	ck_assert_ptr_null(machine_devices_with(machine, "maker,absent"));
}
END_TEST

static const struct {
	const char *text;
	const char *message;
} bad[] = {
	{ "one line\n", ":1: expected a modalias" },
	{ "acpi:X:\n\nother\n", ":3: expected a modalias" },
	{ "", "names no device" },
	{ "\xd0\x0d\xfe\xed and no more", "is damaged" },
	{ "\xff\xfe", "expected a device tree blob or a list of modaliases" },
};

START_TEST(bad_files)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(load(bad[_i].text, -1, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
	ck_assert_msg(strstr(error->message, bad[_i].message) != NULL, "%s", error->message);
	ck_assert(strstr(error->message, path) != NULL);
}
END_TEST

START_TEST(missing_file)
{
	char *paths[] = { path, NULL };
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(machine_load(paths, &error));
	ck_assert(g_error_matches(error, INITLINT_ERROR, INITLINT_ERROR_INPUT));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("machine");
	TCase *tcase = tcase_create("machine");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, device_tree);
	tcase_add_test(tcase, suppliers);
	tcase_add_test(tcase, modaliases);
	tcase_add_loop_test(tcase, bad_files, 0, G_N_ELEMENTS(bad));
	tcase_add_test(tcase, missing_file);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
