/* Writes builtin.c: the abbreviations and changed names of common/names as the
 * forms of synonyms.h, in their order. Run by the build, so that a program that
 * answers one query makes no table at its start. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/names/abbreviations.h"
#include "common/names/renames.h"
#include "common/names/spell.h"
#include "common/text/analyzer.h"
#include "searcher/understand/names/synonyms.h"

#define SPELLINGS_MAX 8u
#define TEXT_BYTES 256u

static dx_synonyms builtin;
static dx_analyzer *analyzer;

static void add(dx_str shown, const char *instead, uint32_t changed)
{
    if (dx_synonyms_add(&builtin, analyzer, shown, dx_str_from(instead),
            changed) != DX_OK)
        exit(EXIT_FAILURE);
}

static void append_line(char lines[TEXT_BYTES], const char *text)
{
    size_t len = strlen(lines);

    snprintf(lines + len, TEXT_BYTES - len, "%s%s", len ? "\n" : "", text);
}

/* The spellings, and the first with nothing between its letters. */
static size_t read_spellings(const char *at,
    char texts[SPELLINGS_MAX][TEXT_BYTES])
{
    size_t count = 0, len = 0;

    while (*at && count + 1 < SPELLINGS_MAX) {
        dx_str spelling = dx_names_next(&at);
        snprintf(texts[count++], TEXT_BYTES, "%.*s", (int)spelling.len,
            spelling.ptr);
    }
    for (const char *c = texts[0]; *c; c++)
        if (!strchr(" &-.", *c))
            texts[count][len++] = *c;
    texts[count][len] = '\0';
    return count + (len < strlen(texts[0]));
}

static void add_abbreviation(const dx_abbreviation *abbreviation)
{
    char texts[SPELLINGS_MAX][TEXT_BYTES] = {""}, all[TEXT_BYTES] = "";
    size_t count = read_spellings(abbreviation->spellings, texts);

    for (size_t i = 0; i < count; i++) {
        char instead[TEXT_BYTES] = "";
        append_line(instead, abbreviation->phrase);
        for (size_t k = 0; k < count; k++)
            if (k != i)
                append_line(instead, texts[k]);
        add(dx_str_from(texts[i]), instead, DX_SYNONYM_NONE);
        append_line(all, texts[i]);
    }
    if (!abbreviation->one_way)
        add(dx_str_from(abbreviation->phrase), all, DX_SYNONYM_NONE);
}

static void add_changed_name(uint32_t i)
{
    const char *at = dx_changed_names[i].folded;

    for (dx_str w = dx_names_next(&at); w.ptr; w = dx_names_next(&at))
        add(w, "", i);
}

static void print_text(const char *text)
{
    putchar('"');
    for (; *text; text++)
        if (*text == '\n')
            fputs("\\n", stdout);
        else
            putchar(*text);
    fputs("\", ", stdout);
}

static void print(void)
{
    puts("#include \"searcher/understand/names/synonyms.h\"\n\n"
         "const dx_synonym_form dx_synonyms_builtin[] = {");
    for (size_t i = 0; i < builtin.count; i++) {
        const dx_synonym_form *f = &builtin.forms[i];
        fputs("    {", stdout);
        print_text(f->folded);
        print_text(f->shown);
        print_text(f->instead);
        printf("%uu, %uu},\n", f->changed, f->order);
    }
    printf("};\n\nconst size_t dx_synonyms_builtin_count = %zu;\n", builtin.count);
}

int main(void)
{
    analyzer = dx_analyzer_new();
    if (!analyzer)
        return EXIT_FAILURE;
    for (size_t i = 0; i < dx_abbreviations_count; i++)
        add_abbreviation(&dx_abbreviations[i]);
    for (size_t i = 0; i < dx_changed_names_count; i++)
        add_changed_name((uint32_t)i);
    dx_synonyms_sort(&builtin);
    print();
    dx_synonyms_free(&builtin);
    dx_analyzer_free(analyzer);
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
