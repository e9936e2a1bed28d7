/* name_tagger.c - see name_tagger.h: the model's file, and the best chain of labels of each zone. */
#include "actor/name_tagger.h"

const char *name_class_name(enum name_class c) {
  static const char *const names[] = {"person", "organisation", "place", "facility", "people", "other"};
  return c < CLASS_COUNT ? names[c] : "";
}

bool name_tagger_open(struct name_tagger *t, const char *path, struct err *e) {
  const void *rows, *moves;
  *t = (struct name_tagger){0};
  if (!model_file_open(&t->file, path, e)) return false;
  if (!model_section_sized(&t->file, "name.rows", (size_t)LABEL_LANES << NAME_ROWS_LOG, &rows, e) ||
      !model_section_sized(&t->file, "name.moves", LABEL_LANES * LABEL_LANES * sizeof *t->moves, &moves, e)) {
    model_file_close(&t->file);
    return false;
  }
  t->rows = rows;
  t->moves = moves;
  return true;
}

void name_tagger_close(struct name_tagger *t) { model_file_close(&t->file); }

enum { ZONE_MAX = 256, IMPOSSIBLE = INT32_MIN / 2 };

struct chain {
  int32_t score[ZONE_MAX][LABEL_LANES];
  uint8_t from[ZONE_MAX][LABEL_LANES];
};

static void word_scores(const struct name_tagger *m, const struct name_scan *s, uint32_t t, uint32_t first,
                        uint32_t end, int32_t out[LABEL_LANES]) {
  uint32_t rows[NAME_FEATURES_MAX], n = name_features(s, t, first, end, rows);
  int16_t sum[LABEL_LANES] = {0}; /* at most NAME_FEATURES_MAX * 127 < 2^15 */
  for (uint32_t i = 0; i < n; i++) {
    const int8_t *row = m->rows + (size_t)rows[i] * LABEL_LANES;
    for (int k = 0; k < LABEL_LANES; k++) sum[k] = (int16_t)(sum[k] + row[k]);
  }
  for (int k = 0; k < LABEL_LANES; k++) out[k] = sum[k];
}

/* Viterbi over one zone of at most ZONE_MAX words. */
static void zone_label(const struct name_tagger *m, const struct name_scan *s, struct chain *c, uint32_t first,
                       uint32_t end, uint8_t *label) {
  uint32_t n = end - first;
  for (uint32_t i = 0; i < n; i++) {
    int32_t word[LABEL_LANES];
    word_scores(m, s, first + i, first, end, word);
    for (uint8_t to = 0; to < LABELS; to++) {
      int32_t best = IMPOSSIBLE;
      uint8_t from = 0;
      for (uint8_t l = 0; l < (i ? LABELS : 1); l++) {
        if (!label_follows(l, to)) continue;
        int32_t v = (i ? c->score[i - 1][l] : 0) + m->moves[l * LABEL_LANES + to];
        if (v > best) best = v, from = l;
      }
      c->score[i][to] = best + word[to];
      c->from[i][to] = from;
    }
  }
  uint8_t best = 0;
  for (uint8_t l = 1; l < LABELS; l++)
    if (c->score[n - 1][l] > c->score[n - 1][best]) best = l;
  for (uint32_t i = n; i-- > 0; best = c->from[i][best]) label[first + i] = best;
}

bool name_labels_fill(const struct name_tagger *t, struct work *w) {
  struct name_scan s;
  struct chain *c = arena_alloc(w->memory, sizeof *c);
  if (!c || !w->label || !name_scan_open(&s, w)) return false;
  for (uint32_t i = 0; i < w->d->sentences.n; i++) {
    uint32_t at = w->d->sentences.at[i].first, stop = at + w->d->sentences.at[i].n, first, end;
    for (; name_zone_next(&s, at, stop, &first, &end); at = end) {
      if (end - first > ZONE_MAX) end = first + ZONE_MAX;
      zone_label(t, &s, c, first, end, w->label);
    }
  }
  return true;
}
