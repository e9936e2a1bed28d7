/* article.c - the shapes of articles in exports of Nexis Uni, LexisNexis, Factiva and ProQuest. */
#include "intake/article.h"
#include "intake/pubdate.h"

enum { RULE_LEAST = 20, LABEL_MOST = 40 };

static str next_line(str *rest) { return str_trim(str_cut(rest, '\n')); }

static bool starts_fold(str s, const char *with) {
  size_t n = strlen(with);
  return s.n >= n && str_eq_fold(str_sub(s, 0, n), str_of(with));
}

static size_t digits_at(str s, size_t at) {
  size_t n = 0;
  while (at + n < s.n && ascii_digit(s.p[at + n])) n++;
  return n;
}

/* "1 of 20 DOCUMENTS", "Document 1 of 20" */
static bool counted(str s, const char *before, const char *behind) {
  if (!starts_fold(s, before)) return false;
  s = str_from(s, strlen(before));
  size_t n = digits_at(s, 0);
  if (!n || !starts_fold(str_from(s, n), " of ")) return false;
  s = str_from(s, n + 4);
  n = digits_at(s, 0);
  return n && str_eq_fold(str_from(s, n), str_of(behind));
}

/* "Document LBA0000020201226egcq0001w": the number under which Factiva keeps an article; empty if the line is none. */
static str factiva_number(str s) {
  if (str_starts(s, STR("AN"))) s = str_trim(str_from(s, 2));
  if (!str_starts(s, STR("Document "))) return (str){0};
  s = str_trim(str_from(s, 9));
  size_t digits = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (!ascii_alpha(s.p[i]) && !ascii_digit(s.p[i])) return (str){0};
    digits += ascii_digit(s.p[i]);
  }
  return s.n >= 15 && s.n <= 40 && digits >= 8 ? s : (str){0};
}

static bool rule(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] != '_') return false;
  return s.n >= RULE_LEAST;
}

enum mark article_mark(str line, enum shape *shape) {
  str s = str_trim(line);
  enum shape now = SHAPE_UNKNOWN;
  enum mark mark = MARK_STARTS;
  if (counted(s, "", " DOCUMENTS")) now = SHAPE_LEXIS;
  else if (counted(s, "Document ", "")) now = SHAPE_PROQUEST;
  else if (str_is(s, "End of Document")) now = SHAPE_NEXIS, mark = MARK_ENDS;
  else if (factiva_number(s).n) now = SHAPE_FACTIVA, mark = MARK_ENDS;
  else if (starts_fold(s, "ProQuest document ID:")) now = SHAPE_PROQUEST, mark = MARK_NONE;
  else return *shape == SHAPE_PROQUEST && rule(s) ? MARK_STARTS : MARK_NONE;
  if (*shape == SHAPE_UNKNOWN) *shape = now;
  return now == *shape ? mark : MARK_NONE;
}

/* "HD Rockets hit", "HD" alone before its value, as tables are cut. */
static bool tagged(str s, const char *tag) {
  return starts_fold(s, tag) && str_starts(s, str_of(tag)) && (s.n == 2 || ascii_space(s.p[2]));
}

bool article_export(str head) {
  size_t tags = 0, labels = 0;
  for (str rest = head; rest.n;) {
    str s = next_line(&rest);
    enum shape shape = SHAPE_UNKNOWN;
    if (article_mark(s, &shape) != MARK_NONE || shape == SHAPE_PROQUEST) return true;
    tags += tagged(s, "HD") || tagged(s, "WC") || tagged(s, "PD") || tagged(s, "SN") || tagged(s, "LP");
    labels +=
        starts_fold(s, "ProQuest document link") || starts_fold(s, "Publication info:") || starts_fold(s, "Full text:");
  }
  return tags >= 4 || labels >= 2;
}

/* ---- values */

/* "December 26, 2020 Saturday 10:15 AM GMT", "Saturday, 26 December 2020": the day in it, empty if there is none. */
static str day_in(str s) {
  int32_t day;
  if (s.n > 80 || !s.n) return (str){0};
  for (int drop = 0; drop < 2; drop++) { /* a weekday before it */
    str t = s;
    for (int words = 0; words < 6; words++) { /* weekday, hour and zone behind it */
      if (pubdate_parse(t, &day) == PUBDATE_OK) return t;
      size_t n = t.n;
      while (n && !ascii_space(t.p[n - 1])) n--;
      if (!n) break;
      t = str_trim(str_sub(t, 0, n));
      if (t.n && t.p[t.n - 1] == ',') t.n--;
    }
    size_t at = str_find(s, ' ');
    if (at >= s.n) break;
    s = str_trim(str_from(s, at));
  }
  return (str){0};
}

static str language_of(str s) { return starts_fold(s, "english") ? STR("en") : (str){0}; }

/* "523 words", "1,023 words" */
static bool word_count(str s) {
  size_t n = 0;
  while (n < s.n && (ascii_digit(s.p[n]) || s.p[n] == ',')) n++;
  return n &&
         (str_eq_fold(str_trim(str_from(s, n)), STR("words")) || str_eq_fold(str_trim(str_from(s, n)), STR("word")));
}

/* The value behind "Label:" if the line begins with it. */
static bool labelled(str s, const char *label, str *value) {
  size_t n = strlen(label);
  if (!starts_fold(s, label) || s.n <= n || s.p[n] != ':') return false;
  *value = str_trim(str_from(s, n + 1));
  return true;
}

static bool any_label(str s, const char *const *labels, size_t n) {
  str ignored;
  for (size_t i = 0; i < n; i++)
    if (labelled(s, labels[i], &ignored)) return true;
  return false;
}
#define ANY_LABEL(s, labels) any_label(s, labels, sizeof(labels) / sizeof *(labels))

static bool rights(str s) {
  return starts_fold(s, "Copyright") || starts_fold(s, "(c) ") || str_starts(s, STR("\xC2\xA9"));
}

/* ---- the text: lines from one place to another, joined */

struct body {
  char *p;
  size_t n;
  bool paragraphs;
};

static struct body body_begin(struct arena *a, str lines, bool paragraphs) {
  return (struct body){arena_alloc(a, 2 * lines.n + 2), 0, paragraphs};
}

static void body_add(struct body *b, str line) {
  bool again = !line.n && (!b->n || b->paragraphs || b->p[b->n - 1] == '\n');
  if (!b->p || again) return;
  if (b->n && b->paragraphs) b->p[b->n++] = '\n';
  if (b->n) b->p[b->n++] = '\n';
  if (line.n) memcpy(b->p + b->n, line.p, line.n);
  b->n += line.n;
}

static str body_text(const struct body *b) { return str_trim((str){b->p, b->p ? b->n : 0}); }

static void set_once(str *field, str s) {
  if (!field->n) *field = s;
}

/* ---- Nexis Uni, and LexisNexis before it */

static bool lexis_header(str s) {
  static const char *const labels[] = {"Section", "Length", "Byline", "Dateline",     "Highlight", "Headline",
                                       "Series",  "Guest",  "Url",    "Distribution", "Source"};
  return ANY_LABEL(s, labels);
}

static bool lexis_tail(str s) {
  static const char *const labels[] = {"Load-Date",    "Language",     "Publication-Type", "Document-Type",
                                       "Journal-Code", "Graphic",      "Subject",          "Geographic",
                                       "Industry",     "Organization", "Company",          "Correction-Date",
                                       "Url"};
  return ANY_LABEL(s, labels) || str_is(s, "Classification");
}

/* Before the labels: title, source, day of Nexis Uni; source, day, edition, blank, title of what was before it. */
struct masthead {
  str last[2], before_day[2]; /* lines that are not blank, the later first */
  str day, behind_day;
  bool blank; /* one stood behind the day */
};

static void masthead_line(struct masthead *m, str s) {
  if (!s.n) {
    m->blank = m->day.n > 0;
    return;
  }
  str day = m->day.n ? (str){0} : day_in(s);
  if (day.n && m->last[0].n) m->day = day, m->before_day[0] = m->last[0], m->before_day[1] = m->last[1];
  else if (m->day.n && m->blank) set_once(&m->behind_day, s);
  m->last[1] = m->last[0], m->last[0] = s;
}

static void take_tail(struct article *out, str s) {
  str v;
  if (labelled(s, "Language", &v)) out->lang = language_of(v);
  else if (labelled(s, "Url", &v)) set_once(&out->url, v);
}

static bool lexis_read(str lines, enum shape shape, struct body *body, struct article *out) {
  enum { MASTHEAD, LABELS, BODY, TAIL } at = MASTHEAD;
  struct masthead m = {0};
  str headline = {0}, length = {0};
  for (str rest = lines; rest.n;) {
    str s = next_line(&rest);
    bool header = lexis_header(s);
    if (at == MASTHEAD && header && m.day.n) at = LABELS;
    if (at == MASTHEAD) masthead_line(&m, s);
    if (header && at <= LABELS) labelled(s, "Headline", &headline), labelled(s, "Length", &length), take_tail(out, s);
    else if (at <= LABELS && m.day.n && str_is(s, "Body")) at = BODY;
    else if (at == LABELS && shape == SHAPE_LEXIS && s.n && length.n) at = BODY, body_add(body, s);
    else if (at == BODY && (lexis_tail(s) || str_is(s, "End of Document") || (shape == SHAPE_LEXIS && rights(s))))
      at = TAIL;
    else if (at == BODY) body_add(body, s);
    if (at == TAIL) take_tail(out, s);
  }
  out->date = m.day;
  out->source = m.before_day[0];
  out->title = headline.n ? headline : shape == SHAPE_NEXIS ? m.before_day[1] : m.behind_day;
  out->text = body_text(body);
  return m.day.n && at >= LABELS;
}

/* ---- Factiva */

static bool tag_of(str s, char tag[3]) {
  static const char *const tags[] = {"SE",  "HD",  "CR",  "BY", "WC",  "PD",  "ET",  "SN",  "SC", "ED", "PG",
                                     "VOL", "LA",  "CY",  "LP", "TD",  "CT",  "RF",  "CO",  "IN", "NS", "RE",
                                     "IPC", "IPD", "PUB", "AN", "ART", "CLM", "RIC", "DLN", "GC"};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
    size_t n = strlen(tags[i]);
    if (!str_starts(s, str_of(tags[i])) || (s.n > n && !ascii_space(s.p[n]))) continue;
    memcpy(tag, tags[i], n == 2 ? 3 : 2);
    tag[2] = n == 2 ? 0 : tags[i][2];
    return true;
  }
  return false;
}

/* With tags: a line that begins with one opens its field; lines behind it go on with it. */
static bool factiva_tagged(str lines, struct body *body, struct article *out) {
  char tag[3] = "";
  for (str rest = lines; rest.n;) {
    str s = next_line(&rest), value = s;
    char found[3];
    if (tag_of(s, found)) {
      memcpy(tag, found, sizeof tag);
      size_t n = str_find(s, ' ');
      for (size_t i = 0; i < s.n && i < n; i++)
        if (ascii_space(s.p[i])) n = i;
      value = n < s.n ? str_trim(str_from(s, n)) : (str){0};
    }
    if (!memcmp(tag, "HD", 3)) set_once(&out->title, value);
    else if (!memcmp(tag, "PD", 3)) set_once(&out->date, day_in(value));
    else if (!memcmp(tag, "SN", 3)) set_once(&out->source, value);
    else if (!memcmp(tag, "LA", 3)) set_once(&out->lang, language_of(value));
    else if (!memcmp(tag, "LP", 3) || !memcmp(tag, "TD", 3)) body_add(body, value);
    if (factiva_number(s).n) out->id = factiva_number(s);
  }
  out->text = body_text(body);
  return out->title.n && out->date.n;
}

/* As displayed: title, author, "523 words", day, hour, source, code, language, rights, and then the text. */
static bool factiva_displayed(str lines, struct body *body, struct article *out) {
  str before[2] = {{0}, {0}};
  enum { TITLE, DAY, SOURCE, RIGHTS, BODY } at = TITLE;
  for (str rest = lines; rest.n;) {
    str s = next_line(&rest);
    if (factiva_number(s).n) {
      out->id = factiva_number(s);
      break;
    }
    if (at == BODY) body_add(body, s);
    if (!s.n) continue;
    if (at == TITLE && word_count(s)) at = DAY, out->title = starts_fold(before[0], "by ") ? before[1] : before[0];
    else if (at == DAY && day_in(s).n) at = SOURCE, out->date = day_in(s);
    else if (at == SOURCE && !(s.n == 5 && s.p[2] == ':')) at = RIGHTS, out->source = s;
    else if (at == RIGHTS && language_of(s).n) out->lang = language_of(s);
    else if (at == RIGHTS && rights(s)) at = BODY;
    before[1] = before[0], before[0] = s;
  }
  out->text = body_text(body);
  return at >= SOURCE;
}

static bool factiva_read(str lines, struct body *body, struct article *out) {
  size_t tags = 0;
  for (str rest = lines; rest.n;) {
    str s = next_line(&rest);
    tags += tagged(s, "HD") || tagged(s, "PD") || tagged(s, "SN");
  }
  return tags >= 3 ? factiva_tagged(lines, body, out) : factiva_displayed(lines, body, out);
}

/* ---- ProQuest */

static bool proquest_label(str s) {
  static const char *const labels[] = {"Title",
                                       "Author",
                                       "Publication info",
                                       "Abstract",
                                       "Full text",
                                       "Subject",
                                       "Location",
                                       "People",
                                       "Company / organization",
                                       "Identifier / keyword",
                                       "Classification",
                                       "Publication title",
                                       "Pages",
                                       "Number of pages",
                                       "Publication year",
                                       "Publication date",
                                       "Publication subject",
                                       "Dateline",
                                       "Section",
                                       "Publisher",
                                       "Place of publication",
                                       "Country of publication",
                                       "ISSN",
                                       "e-ISSN",
                                       "Source type",
                                       "Language of publication",
                                       "Document type",
                                       "ProQuest document ID",
                                       "Document URL",
                                       "Copyright",
                                       "Last updated",
                                       "Database",
                                       "Links",
                                       "Column",
                                       "Volume",
                                       "Issue",
                                       "First page",
                                       "Credit",
                                       "Year",
                                       "Source attribution",
                                       "Document feature",
                                       "Business indexing term",
                                       "DOI",
                                       "Edition"};
  return ANY_LABEL(s, labels) || starts_fold(s, "ProQuest document link");
}

static bool proquest_read(str lines, struct body *body, struct article *out) {
  str abstract = {0}, v, first = {0};
  bool full = false, any = false;
  for (str rest = lines; rest.n;) {
    str s = next_line(&rest);
    bool label = proquest_label(s) && s.n;
    if (label && full && !labelled(s, "Credit", &v)) full = false;
    if (labelled(s, "Full text", &v)) full = true, body_add(body, v);
    else if (full) body_add(body, s);
    else if (labelled(s, "Title", &v)) set_once(&out->title, v);
    else if (labelled(s, "Abstract", &v)) abstract = v;
    else if (labelled(s, "Publication title", &v)) set_once(&out->source, v);
    else if (labelled(s, "Publication date", &v)) out->date = day_in(v).n ? day_in(v) : v;
    else if (labelled(s, "ProQuest document ID", &v)) out->id = v, any = true;
    else if (labelled(s, "Document URL", &v)) out->url = v;
    else if (labelled(s, "Language of publication", &v)) out->lang = language_of(v);
    else if (!label && !any) set_once(&first, s);
  }
  set_once(&out->title, first);
  out->text = body_text(body);
  set_once(&out->text, abstract);
  return any || (out->text.n && out->date.n);
}

bool article_read(str lines, enum shape shape, bool paragraphs, struct arena *a, struct article *out) {
  *out = (struct article){0};
  struct body body = body_begin(a, lines, paragraphs);
  switch (shape) {
  case SHAPE_NEXIS:
  case SHAPE_LEXIS: return lexis_read(lines, shape, &body, out);
  case SHAPE_FACTIVA: return factiva_read(lines, &body, out);
  case SHAPE_PROQUEST: return proquest_read(lines, &body, out);
  default: return false;
  }
}
