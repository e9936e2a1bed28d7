/* schema.h - the SQL that makes an empty ledger; private to src/ledger/. */
#ifndef TR_LEDGER_SCHEMA_H
#define TR_LEDGER_SCHEMA_H

extern const char *const ledger_schema;      /* statements of the present LEDGER_VERSION */
enum { LEDGER_APPLICATION_ID = 0x54524C47 }; /* "TRLG", in application_id */

#endif
