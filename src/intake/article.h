/* article.h - one article as an archive of news prints it: which lines are its title, date, source and text.
 *
 * Shapes: Nexis Uni ("Length: 523 words", "Body", "End of Document"), LexisNexis before it ("1 of 20 DOCUMENTS", "LENGTH:"), Factiva with
 * tags (HD, PD, SN, LP, TD, AN) and as displayed ("523 words", "Document LBA000.."), ProQuest ("Full text:", "Publication date:").
 * For archive.c alone. */
#ifndef TR_INTAKE_ARTICLE_H
#define TR_INTAKE_ARTICLE_H
#include "intake/reader.h"

enum shape { SHAPE_UNKNOWN, SHAPE_NEXIS, SHAPE_LEXIS, SHAPE_FACTIVA, SHAPE_PROQUEST };

/* What a line says of the articles about it. */
enum mark { MARK_NONE, MARK_STARTS /* a new article, behind this line */, MARK_ENDS /* the article, with this line */ };
/* *shape becomes known by the first mark. A rule of underscores parts articles of ProQuest alone. */
enum mark article_mark(str line, enum shape *shape);

/* Whether the first bytes of a plain text or page are such an export. */
bool article_export(str head);

struct article { /* views of the text given, and of its arena */
  str id, title, date, source, url, lang, text;
};

/* False where the lines hold no article: a cover, a list of contents, a footer. `paragraphs`: each line is one. */
bool article_read(str lines, enum shape shape, bool paragraphs, struct arena *a, struct article *out);

#endif
