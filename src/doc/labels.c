/* labels.c - names of the closed label sets, both ways. */
#include "doc/labels.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *const upos_names[] = {"",
#define X(name) #name,
                                         UPOS_LIST(X)
#undef X
};
static const char *const xpos_names[] = {"",
#define X(name, text) text,
                                         XPOS_LIST(X)
#undef X
};
static const char *const deprel_names[] = {"",
#define X(name, text) text,
                                           DEPREL_LIST(X)
#undef X
};

static const char *name_of(const char *const *names, size_t n, uint8_t i) { return i < n ? names[i] : ""; }
static uint8_t find(const char *const *names, size_t n, str s) {
  for (size_t i = 1; i < n; i++)
    if (str_is(s, names[i])) return (uint8_t)i;
  return 0;
}

const char *upos_name(uint8_t u) { return name_of(upos_names, COUNT(upos_names), u); }
const char *xpos_name(uint8_t x) { return name_of(xpos_names, COUNT(xpos_names), x); }
const char *deprel_name(uint8_t d) { return name_of(deprel_names, COUNT(deprel_names), d); }
uint8_t upos_of(str s) { return find(upos_names, COUNT(upos_names), s); }
uint8_t xpos_of(str s) { return find(xpos_names, COUNT(xpos_names), s); }

uint8_t deprel_of(str s) {
  uint8_t d = find(deprel_names, COUNT(deprel_names), s);
  return d ? d : find(deprel_names, COUNT(deprel_names), str_sub(s, 0, str_find(s, ':')));
}

uint8_t deprel_universal(uint8_t d) {
  switch (d) {
  case DEPREL_ACL_RELCL: return DEPREL_ACL;
  case DEPREL_ADVCL_RELCL: return DEPREL_ADVCL;
  case DEPREL_AUX_PASS: return DEPREL_AUX;
  case DEPREL_CC_PRECONJ: return DEPREL_CC;
  case DEPREL_COMPOUND_PRT: return DEPREL_COMPOUND;
  case DEPREL_CSUBJ_OUTER:
  case DEPREL_CSUBJ_PASS: return DEPREL_CSUBJ;
  case DEPREL_DET_PREDET: return DEPREL_DET;
  case DEPREL_FLAT_FOREIGN: return DEPREL_FLAT;
  case DEPREL_NMOD_DESC:
  case DEPREL_NMOD_NPMOD:
  case DEPREL_NMOD_POSS:
  case DEPREL_NMOD_UNMARKED: return DEPREL_NMOD;
  case DEPREL_NSUBJ_OUTER:
  case DEPREL_NSUBJ_PASS: return DEPREL_NSUBJ;
  case DEPREL_OBL_AGENT:
  case DEPREL_OBL_NPMOD:
  case DEPREL_OBL_UNMARKED: return DEPREL_OBL;
  default: return d;
  }
}

const char *mention_type_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      MENTION_TYPES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *actor_kind_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      ACTOR_KINDS(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *timex_type_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      TIMEX_TYPES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *timex_role_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      TIMEX_ROLES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *anchor_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      ANCHORS(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *place_use_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      PLACE_USES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *place_role_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      PLACE_ROLES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *place_level_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      PLACE_LEVELS(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *status_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      STATUSES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *certainty_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      CERTAINTIES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *attribution_type_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      ATTRIBUTION_TYPES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *stance_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      STANCES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *outcome_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      OUTCOMES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *demand_kind_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      DEMAND_KINDS(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *strength_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      STRENGTHS(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *demand_status_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      DEMAND_STATUSES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *relation_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      RELATIONS(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *tie_status_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      TIE_STATUSES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}

const char *link_type_name(uint8_t v) {
  static const char *const names[] = {
#define X(name, text) text,
      LINK_TYPES(X)
#undef X
  };
  return name_of(names, COUNT(names), v);
}
