/* shown.c - what readers are shown of a coded document, before it is in any ledger: see shown.h. Which words are hidden is
 * src/ledger/mask.c's; pages are not touched. */
#include "report/shown.h"

str shown_actor(const struct doc *d, uint32_t actor) {
  if (actor >= d->actors.n) return STR("?");
  const struct actor *a = &d->actors.at[actor];
  if (!a->is_private) return a->name;
  return a->role_word.n ? a->role_word : STR("private person");
}

bool shown_mask(struct mask *m, const struct doc *d, struct arena *a) {
  struct mask_name *names = ARENA_ARRAY(a, struct mask_name, d->mentions.n);
  uint32_t n = 0;
  *m = (struct mask){.text = d->text, .body_len = d->body_len, .arena = a};
  if (!names) return false;
  for (uint32_t i = 0; i < d->mentions.n; i++) {
    const struct mention *x = &d->mentions.at[i];
    if (x->type != MENTION_NAME || x->actor >= d->actors.n) continue;
    names[n++] =
        (struct mask_name){x->span.beg, x->span.end, d->actors.at[x->actor].is_private, shown_actor(d, x->actor)};
  }
  return mask_build(m, d->text, d->body_len, names, n, a);
}
