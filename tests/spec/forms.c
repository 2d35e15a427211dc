/* What readers type and papers write otherwise, as examples: forms.txt beside
 * this file (tests/support/found.h). */
#include "tests/support/found.h"

int main(int argc, char **argv)
{
    return found_main("forms", DX_SOURCE_DIR "/tests/spec/forms.txt", argc, argv);
}
