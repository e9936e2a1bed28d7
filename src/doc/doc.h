/* doc.h - the one data model: a document as token columns and record rows.
 *
 * Every stage reads and fills a `struct doc`; nothing else passes between stages. Tokens are columns (scanned by field), all
 * else is rows (read whole). Rows refer to one another by index, never by pointer. Text is never copied: views point into
 * `text`. Strings inside rows live in the document's arena or in immutable knowledge; they are valid until doc_reset.
 *
 * Text and offsets. `text` holds the body, then one LF, then the title. Offsets are bytes of `text`; those of the body are what
 * the page prints; one at or beyond `body_len + 1` belongs to the title and is printed less that, with "in":"title".
 * Sentence 0 is the title (it may have no tokens); the body's sentences follow from 1 in the order of the text. The tokens
 * of the title stand first in the columns.
 *
 * A document belongs to one worker; it is not thread-safe. */
#ifndef TR_DOC_DOC_H
#define TR_DOC_DOC_H
#include "base/calendar.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/intern.h"
#include "doc/labels.h"

#define NONE UINT32_MAX /* no token, no row */

/* ---- rows in general */

/* A growing array in the document's arena, at most DOC_MAX_ROWS long. */
#define ROWS(T)                                                                                                        \
  struct {                                                                                                             \
    T *at;                                                                                                             \
    uint32_t n, size;                                                                                                  \
  }
enum { DOC_MAX_ROWS = 1 << 22 };

struct span { /* bytes of text, end exclusive; {0,0} is none */
  uint32_t beg, end;
};
struct list { /* consecutive numbers in doc->ids (or consecutive rows where a field says so) */
  uint32_t first, n;
};

/* ---- tokens and sentences */

enum token_flag {
  TOKEN_SPACE_AFTER = 1, /* white space or the end of the text follows */
  TOKEN_MWT_FIRST = 2,   /* first word of a multiword token ("don't": do, n't) */
  TOKEN_MWT_MORE = 4,    /* a further word of it; the span of the whole runs from the first to the last word */
  TOKEN_UPPER_FIRST = 8, /* begins with a capital */
  TOKEN_UPPER_ALL = 16,  /* at least two letters, all capitals */
  TOKEN_DIGIT = 32,      /* holds a digit */
  TOKEN_QUOTED = 64,     /* stands between quotation marks */
  TOKEN_NAME = 128       /* part of a name mention (set by the actor stage) */
};

struct tokens { /* [n] each; rows 0..n-1 over all sentences */
  uint32_t n, size;
  uint32_t *beg, *end;      /* bytes of text */
  uint16_t *flags;          /* enum token_flag */
  sym *form, *norm, *lemma; /* as written; lower-cased; lemma as UD writes it (lower case but for proper nouns) */
  uint8_t *upos, *xpos, *deprel;
  uint16_t *feats;                /* number of a feature set of the model; 0 none */
  uint32_t *head;                 /* token it depends on, NONE for the root of its sentence */
  uint8_t *margin;                /* how sure the arc is, 0..255; 255 where the parser did not say */
  uint8_t *tag_margin;            /* how sure the UPOS is, likewise */
  uint8_t *next_upos, *next_xpos; /* what the word may be instead where the UPOS is not sure; 0 elsewhere */
  uint32_t *sentence;             /* row of its sentence */
  uint32_t *child, *sibling; /* tree_link: first dependent, next dependent of the same head (in text order); NONE */
  uint32_t *left, *right;    /* tree_link: first and last token of the subtree */
  uint32_t *mention;         /* innermost mention whose head is this token, or NONE */
  uint32_t *timex;           /* time expression that covers this token, or NONE */
  uint32_t *place;           /* toponym that covers this token, or NONE */
};

/* What the encoder knows of each token, for the stages that classify tokens: (tokens.n, width) int8, row-major; NULL where
 * no model ran. */
struct vectors {
  int8_t *at;
  uint32_t width;
  float unit; /* real value of 1 */
};

enum sentence_flag {
  SENTENCE_QUESTION = 1,
  SENTENCE_HEADLINE = 2,
  SENTENCE_DATELINE = 4,
  SENTENCE_PARAGRAPH = 8 /* opens one */
};
struct sentence {
  uint32_t first, n; /* tokens */
  struct span span;
  uint8_t flags;
};

/* ---- who */

struct mention {
  uint32_t first, n, head; /* tokens of the span (a name alone; a nominal's phrase) and its syntactic head */
  struct span span;
  uint32_t sentence;
  uint8_t type; /* enum mention_type */
  uint8_t kind; /* enum actor_kind as far as the mention tells */
  bool plural, possessive;
  uint32_t actor; /* row of actors */
  uint32_t also;  /* the next row of the same words, where they mean several ("they": A and B); or NONE */
};

enum { CODE_SECTORS = 4 };
struct actor_code {
  char country[4];              /* ISO 3166-1 alpha-3, or IGO, UNO, EUR, NGO, IMG, MNC ..; "" unknown */
  char sector[CODE_SECTORS][4]; /* PLOVER sectors, primary first; "" ends */
  char cameo[32];               /* longer than CAMEO's 15 letters: users' dictionaries put roles behind roles */
};
enum code_basis { BASIS_NONE, BASIS_TEXT, BASIS_TITLE, BASIS_LIST };
const char *code_basis_name(uint8_t b);

struct actor {
  str name;
  uint8_t kind; /* enum actor_kind */
  bool is_private, known;
  struct actor_code code; /* as of the article's date */
  uint8_t basis;          /* enum code_basis */
  str kb_id, wikidata;    /* of the knowledge base; empty if unknown */
  str role_word;          /* what is shown in place of a private person's name: "shopkeeper"; may be empty */
  uint32_t part_of;       /* the actor this one speaks and acts for ("Iraqi police" -> Iraq), or NONE */
  struct list aliases;    /* of doc->strings */
};

/* ---- when, where, how many */

struct timex {
  uint32_t first, n; /* tokens */
  struct span span;
  uint32_t sentence;
  uint8_t type, role, anchor; /* enum timex_type, timex_role, anchor */
  str value;                  /* TIMEX3 value: 2020-12-26, PT48H, 2020-W52, P1D, PRESENT_REF */
  struct period period;       /* what days it denotes; of a duration: none unless it is anchored ("within 48 hours") */
  struct period origin;       /* of an anniversary: when the thing commemorated took place; else none */
  int32_t minutes;            /* length of a duration, 0 if it is none or unknown */
  str zone_name;              /* "Asia/Baghdad" where the zone is that of a place; else empty */
  int16_t zone;               /* of a clock time: minutes east of UTC, ZONE_NONE, ZONE_LOCAL ("local time") */
  bool relative;              /* its value rests on the anchor */
  bool lasting;               /* from one day to another, and all through: "from Monday to Wednesday" */
  uint32_t of;                /* event, or NONE */
};

struct place {
  uint32_t first, n;
  struct span span;
  uint32_t sentence;
  str name;           /* of the gazetteer, or the text */
  uint8_t use, level; /* enum place_use, place_level */
  bool ground;        /* object of what is done to ground: "shelled Goma" */
  bool resolved;
  double lat, lon; /* degrees, where resolved */
  float radius_km;
  char country[4]; /* ISO 3166-1 alpha-3 or "" */
  str adm1;
  uint32_t geonameid; /* 0 unknown */
  uint32_t population;
  const char *reason; /* why this one or why none; a static text */
  uint32_t mention;   /* the mention on the same words, or NONE */
};

struct named_place { /* words that the recogniser of names takes for a name of a place; the place stage decides */
  uint32_t first, n;
  bool building;
};

struct quantity {
  uint32_t first, n;
  struct span span;
  uint32_t sentence;
  bool exact;             /* value is set */
  double value, min, max; /* NAN where unknown */
  bool approx;
  str unit, of;            /* noun counted; what it is said of */
  str measure;             /* killed, injured, arrested .. when bound to an event, else "" */
  uint32_t event;          /* or NONE */
  struct list attribution; /* rows of attributions */
};

/* ---- what */

struct attribution {
  uint32_t speaker;     /* actor or NONE */
  str text, cue;        /* the speaker's words; the verb or phrase */
  uint8_t type, stance; /* enum attribution_type, stance */
  struct span span, cue_span;
};

struct content {      /* what a threat, request, promise, plan or refusal speaks of */
  uint8_t type, mode; /* of the ontology; type 0: not typed */
  struct list actor, recipient;
  struct span object;
  struct period date;
  uint8_t status; /* enum status */
  struct span span;
};

struct participant {
  uint32_t actor; /* or NONE */
  str role;       /* actor, recipient, host, visitor, mediator, beneficiary, victim .. */
  struct span span;
  bool inferred;
};

struct link {
  uint32_t to;  /* event row */
  uint8_t type; /* enum link_type */
};

struct event_place { /* a place of an event and what it is to it */
  uint32_t place;
  uint8_t role; /* enum place_role */
};

struct event_mention {
  uint32_t sentence;
  struct span span, trigger;
};

enum date_basis {
  DATE_BASIS_NONE,
  DATE_BASIS_EXPRESSION,
  DATE_BASIS_NARRATIVE,
  DATE_BASIS_PUBLICATION,
  DATE_BASIS_KNOWLEDGE
};
const char *date_basis_name(uint8_t b);

struct event {
  uint32_t ordinal;               /* how many events before it have the same trigger bytes (doc_number_records) */
  uint32_t trigger;               /* head token of the trigger */
  struct span trigger_span, span; /* the trigger's words; its clause or sentence */
  uint32_t sentence;
  uint8_t type, mode; /* of the ontology; mode 0 none */
  uint64_t contexts;  /* bit i: context i of the ontology */
  char cameo[6];
  struct list actor, recipient; /* actor rows, in doc->ids */
  bool reciprocal;
  struct list participants; /* rows */
  struct span object;       /* the thing acted on, {0,0} if none */
  struct span instrument;
  bool lethal, repeated, historical;
  uint8_t outcome; /* enum outcome */
  struct period date;
  uint8_t date_basis;
  bool lasting;         /* it went on until the last day of `date`: "from Monday to Wednesday", "until 3 May" */
  uint32_t timex;       /* or NONE */
  uint32_t place;       /* where it took place, or NONE */
  bool place_narrative; /* its clause names none: the place of the act told before it */
  struct list places;   /* rows of event_places: the places of its clause, in the order of the text */
  uint8_t status, certainty;
  uint32_t content; /* row or NONE */
  struct span condition;
  struct list attribution;     /* rows, outermost first */
  struct list quantities;      /* rows of quantities, in doc->ids */
  struct list links, mentions; /* rows */
  str rule;                    /* id of the rule, "assault.shell:12" */
  float confidence;            /* 0..1 */
};

struct demand {
  uint32_t ordinal; /* how many demands before it stand on the same bytes */
  uint32_t event;
  uint8_t kind, strength;        /* enum demand_kind, strength */
  struct list issuer, addressee; /* actor rows */
  uint8_t act_type, act_mode;
  struct span act;
  uint8_t consequence_type, consequence_mode;
  struct span consequence, condition;
  struct period issued, deadline; /* deadline: none if not told */
  uint8_t deadline_anchor;
  uint32_t deadline_timex; /* or NONE */
  int16_t zone;            /* of the deadline: minutes east of UTC, or ZONE_NONE */
  str zone_name;           /* "Asia/Baghdad", or empty */
  uint8_t status;          /* enum demand_status */
  uint32_t fate_sentence;  /* where the text tells its status, with the words; {0,0} if it does not */
  struct span fate;
  struct list attribution;
  uint32_t sentence;
  struct span span;
  str rule;
  float confidence;
};

struct tie {
  uint32_t ordinal;         /* how many ties before it stand on the same bytes */
  uint32_t subject, object; /* actors; object may be NONE */
  uint8_t relation, status; /* enum relation, tie_status */
  str role, role_class;     /* words of the text in lower case; head-of-government, minister-interior .. or "" */
  struct period from, to;
  struct list attribution;
  uint32_t sentence;
  struct span span;
  str rule;
  float confidence;
};

struct quote {
  uint32_t speaker; /* actor or NONE */
  str cue;
  uint8_t type; /* enum attribution_type */
  struct span span, speaker_span, cue_span;
  struct list pieces; /* rows of `pieces`: the words said, apart where the cue interrupts them; in text order */
  uint32_t sentence;
};

struct issue { /* what the document is about, by the user's dictionary of issues */
  str code;
  uint32_t count;
};

/* Why a candidate did or did not become an event; filled only when doc->trace is set. */
struct trace {
  uint32_t token;
  str rule;
  const char *verdict; /* static text: "chosen", "less specific than ..", "figure of speech" */
  str detail;
};

/* ---- the document */

enum have {
  HAVE_TOKENS = 1,
  HAVE_TAGS = 2,
  HAVE_LEMMAS = 4,
  HAVE_TREE = 8,
  HAVE_TIMES = 16,
  HAVE_TOPONYMS = 32,
  HAVE_ACTORS = 64,
  HAVE_PLACES = 128,
  HAVE_EVENTS = 256,
  HAVE_CODES = 512, /* users' dictionaries, if any, have had their say */
  HAVE_ZONES = 1024
};

struct doc {
  struct arena arena;   /* rows and strings; reset per document */
  struct arena scratch; /* a stage may use it between arena_mark and arena_rewind */
  struct overlay words;

  str id, date_text, source, url, lang; /* as given */
  int32_t date;                         /* publication day; DAY_NONE if missing */
  struct clock clock;                   /* and the time of that day, if it was told */
  str text;                             /* body LF title, valid UTF-8 */
  uint32_t body_len;
  uint32_t repaired; /* bytes replaced on the way in */
  struct err error;  /* code OK unless the document could not be read or coded */
  uint32_t have;     /* enum have bits */
  bool trace;        /* fill `traces` */

  struct tokens tokens;
  struct vectors vectors;
  ROWS(struct sentence) sentences;
  ROWS(struct mention) mentions;
  ROWS(struct actor) actors;
  ROWS(struct timex) times;
  ROWS(struct place) places;
  ROWS(struct named_place) named_places;
  ROWS(struct quantity) quantities;
  ROWS(struct attribution) attributions;
  ROWS(struct content) contents;
  ROWS(struct participant) participants;
  ROWS(struct link) links;
  ROWS(struct event_mention) event_mentions;
  ROWS(struct event_place) event_places;
  ROWS(struct event) events;
  ROWS(struct demand) demands;
  ROWS(struct tie) ties;
  ROWS(struct quote) quotes;
  ROWS(struct span) pieces;
  ROWS(struct issue) issues;
  ROWS(struct trace) traces;
  ROWS(uint32_t) ids; /* what `struct list` of numbers point into */
  ROWS(str) strings;
  ROWS(str) warnings;
};

enum { DOC_MAX_TEXT = 1 << 26, DOC_ARENA_CAP = 1 << 30 };

void doc_init(struct doc *d); /* allocates nothing */
void doc_release(struct doc *d);
/* Empties the document and takes a new text (copied: body, LF, title; both must be valid UTF-8). All rows and columns are
 * gone. False with ERR_LIMIT or ERR_NOMEM. */
bool doc_reset(struct doc *d, const struct symtab *words, str body, str title, struct err *e);

/* Appends a zeroed row and returns it, or NULL when memory or the row limit is out. Pointers to rows of the same array are invalid
 * afterwards. Usage: struct timex *t = DOC_PUSH(d, times); */
#define DOC_PUSH(d, rows)                                                                                              \
  (rows_grow(&(d)->arena, (void **)&(d)->rows.at, &(d)->rows.n, &(d)->rows.size, sizeof *(d)->rows.at)                 \
       ? &(d)->rows.at[(d)->rows.n++]                                                                                  \
       : NULL)
bool rows_grow(struct arena *a, void **at, uint32_t *n, uint32_t *size, size_t row);

/* Room for `more` further tokens in all columns; after it tokens_push cannot fail. */
bool tokens_reserve(struct doc *d, uint32_t more);
/* Appends a token for bytes [beg, end) of text with form and norm interned, shape flags set, mention/timex/place/head NONE. */
uint32_t tokens_push(struct doc *d, uint32_t beg, uint32_t end, uint16_t flags);

/* A list of n numbers copied into doc->ids. */
struct list doc_list(struct doc *d, const uint32_t *numbers, uint32_t n);
static inline uint32_t list_at(const struct doc *d, struct list l, uint32_t i) { return d->ids.at[l.first + i]; }
bool list_has(const struct doc *d, struct list l, uint32_t number);

static inline str doc_span(const struct doc *d, struct span s) { return str_sub(d->text, s.beg, s.end); }
static inline str token_text(const struct doc *d, uint32_t t) {
  return str_sub(d->text, d->tokens.beg[t], d->tokens.end[t]);
}
static inline str doc_word(const struct doc *d, sym s) { return overlay_str(&d->words, s); }
sym doc_intern(struct doc *d, str s); /* s must live as long as the document */
/* Lower-cased and interned. */
sym doc_intern_lower(struct doc *d, str s);
/* The lemma of a token as a symbol; its bytes are copied only if nothing like it is known. SYM_NONE: no memory. */
sym doc_lemma(struct doc *d, uint32_t token, str lemma);
static inline bool span_known(struct span s) { return s.end > s.beg; }
struct span tokens_span(const struct doc *d, uint32_t first,
                        uint32_t last); /* bytes from first to last token inclusive */
/* Fills the ordinals of events, demands and ties, which keep the ids of records on the same bytes apart. False: out of memory. */
bool doc_number_records(struct doc *d);
void doc_warn(struct doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
