/* letter.h -- a letter and its marks apart, as the analyzer works on words. */
#ifndef DX_TEXT_LETTER_H
#define DX_TEXT_LETTER_H

#include <stdint.h>

#define DX_LETTER_D_STROKE 0x111u /* đ */
#define DX_LETTER_MARKS_MAX 4

typedef enum dx_quality { /* marks that make another vowel */
    DX_QUALITY_NONE,
    DX_QUALITY_CIRCUMFLEX = 0x302, /* â ê ô */
    DX_QUALITY_BREVE = 0x306,      /* ă */
    DX_QUALITY_HORN = 0x31B        /* ơ ư */
} dx_quality;

typedef enum dx_tone {
    DX_TONE_NONE,
    DX_TONE_GRAVE = 0x300, /* huyền */
    DX_TONE_ACUTE = 0x301, /* sắc */
    DX_TONE_TILDE = 0x303, /* ngã */
    DX_TONE_HOOK = 0x309,  /* hỏi */
    DX_TONE_DOT = 0x323    /* nặng */
} dx_tone;

typedef struct dx_letter {
    uint32_t base;    /* lower case, without marks */
    uint16_t quality; /* dx_quality */
    uint16_t tone;    /* dx_tone */
    uint16_t marks[DX_LETTER_MARKS_MAX]; /* any others, 0-terminated */
} dx_letter;

#endif
