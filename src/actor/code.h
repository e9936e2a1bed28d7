/* code.h - codes put together from country and sectors: PLOVER slots and the CAMEO string.
 *
 * PLOVER 2.0 codebook for sectors; CAMEO codebook for roles. MED is health here (PLOVER) and HLH in the CAMEO string; JRN is
 * journalists here and MED there. */
#ifndef TR_ACTOR_CODE_H
#define TR_ACTOR_CODE_H
#include "actor/actor_kb.h"

/* Fills code->cameo from country and sectors: country, then the first sector's CAMEO role; "---COP" without a country. */
void code_compose(const struct actor_kb *kb, struct actor_code *code);
bool code_has(const struct actor_code *code, const char *sector);
void code_add(struct actor_code *code, const char *sector); /* at the end, once; beyond CODE_SECTORS nothing */
void code_add_first(struct actor_code *code, const char *sector);
bool code_is_state(const char *country); /* an ISO code, not IGO, UNO, NGO .. */

#endif
