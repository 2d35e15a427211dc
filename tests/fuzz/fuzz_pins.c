/* Any bytes as a file of pinned articles: lines that are found by their own words, or
 * complaints with the line. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <dx/search.h>

#include "common/text/utf8.h"
#include "searcher/serve/site/pins.h"
#include "tests/fuzz/fuzz.h"

static void check(const dx_pins *pins, const dx_pin_line *line)
{
    const char *const *ids = NULL;

    FUZZ_CHECK(*line->exact && *line->folded);
    FUZZ_CHECK(line->count >= 1 && line->count <= DX_PINNED_MAX);
    for (uint32_t i = 0; i < line->count; i++)
        FUZZ_CHECK(*line->ids[i] && !strpbrk(line->ids[i], " \t\r\n"));
    uint32_t count = dx_pins_find(pins, line->exact, &ids);
    FUZZ_CHECK(count <= DX_PINNED_MAX && (count == 0 || ids));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char path[32];
    static int fd = -1;
    dx_arena arena = DX_ARENA_INIT;
    dx_pins pins = {0};
    dx_buf log;

    if (fd < 0) {
        fd = memfd_create("pins", 0);
        FUZZ_CHECK(fd >= 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    FUZZ_CHECK(ftruncate(fd, 0) == 0);
    FUZZ_CHECK(pwrite(fd, data, size, 0) == (ssize_t)size);
    dx_buf_init(&log, 1 << 16);
    dx_pins_read(&pins, path, &arena, &log);
    FUZZ_CHECK(log.status == DX_OK && log.len < 1 << 15);
    FUZZ_CHECK(dx_utf8_is_text((dx_str){(const char *)log.data, log.len}, "\n"));
    for (size_t i = 0; i < pins.count; i += 1 + pins.count / 16)
        check(&pins, &pins.lines[i]);
    dx_pins_free(&pins);
    dx_arena_free(&arena);
    dx_buf_free(&log);
    return 0;
}
