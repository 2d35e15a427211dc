#include "searcher/include/dx/search.h"

const char *dx_version(void) { return DX_VERSION; }
