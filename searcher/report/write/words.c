/* The words of reports. */
#include "searcher/report/write/words.h"

static const char *const texts[DX_REPORT_WORDS][2] = {
#define DX_REPORT_WORD_TEXTS(name, english, vietnamese) {english, vietnamese},
    DX_REPORT_WORD_MAP(DX_REPORT_WORD_TEXTS)
#undef DX_REPORT_WORD_TEXTS
};

const char *dx_report_word_text(dx_language language, dx_report_word word)
{
    return texts[word][language];
}
