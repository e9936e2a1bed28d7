/* checksum.h - sixty-four bits over bytes, as fast as memory is read: for files that are mapped and for versions of what codes.
 *
 * It finds damage, not malice. Stable across machines of one byte order and across versions: files carry it. */
#ifndef TR_BASE_CHECKSUM_H
#define TR_BASE_CHECKSUM_H
#include "base/str.h"

uint64_t checksum64(const void *bytes, size_t n);
/* The checksum of both, which depends on their order. */
uint64_t checksum_join(uint64_t a, uint64_t b);

#endif
