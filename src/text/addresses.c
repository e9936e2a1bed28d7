/* addresses.c - addresses of the net, electronic mail, and faces made of punctuation: one token each. */
#include "text/scan.h"

enum { LOCAL_LONGEST = 64, SCHEME_LONGEST = 8, FACE_LONGEST = 4 };

static bool starts_fold(const struct scan *s, size_t at, str with) {
  return s->end - at > with.n && str_eq_fold(str_sub(s->text, at, at + with.n), with);
}

void net_look(struct scan *s, size_t at) {
  s->has_at = s->has_net = false;
  for (; at < s->end; at++) {
    char c = s->text.p[at];
    if (c == '@') s->has_at = true;
    else if (c == ':' || c == 'w' || c == 'W' || c == 'm' || c == 'M')
      s->has_net = s->has_net || starts_fold(s, at, STR("://")) || starts_fold(s, at, STR("www.")) ||
                   starts_fold(s, at, STR("mailto:"));
  }
}

static bool scheme_at(const struct scan *s, size_t at) {
  static const char *const schemes[] = {"http://", "https://", "ftp://", "file://", "www.", "mailto:"};
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
    if (starts_fold(s, at, str_of(schemes[i]))) return true;
  return false;
}

static bool local_char(char c) { return ascii_alpha(c) || ascii_digit(c) || (c && strchr("._%+-$", c)); }

/* local@host: the end, or 0. */
static size_t mail_end(const struct scan *s, size_t at) {
  size_t i = at;
  while (i < s->end && i - at < LOCAL_LONGEST && local_char(s->text.p[i])) i++;
  if (i == at || i + 1 >= s->end || s->text.p[i] != '@') return 0;
  size_t host = ++i;
  while (i < s->end &&
         (ascii_alpha(s->text.p[i]) || ascii_digit(s->text.p[i]) || s->text.p[i] == '.' || s->text.p[i] == '-'))
    i++;
  while (i > host && !ascii_alpha(s->text.p[i - 1]) && !ascii_digit(s->text.p[i - 1])) i--;
  return i > host ? i : 0;
}

static bool url_stop(char c) { return c == '<' || c == '>' || c == '"' || c == '\\' || c == '^' || c == '|'; }

/* Where the address that goes on from `at` ends: punctuation at its end is not of it, nor a bracket that opened outside. */
static size_t url_end(const struct scan *s, size_t beg, size_t at) {
  size_t opened = 0, n;
  for (; at < s->end && !url_stop(s->text.p[at]); at += n) {
    enum char_class c = char_class_at(s->text, at, &n);
    if (c == CHAR_QUOTE_OPEN || c == CHAR_QUOTE_CLOSE || (n > 1 && c == CHAR_APOSTROPHE)) break;
    if (s->text.p[at] == '(') opened++;
  }
  while (at > beg && strchr(".,;:!?'*[](){}", s->text.p[at - 1])) {
    if (s->text.p[at - 1] == ')' && opened) break;
    at--;
  }
  return at;
}

size_t net_end(const struct scan *s, size_t at) {
  if (s->has_net && scheme_at(s, at)) return url_end(s, at, at);
  return s->has_at ? mail_end(s, at) : 0;
}

bool net_path(const struct scan *s, size_t beg, size_t slash) {
  size_t dot = slash, steps = 0;
  while (dot > beg && s->text.p[dot - 1] != '.' && steps++ < WORDLIST_LONGEST) dot--;
  if (dot <= beg + 1 || s->text.p[dot - 1] != '.') return false;
  return wordlist_get_low(&s->words->domains, str_sub(s->text, dot, slash)) != 0;
}

size_t net_take(struct scan *s, size_t beg, size_t end) {
  if (end < s->end && s->text.p[end] == '/') end = url_end(s, beg, end);
  piece_push(s, beg, end, PIECE_NET);
  return end;
}

size_t face_end(const struct scan *s, size_t at) {
  char c = s->text.p[at];
  if (!strchr(":;=<8BX(>x^-oOT", c) || (s->gap == GAP_NONE && c != ':' && c != ';' && c != '=' && c != '<')) return 0;
  for (size_t n = FACE_LONGEST; n >= 2; n--) {
    if (at + n > s->end || !wordlist_get(&s->words->emoticons, str_sub(s->text, at, at + n))) continue;
    enum char_class next = scan_class(s, at + n);
    if (next != CHAR_LETTER && next != CHAR_DIGIT) return at + n;
  }
  return 0;
}
