/* The query language as examples, against what it finds: hits.txt beside this
 * file (tests/support/found.h). */
#include "tests/support/found.h"

int main(int argc, char **argv)
{
    return found_main("hits", DX_SOURCE_DIR "/tests/spec/hits.txt", argc, argv);
}
