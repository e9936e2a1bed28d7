/* cmd_series.h - series that are more than a list; for cmd_list.c. Both print and return an exit code. */
#ifndef TR_CLI_CMD_SERIES_H
#define TR_CLI_CMD_SERIES_H
#include "cli/table.h"

/* The index of threats, acts and cooperation over a panel of outlets; of one unit by its name, or of all; base "FROM/TO" or NULL. */
int series_index(struct ledger *g, const struct ledger_filter *f, const char *of, const char *base,
                 enum table_format format);
/* What one of two did to the other and the other to the one, by period, with their asymmetry. */
int series_both(struct ledger *g, const struct ledger_filter *f, enum table_format format);

#endif
