/* bench_build ENGINE FOLDED PATH [VALUES]: builds a rival's index. A process of
 * its own, so that the caller can take its time and its peak memory. */
#include <stdio.h>

#include "tests/bench/peer.h"

int main(int argc, char **argv)
{
    if (argc != 4 && argc != 5) {
        fputs("usage: bench_build ENGINE FOLDED.tsv PATH [VALUES.tsv]\n",
            stderr);
        return 2;
    }
    const char *values = argc == 5 ? argv[4] : NULL;
    return bench_peer_build(argv[1], argv[3], argv[2], values) ? 0 : 1;
}
