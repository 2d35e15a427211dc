/* Any bytes as a reader's own file of synonyms: relations that can be walked, or a
 * message with the line. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "searcher/understand/names/synonyms_file.h"
#include "tests/fuzz/fuzz.h"

/* Each form is found by its words. */
static void check_form(const dx_synonyms *s, const dx_synonym_form *form)
{
    dx_synonym_walk walk = dx_synonyms_begin(s);
    const char *word = form->folded;

    FUZZ_CHECK(*word && fuzz_is_clean(dx_str_from(form->shown)) &&
               fuzz_is_clean(dx_str_from(word)));
    while (word) {
        const char *blank = strchr(word, ' ');
        size_t n = blank ? (size_t)(blank - word) : strlen(word);
        FUZZ_CHECK(dx_synonyms_step(&walk, (dx_str){word, n}));
        word = blank ? blank + 1 : NULL;
    }
    FUZZ_CHECK(walk.from < walk.ended && strcmp(walk.from->folded, form->folded) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char path[32];
    static int fd = -1;
    dx_synonyms s = DX_SYNONYMS_BUILTIN;
    dx_error err = {DX_OK, ""};

    if (fd < 0) {
        fd = memfd_create("synonyms", 0);
        FUZZ_CHECK(fd >= 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    FUZZ_CHECK(ftruncate(fd, 0) == 0);
    FUZZ_CHECK(pwrite(fd, data, size, 0) == (ssize_t)size);
    dx_status rc = dx_synonyms_load(&s, path, &err);
    FUZZ_CHECK(rc == DX_OK || (err.status == rc && err.msg[0] != '\0'));
    FUZZ_CHECK(s.count >= dx_synonyms_builtin_count);
    for (size_t i = 0; i < s.count; i += s.count == dx_synonyms_builtin_count ? 97 : 1)
        check_form(&s, &s.forms[i]);
    dx_synonyms_free(&s);
    return 0;
}
