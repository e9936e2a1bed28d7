/* correct_page.h - the fields that can be corrected as a page has them: private to src/ledger/. Private persons stand by their role word. */
#ifndef TR_LEDGER_CORRECT_PAGE_H
#define TR_LEDGER_CORRECT_PAGE_H
#include "base/buf.h"
#include "base/json_tree.h"
#include "ledger/again.h"
#include "ledger/correct.h"

const struct json_value *correct_page_event(const struct json_value *page, str id); /* NULL: not read */
/* "ASSAULT"; "2020-01-02/2020-01-05"; "Kano, NGA"; "Army; Police"; of CORRECT_EVENT "read". */
void correct_page_value(const struct json_value *page, const struct json_value *event, enum correct_field field,
                        struct buf *out);

#endif
