/* bench_build ENGINE FOLDED PATH: builds a rival's index. A process of its
 * own, so that the caller can take its time and its peak memory. */
#include <stdio.h>

#include "tests/bench/peer.h"

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: bench_build ENGINE FOLDED.tsv PATH\n", stderr);
        return 2;
    }
    return bench_peer_build(argv[1], argv[3], argv[2]) ? 0 : 1;
}
