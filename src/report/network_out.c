/* network_out.c - writes a network. Names are escaped for XML; control characters become blanks. */
#include "report/network_out.h"
#include "base/calendar.h"
#include "base/json.h"

static const char *sign_word(int sign) { return sign > 0 ? "positive" : sign < 0 ? "negative" : "neutral"; }

static double positive_of(const struct network_tie *t) { return t->pos[0] + t->pos[1]; }
static double negative_of(const struct network_tie *t) { return t->neg[0] + t->neg[1]; }

bool network_measure(struct network *g, int32_t on, struct network_whole *room, struct network_result *out,
                     struct err *e) {
  struct tightrope *rope = NULL;
  struct err unsolved = {0};
  double *pn = ARENA_ARRAY(&g->memory, double, g->n + 1);
  if (!pn) return err_set(e, ERR_NOMEM, "no memory for the network");
  room->day[0] = 0;
  if (on != DAY_NONE) day_format(on, room->day);
  int64_t ropes = network_tightropes(g, &rope, e);
  if (ropes < 0 || !network_balance_of(g, &room->balance, e) || !network_camps_of(g, 0, &room->camps, e)) return false;
  *out = (struct network_result){g,    &room->balance, &room->camps, network_pn(g, pn, &unsolved) ? pn : NULL,
                                 rope, (size_t)ropes,  room->day};
  return true;
}

/* ---- JSON */

static void put_actors(const struct network_result *r, struct json *j) {
  json_key(j, "actors");
  json_open(j, '[');
  for (uint32_t v = 0; v < r->g->n; v++) {
    uint32_t pos = 0, neg = 0;
    for (uint32_t u = 0; u < r->g->n; u++) {
      int s = r->g->sign[(size_t)v * r->g->n + u];
      pos += s > 0, neg += s < 0;
    }
    json_open(j, '{');
    json_key_str(j, "id", r->g->id[v]);
    json_key_str(j, "name", r->g->name[v]);
    json_key_int(j, "positive", pos);
    json_key_int(j, "negative", neg);
    if (r->camps->camp[v] < 2) json_key_int(j, "camp", r->camps->camp[v] + 1);
    else json_key_null(j, "camp");
    if (r->pn) json_key_real(j, "pn", r->pn[v], 4);
    json_close(j, '}');
  }
  json_close(j, ']');
}

static void put_ties(const struct network_result *r, struct json *j) {
  char day[11];
  json_key(j, "ties");
  json_open(j, '[');
  for (uint32_t i = 0; i < r->g->n_ties; i++) {
    const struct network_tie *t = &r->g->tie[i];
    json_open(j, '{');
    json_key_str(j, "a", r->g->name[t->a]);
    json_key_str(j, "b", r->g->name[t->b]);
    json_key_name(j, "sign", sign_word(t->sign));
    json_key_real(j, "x", t->x, 4);
    json_key_real(j, "positive_ab", t->pos[0], 4);
    json_key_real(j, "negative_ab", t->neg[0], 4);
    json_key_real(j, "positive_ba", t->pos[1], 4);
    json_key_real(j, "negative_ba", t->neg[1], 4);
    json_key_int(j, "incidents", t->incidents);
    day_format(t->first, day);
    json_key_name(j, "first", day);
    day_format(t->last, day);
    json_key_name(j, "last", day);
    json_close(j, '}');
  }
  json_close(j, ']');
}

static void put_measures(const struct network_result *r, struct json *j) {
  static const char *const triads[] = {"+++", "++-", "+--", "---"};
  const struct network_balance *b = r->balance;
  json_key_int(j, "positive", b->positive);
  json_key_int(j, "negative", b->negative);
  json_key(j, "triads");
  json_open(j, '{');
  for (int i = 0; i < 4; i++) json_key_int(j, triads[i], (int64_t)b->triad[i]);
  json_close(j, '}');
  json_key_real(j, "balanced_triads", b->triads, 4);
  json_key_real(j, "balanced_walks", b->walks, 4);
  json_key_int(j, "frustrated_least", r->camps->least);
  json_key_int(j, "frustrated_most", r->camps->most);
  json_key_bool(j, "exact", r->camps->least == r->camps->most);
  json_key_int(j, "splits", (int64_t)r->camps->splits);
  json_key_real(j, "frustration", r->camps->frustration, 4);
}

void network_json(const struct network_result *r, struct buf *out) {
  struct json j = json_writer(out);
  json_open(&j, '{');
  json_key_name(&j, "on", r->on);
  put_measures(r, &j);
  json_key(&j, "tightropes");
  json_open(&j, '[');
  for (size_t i = 0; i < r->n_ropes; i++) {
    json_open(&j, '{');
    json_key_str(&j, "actor", r->g->name[r->rope[i].actor]);
    json_key_str(&j, "between", r->g->name[r->rope[i].a]);
    json_key_str(&j, "and", r->g->name[r->rope[i].b]);
    json_key_real(&j, "value", r->rope[i].value, 4);
    json_close(&j, '}');
  }
  json_close(&j, ']');
  put_actors(r, &j);
  put_ties(r, &j);
  json_close(&j, '}');
  buf_putc(out, '\n');
}

/* ---- XML */

static void put_xml(struct buf *out, str s) {
  for (size_t i = 0; i < s.n; i++) switch (s.p[i]) {
    case '&': buf_puts(out, "&amp;"); break;
    case '<': buf_puts(out, "&lt;"); break;
    case '>': buf_puts(out, "&gt;"); break;
    case '"': buf_puts(out, "&quot;"); break;
    default: buf_putc(out, (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F ? ' ' : s.p[i]);
    }
}

void network_graphml(const struct network_result *r, struct buf *out) {
  buf_puts(out,
           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
           "<key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
           "<key id=\"camp\" for=\"node\" attr.name=\"camp\" attr.type=\"int\"/>\n"
           "<key id=\"sign\" for=\"edge\" attr.name=\"sign\" attr.type=\"int\"/>\n"
           "<key id=\"x\" for=\"edge\" attr.name=\"x\" attr.type=\"double\"/>\n"
           "<key id=\"positive\" for=\"edge\" attr.name=\"positive\" attr.type=\"double\"/>\n"
           "<key id=\"negative\" for=\"edge\" attr.name=\"negative\" attr.type=\"double\"/>\n"
           "<key id=\"incidents\" for=\"edge\" attr.name=\"incidents\" attr.type=\"int\"/>\n"
           "<graph edgedefault=\"undirected\">\n");
  for (uint32_t v = 0; v < r->g->n; v++) {
    buf_printf(out, "<node id=\"n%u\"><data key=\"name\">", v);
    put_xml(out, r->g->name[v]);
    buf_puts(out, "</data>");
    if (r->camps->camp[v] < 2) buf_printf(out, "<data key=\"camp\">%d</data>", r->camps->camp[v] + 1);
    buf_puts(out, "</node>\n");
  }
  for (uint32_t i = 0; i < r->g->n_ties; i++) {
    const struct network_tie *t = &r->g->tie[i];
    buf_printf(
        out,
        "<edge source=\"n%u\" target=\"n%u\"><data key=\"sign\">%d</data><data key=\"x\">%.4f</data>"
        "<data key=\"positive\">%.4f</data><data key=\"negative\">%.4f</data><data key=\"incidents\">%u</data></edge>\n",
        t->a, t->b, t->sign, t->x, positive_of(t), negative_of(t), t->incidents);
  }
  buf_puts(out, "</graph>\n</graphml>\n");
}

void network_gexf(const struct network_result *r, struct buf *out) {
  char first[11], last[11];
  buf_puts(
      out,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
      "<graph mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" defaultedgetype=\"undirected\">\n"
      "<attributes class=\"node\"><attribute id=\"0\" title=\"camp\" type=\"integer\"/></attributes>\n"
      "<attributes class=\"edge\"><attribute id=\"0\" title=\"sign\" type=\"integer\"/>"
      "<attribute id=\"1\" title=\"x\" type=\"double\"/></attributes>\n<nodes>\n");
  for (uint32_t v = 0; v < r->g->n; v++) {
    buf_printf(out, "<node id=\"%u\" label=\"", v);
    put_xml(out, r->g->name[v]);
    buf_puts(out, "\">");
    if (r->camps->camp[v] < 2)
      buf_printf(out, "<attvalues><attvalue for=\"0\" value=\"%d\"/></attvalues>", r->camps->camp[v] + 1);
    buf_puts(out, "</node>\n");
  }
  buf_puts(out, "</nodes>\n<edges>\n");
  for (uint32_t i = 0; i < r->g->n_ties; i++) {
    const struct network_tie *t = &r->g->tie[i];
    day_format(t->first, first), day_format(t->last, last);
    buf_printf(
        out,
        "<edge id=\"%u\" source=\"%u\" target=\"%u\" weight=\"%.4f\" start=\"%s\" end=\"%s\"><attvalues><attvalue "
        "for=\"0\" value=\"%d\"/><attvalue for=\"1\" value=\"%.4f\"/></attvalues></edge>\n",
        i, t->a, t->b, positive_of(t) + negative_of(t), first, last, t->sign, t->x);
  }
  buf_puts(out, "</edges>\n</graph>\n</gexf>\n");
}
