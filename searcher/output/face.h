/* face.h -- how a site wants its pages to look, and which of their parts it shows. The
 * owner's settings (serve/site.h) fill it; pages, feeds and JSON read it. */
#ifndef DX_SEARCHER_OUTPUT_FACE_H
#define DX_SEARCHER_OUTPUT_FACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cli/language.h"

/* Parts of a page that an owner may leave out, or-ed. */
typedef enum dx_face_part {
    DX_PART_FACETS = 1,      /* values to filter by */
    DX_PART_TIMELINE = 2,    /* hits a month */
    DX_PART_SUGGESTIONS = 4, /* while one types */
    DX_PART_SIMILAR = 8,     /* “Bài tương tự” */
    DX_PART_IMAGES = 16,     /* a thumbnail where an article has one */
    DX_PART_ARTICLE = 32,    /* the stored text of an article, ?id= */
    DX_PARTS_ALL = 63
} dx_face_part;

typedef struct dx_face {  /* strings are borrowed; "" where there is none */
    const char *title;    /* the site's name: "Cổng thông tin tỉnh X" */
    const char *home;     /* address of the home page */
    const char *logo;     /* address of a picture */
    const char *color;    /* of buttons and links, "#0b4fa8" */
    const char *css;      /* the owner's style sheet, after ours */
    const char *header_html, *footer_html; /* trusted: the owner's own HTML */
    const char *base;     /* address of the search itself, "https://tinh.vn/tim-kiem":
                             for feeds and OpenSearch, which need whole ones */
    const char *image_origins; /* from where pictures may come besides the own
                                  origin, with blanks between: "https://anh.tinh.vn" */
    const struct dx_look *look; /* made of colour, css and templates (html/look/look.h);
                                   NULL: none of these */
    unsigned parts;         /* dx_face_part */
    uint32_t hits_per_page; /* 1..DX_FACE_HITS_PER_PAGE_MAX */
    dx_language language;   /* where a request names none */
    bool negotiates;        /* Accept-Language decides where a request names none */
} dx_face;

#define DX_FACE_HITS_PER_PAGE_MAX 100u

/* A site whose owner set nothing. */
#define DX_FACE_INIT                                                           \
    {                                                                          \
        "", "", "", "", "", "", "", "", "", NULL, DX_PARTS_ALL, 10,   \
            DX_VIETNAMESE, false                                               \
    }

#endif
