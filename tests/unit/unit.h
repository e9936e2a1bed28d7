/* unit.h - what every unit test includes: cmocka in the order it wants. */
#ifndef TR_TESTS_UNIT_H
#define TR_TESTS_UNIT_H
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
#define RUN(tests) cmocka_run_group_tests(tests, NULL, NULL)
#endif
