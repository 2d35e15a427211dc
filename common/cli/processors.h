/* processors.h -- how many threads are worth starting. */
#ifndef DX_CLI_PROCESSORS_H
#define DX_CLI_PROCESSORS_H

/** The number of processors that this process may use, from 1 to `max`. */
unsigned dx_processors(unsigned max);

#endif
