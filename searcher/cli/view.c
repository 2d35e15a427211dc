/* How dxsearch shows results. */
#include "searcher/cli/view.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/cli/terminal.h"

#define WIDTH_MIN 20u
#define WIDTH_MAX 1000u

static unsigned page_width(void)
{
    unsigned width = dx_terminal_columns(STDOUT_FILENO);

    return width < WIDTH_MIN   ? WIDTH_MIN
           : width > WIDTH_MAX ? WIDTH_MAX
                               : width;
}

static bool wants_color(dx_color color)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (color != DX_COLOR_AUTO)
        return color == DX_COLOR_ALWAYS;
    return !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0) &&
           isatty(STDOUT_FILENO);
}

dx_view dx_cli_view(const dx_cli_options *options)
{
    return (dx_view){.query = "", .like = "", .fields = options->fields,
        .language = options->language,
        .columns = page_width(), .color = wants_color(options->color)};
}
