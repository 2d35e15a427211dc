/* Writes parts.c: the pages' own templates and style sheet, read when dx is built, so that a
 * mistake in one is a mistake of the build, and a page costs no reading. Run by the build
 * with the folder that they are in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/output/html/look/policy.h"
#include "searcher/output/html/template/template.h"

static char text[DX_TEMPLATE_BYTES_MAX + 1];

static dx_str read_file(const char *folder, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    size_t len = f ? fread(text, 1, sizeof text, f) : 0;
    if (!f || len == 0 || len == sizeof text) {
        fprintf(stderr, "%s: cannot read it\n", path);
        exit(EXIT_FAILURE);
    }
    fclose(f);
    return (dx_str){text, len};
}

/* As single characters: a string of such a length is not C11's. */
static void print_text(const char *name, const char *s, size_t len)
{
    printf("%s[] = {", name);
    for (size_t i = 0; i < len; i++)
        printf("%s'\\%03o',", i % 12 ? "" : "\n    ", (unsigned)(unsigned char)s[i]);
    puts("'\\0'};\n");
}

static void print_template(const char *folder, dx_template_id part)
{
    const char *name = dx_template_name(part);
    char file[64];
    dx_template t;
    dx_error err = {0};

    snprintf(file, sizeof file, "%s.html", name);
    if (dx_template_read(part, read_file(folder, file), &t, &err) != DX_OK) {
        fprintf(stderr, "%s/%s:%s\n", folder, file, err.msg);
        exit(EXIT_FAILURE);
    }
    size_t len = 0;
    printf("static const dx_op %s_ops[] = {\n", name);
    for (uint32_t i = 0; i < t.count; i++) {
        const dx_op *op = &t.ops[i];
        printf("    {%uu, %uu, %uu},\n", op->kind, op->at, op->length);
        if (op->kind == DX_OP_LITERAL)
            len = op->at + op->length;
    }
    printf("};\n\nstatic const char %s_", name);
    print_text("text", t.text, len);
    dx_template_free(&t);
}

/* Without remarks, indents and ends of lines. */
static void print_style(const char *folder)
{
    dx_str css = read_file(folder, "style.css");
    size_t len = 0;
    dx_buf source;

    for (size_t i = 0; i < css.len; i++) {
        if (text[i] == '/' && text[i + 1] == '*')
            i = (size_t)(strstr(text + i, "*/") - text) + 1;
        else if (text[i] != '\n' && (text[i] != ' ' || (i && !strchr("\n ", text[i - 1]))))
            text[len++] = text[i];
    }
    print_text("const char dx_style_sheet", text, len);
    dx_buf_init(&source, 128);
    dx_policy_put_source(&source, (dx_str){text, len});
    printf("const char dx_style_source[] = \"%s\";\n", dx_buf_cstr(&source));
    dx_buf_free(&source);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return EXIT_FAILURE;
    puts("#include \"searcher/output/html/template/parts.h\"\n");
    for (unsigned i = 0; i < DX_TEMPLATES; i++)
        print_template(argv[1], (dx_template_id)i);
    puts("const dx_template dx_templates_builtin[DX_TEMPLATES] = {");
    for (unsigned i = 0; i < DX_TEMPLATES; i++) {
        const char *name = dx_template_name((dx_template_id)i);
        printf("    {%s_text, %s_ops, sizeof %s_ops / sizeof *%s_ops},\n", name, name, name, name);
    }
    puts("};\n");
    print_style(argv[1]);
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
