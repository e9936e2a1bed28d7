/* html_meta.c - <meta>, <link>, <time>, <title>, <h1> and JSON-LD, each with a rank. */
#include "intake/html_meta.h"
#include "intake/pubdate.h"
#include <jansson.h>

enum { WANTED_MOST = 1 << 20, JSON_DEEPEST = 12 };

void html_meta_init(struct html_meta *m, struct arena *a) {
  const struct meta_value none = {.rank = RANK_NONE};
  *m = (struct html_meta){.arena = a, .title = none, .date = none, .source = none, .url = none};
  buf_init(&m->wanted, WANTED_MOST);
}

void html_meta_release(struct html_meta *m) { buf_release(&m->wanted); }

static void offer(struct html_meta *m, struct meta_value *v, str text, enum meta_rank rank) {
  text = str_trim(text);
  if (text.n && rank < v->rank) *v = (struct meta_value){arena_str(m->arena, text), (uint8_t)rank};
}

/* A date that cannot be read is no better than none. */
static void offer_date(struct html_meta *m, str text, enum meta_rank rank) {
  int32_t day;
  if (pubdate_parse(text, &day) == PUBDATE_OK) offer(m, &m->date, text, rank);
}

static const char *attribute(const unsigned char **attributes, const char *name) {
  for (; attributes && attributes[0]; attributes += 2)
    if (attributes[1] && !strcmp((const char *)attributes[0], name)) return (const char *)attributes[1];
  return NULL;
}

static void meta_date(struct html_meta *m, str name, str content) {
  static const struct {
    const char *name;
    enum meta_rank rank;
  } known[] = {{"article:published_time", RANK_BEST},
               {"og:article:published_time", RANK_BEST},
               {"datepublished", RANK_BEST},
               {"parsely-pub-date", RANK_GOOD},
               {"sailthru.date", RANK_GOOD},
               {"dc.date.issued", RANK_GOOD},
               {"dcterms.issued", RANK_GOOD},
               {"dcterms.created", RANK_GOOD},
               {"dc.date", RANK_GOOD},
               {"pubdate", RANK_GOOD},
               {"publishdate", RANK_GOOD},
               {"publish-date", RANK_GOOD},
               {"publication_date", RANK_GOOD},
               {"article_date_original", RANK_GOOD},
               {"citation_publication_date", RANK_GOOD},
               {"og:published_time", RANK_GOOD},
               {"date", RANK_GOOD},
               {"datecreated", RANK_FAIR}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (str_eq_fold(name, str_of(known[i].name))) offer_date(m, content, known[i].rank);
}

static void on_meta(struct html_meta *m, const unsigned char **attributes) {
  const char *names[] = {attribute(attributes, "property"), attribute(attributes, "name"),
                         attribute(attributes, "itemprop")};
  const char *value = attribute(attributes, "content");
  for (size_t i = 0; value && i < 3; i++) {
    if (!names[i]) continue;
    str name = str_of(names[i]), content = str_of(value);
    meta_date(m, name, content);
    if (str_is(name, "og:title")) offer(m, &m->title, content, RANK_BEST);
    else if (str_is(name, "twitter:title")) offer(m, &m->title, content, RANK_FAIR);
    else if (str_is(name, "og:site_name")) offer(m, &m->source, content, RANK_BEST);
    else if (str_is(name, "application-name")) offer(m, &m->source, content, RANK_FAIR);
    else if (str_is(name, "og:url")) offer(m, &m->url, content, RANK_GOOD);
  }
}

static void on_time(struct html_meta *m, const unsigned char **attributes) {
  const char *when = attribute(attributes, "datetime"), *item = attribute(attributes, "itemprop");
  bool published = attribute(attributes, "pubdate") || (item && !strcmp(item, "datePublished"));
  if (when) offer_date(m, str_of(when), published ? RANK_BEST : RANK_WEAK);
}

static void want(struct html_meta *m) {
  m->wants = true;
  buf_clear(&m->wanted);
}

bool html_meta_is_json(const unsigned char **attributes) {
  const char *type = attribute(attributes, "type");
  return type && str_eq_fold(str_of(type), STR("application/ld+json"));
}

void html_meta_element(struct html_meta *m, const char *name, const unsigned char **attributes) {
  const char *value;
  if (!strcmp(name, "head")) m->in_head = true;
  else if (!strcmp(name, "body")) m->in_head = false;
  else if (!strcmp(name, "meta")) on_meta(m, attributes);
  else if (!strcmp(name, "time")) on_time(m, attributes);
  else if (!strcmp(name, "title") || !strcmp(name, "h1") || (!strcmp(name, "script") && html_meta_is_json(attributes)))
    want(m);
  else if (!strcmp(name, "html") && (value = attribute(attributes, "lang")) != NULL)
    m->lang = arena_str(m->arena, str_of(value));
  else if (!strcmp(name, "link") && (value = attribute(attributes, "rel")) != NULL && !strcmp(value, "canonical")) {
    if ((value = attribute(attributes, "href")) != NULL) offer(m, &m->url, str_of(value), RANK_BEST);
  }
}

void html_meta_text(struct html_meta *m, str s) { buf_put(&m->wanted, s); }

/* ---- JSON-LD */

static str json_text(const json_t *v) {
  return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : (str){"", 0};
}

static bool is_article(const json_t *object) {
  const json_t *type = json_object_get(object, "@type");
  if (json_is_array(type)) type = json_array_get(type, 0);
  str t = json_text(type);
  return str_ends(t, STR("Article")) || str_is(t, "BlogPosting") || str_is(t, "ReportageNewsArticle");
}

static void walk_json(struct html_meta *m, const json_t *v, int depth) {
  if (depth > JSON_DEEPEST) return;
  if (json_is_array(v))
    for (size_t i = 0; i < json_array_size(v); i++) walk_json(m, json_array_get(v, i), depth + 1);
  if (!json_is_object(v)) return;
  bool article = is_article(v);
  offer_date(m, json_text(json_object_get(v, "datePublished")), article ? RANK_BEST : RANK_FAIR);
  if (article) {
    offer(m, &m->title, json_text(json_object_get(v, "headline")), RANK_GOOD);
    offer(m, &m->source, json_text(json_object_get(json_object_get(v, "publisher"), "name")), RANK_GOOD);
  }
  walk_json(m, json_object_get(v, "@graph"), depth + 1);
  walk_json(m, json_object_get(v, "mainEntity"), depth + 1);
}

static str collapse(struct html_meta *m, str s) {
  char *out = arena_alloc(m->arena, s.n);
  size_t n = 0;
  s = str_trim(s);
  for (size_t i = 0; out && i < s.n; i++)
    if (!ascii_space(s.p[i])) out[n++] = s.p[i];
    else if (n && out[n - 1] != ' ') out[n++] = ' ';
  return (str){out ? out : "", n};
}

void html_meta_end(struct html_meta *m, bool h1, bool title, bool json) {
  if (!(h1 || title || json)) return;
  m->wants = false;
  str text = buf_str(&m->wanted);
  if (h1) offer(m, &m->title, collapse(m, text), RANK_GOOD);
  if (title && !m->page_title.n) m->page_title = collapse(m, text);
  if (json) {
    json_t *v = json_loadb(text.p, text.n, 0, NULL);
    walk_json(m, v, 0);
    json_decref(v);
  }
}

/* "Rockets hit the capital | Wire A" -> "Rockets hit the capital": what follows the last mark, if it is short. */
static str without_site(str title) {
  static const char *const marks[] = {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: "};
  size_t cut = title.n;
  for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
    str mark = str_of(marks[k]);
    for (size_t i = title.n > 60 ? title.n - 60 : 0; i + mark.n < title.n; i++)
      if (str_starts(str_from(title, i), mark) && (cut == title.n || i > cut)) cut = i;
  }
  return cut >= 15 && title.n - cut <= 45 ? str_sub(title, 0, cut) : title;
}

void html_meta_finish(struct html_meta *m, struct html_page *page) {
  offer(m, &m->title, without_site(m->page_title), RANK_WEAK);
  page->title = collapse(m, m->title.text);
  page->date = m->date.text;
  page->source = m->source.text;
  page->url = m->url.text;
  page->lang = m->lang;
}
