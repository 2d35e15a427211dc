/* faults.h -- why something could not be read, in Vietnamese.
 *
 * Errors are made in English, by readers that know no language (dx/base.h); what
 * people see is put into theirs here, where it is told. What programs read, --json and
 * the report, stays English. */
#ifndef DX_INDEXER_CLI_FAULTS_H
#define DX_INDEXER_CLI_FAULTS_H

#define DX_FAULT_BYTES 768u

/** The sentence `english` in the language of the environment: itself, or in `out`. One
 *  that is not known stays as it is. */
const char *dx_fault_text(const char *english, char out[DX_FAULT_BYTES]);

#endif
