/* streams.h -- the standard streams of a program that was started without them. */
#ifndef DX_CLI_STREAMS_H
#define DX_CLI_STREAMS_H

/** Opens /dev/null for each of the descriptors 0 to 2 that is closed (cron, some
 *  daemons), so that no other file gets their numbers: messages would be written into
 *  the index. Call it first thing in main(). Where there is no /dev/null it is the root
 *  folder, which can neither be read nor written. */
void dx_streams_open(void);

#endif
