/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A fuzzer is a program that calls LLVMFuzzerTestOneInput() with inputs that libFuzzer makes up. Each
 * fuzz_NAME.c is one fuzzer. tests/fuzz/run runs them.
 */
#ifndef INITLINT_TESTS_FUZZ_FUZZ_H
#define INITLINT_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Writes @data to a file in /dev/shm whose name ends with @name. Returns the path of the file. The path
 * is valid until the next call.
 */
const char *fuzz_file(const uint8_t *data, size_t size, const char *name);

#endif
