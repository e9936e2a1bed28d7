/* gazetteer.h - the compiled gazetteer: one mapped, read-only file from folded names to places.
 *
 * Made by gazetteer_build.h when Tightrope is built; relocatable, of this machine's byte order. Immutable after opening and
 * shared by all threads. A look-up is one hash probe and one comparison.
 *
 * Opening costs the same whatever the size: the header alone is checked, by a seal of its own, and look-ups stay inside the
 * file whatever it holds. Whether every byte is as it was made tells gazetteer_whole, which reads all of it. */
#ifndef TR_PLACE_GAZETTEER_H
#define TR_PLACE_GAZETTEER_H
#include "base/file.h"
#include "doc/labels.h"

enum gaz_feature {
  GAZ_TOWN,
  GAZ_SEAT,
  GAZ_REGION_SEAT,
  GAZ_CAPITAL,
  GAZ_OWN, /* of our own tables */
  GAZ_SECTION,
  GAZ_DIVISION, /* first-level division that our tables do not have */
  GAZ_COUNTY    /* second-level division */
};

/* How a name belongs to its place; kept in the three top bits of a row's number in a list. */
enum gaz_rank {
  GAZ_RANK_OWN,
  GAZ_RANK_OTHER,    /* another name of it in English use */
  GAZ_RANK_RULE,     /* made by rule (without its article, its county's kind), */
  GAZ_RANK_SPELLING, /* or a transliteration of GeoNames */
  GAZ_RANK_ADJECTIVE /* "Russian": stands behind all names in a list */
};
#define GAZ_ROW(entry) ((entry)&0x1FFFFFFFu)
#define GAZ_RANK(entry) ((uint8_t)((entry) >> 29))

struct gaz_place {  /* 36 bytes */
  int32_t lat, lon; /* 1e-5 degrees; GAZ_NOWHERE: no point */
  uint32_t population, geonameid;
  uint32_t name, adm1; /* offsets of strings; 0 none */
  uint32_t region;     /* row of its first-level division, or UINT32_MAX */
  char country[3];     /* ISO 3166-1 alpha-3; NUL where none */
  uint8_t level;       /* enum place_level */
  uint16_t radius;     /* 0.1 km */
  uint8_t feature;     /* enum gaz_feature */
  uint8_t pad;
};
#define GAZ_NOWHERE INT32_MAX

struct gaz_slot {
  uint32_t hash, list; /* list: index in `lists`: key, n, n rows; 0 free */
};
struct gaz_word {
  uint32_t hash;  /* of a first word; 0 free */
  uint16_t bytes; /* of the longest folded name that begins with it */
  uint16_t sizes; /* bit n % 16: some name of n bytes begins with it */
};

struct gaz_header {
  char magic[8]; /* "TRPLACES" */
  uint32_t version, endian;
  uint64_t seal;                                 /* checksum of the header with this field 0 */
  uint64_t size, checksum;                       /* of all that follows the header */
  uint32_t places, slots, words, lists, strings; /* counts; slots and words are powers of two; strings in bytes */
  uint32_t cities; /* how many come from the downloaded gazetteer: 0 tells that it was not there */
};
enum { GAZ_VERSION = 4, GAZ_ENDIAN = 0x01020304, GAZ_KEY_MAX = 96 };

struct gazetteer {
  struct file_map map;
  const struct gaz_header *header;
  const struct gaz_place *places;
  const struct gaz_slot *slots;
  const struct gaz_word *words;
  const uint32_t *lists;
  const char *strings; /* each: two bytes of length, bytes */
};

/* An empty path or a missing file gives an empty gazetteer (header NULL) and true; one that is cut short, of another version or
 * damaged in its header false with *e. */
bool gazetteer_open(struct gazetteer *g, const char *path, struct err *e);
bool gazetteer_whole(const struct gazetteer *g); /* the checksum over all of it is right */
uint64_t gazetteer_seal(const struct gaz_header *h);
void gazetteer_close(struct gazetteer *g);
/* The entries under a folded name (GAZ_ROW, GAZ_RANK), most likely first; their number, 0 if there is none. */
uint32_t gazetteer_find(const struct gazetteer *g, str key, const uint32_t **rows);
/* What names begin with this folded word; NULL if none does. */
const struct gaz_word *gazetteer_word(const struct gazetteer *g, str word);
/* Whether one of them may have n bytes, so that most keys need not be looked up. */
static inline bool gazetteer_may(const struct gaz_word *w, size_t n) { return w->sizes >> n % 16 & 1; }
str gazetteer_str(const struct gazetteer *g, uint32_t offset);

/* A name as a key: lower case, without diacritics, apostrophes, full stops and commas, hyphens as blanks, blanks single. At most
 * `size` bytes go to out; returns how many, 0 if it does not fit. */
size_t gazetteer_fold(str name, char *out, size_t size);
uint32_t gazetteer_hash(str key); /* never 0 */

#endif
