/* roles.h -- what a word says about a name beside it, for names.c. */
#ifndef DX_NAMES_ROLES_H
#define DX_NAMES_ROLES_H

#include <stddef.h>

/* A word may have several. */
typedef enum dx_role {
    DX_ROLE_RANK = 1 << 0,    /* tỉnh, TP: a province follows, in any case */
    DX_ROLE_CITY = 1 << 1,    /* phố: the same after "thành", else a street */
    DX_ROLE_CITY_OF = 1 << 2, /* thành */
    DX_ROLE_OTHER = 1 << 3,   /* đường, sông, chị: something else, a person */
    DX_ROLE_TOWN = 1 << 4,    /* xã: the same, but not after "thị" */
    DX_ROLE_TOWN_OF = 1 << 5, /* thị */
    DX_ROLE_SURNAME = 1 << 6, /* Nguyễn; middle names too */
    DX_ROLE_OPEN = 1 << 7,    /* Báo, Đài: a province may follow the capital */
    DX_ROLE_FOREIGN = 1 << 8, /* Mỹ, Nga: the body before it is theirs */
    DX_ROLE_OF = 1 << 9,      /* của */
    DX_ROLE_PARTY = 1 << 10,  /* cán: "cán bộ y tế" is no ministry */
    DX_ROLE_RESOLUTION = 1 << 11, /* quyết: of "nghị quyết" */
    DX_ROLE_ORDINANCE = 1 << 12,  /* lệnh: of "pháp lệnh" */
    DX_ROLE_ENGLISH = 1 << 13,    /* the: of English text */
    DX_ROLE_VENUE = 1 << 14       /* hát, chợ: many are called Peace */
} dx_role;

typedef struct dx_role_words {
    dx_role role;
    const char *words; /* exact terms, separated by '|' */
} dx_role_words;

extern const dx_role_words dx_role_table[];
extern const size_t dx_role_table_count;

#endif
