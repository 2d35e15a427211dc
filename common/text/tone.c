/* Finds the vowel of a syllable that carries the tone mark. */
#include "common/text/tone.h"

#include <string.h>

#include "common/text/syllable.h"

static bool is_vowel(uint32_t base)
{
    return base < 0x80 && base != 0 && strchr("aeiouy", (int)base) != NULL;
}

/* The vowels that can carry the tone: [*first, *end). The u of "qu" and the i
 * of "gi" before another vowel belong to the onset. */
static void find_nucleus(const dx_letter *l, size_t count, size_t *first,
    size_t *end)
{
    size_t i = 0;

    while (i < count && !is_vowel(l[i].base))
        i++;
    bool glide = i > 0 && i + 1 < count && is_vowel(l[i + 1].base) &&
                 l[i].quality == DX_QUALITY_NONE &&
                 ((l[i - 1].base == 'q' && l[i].base == 'u') ||
                     (i == 1 && l[0].base == 'g' && l[1].base == 'i'));
    i += glide;
    *first = i;
    while (i < count && is_vowel(l[i].base))
        i++;
    *end = i;
}

/* The traditional place: the last vowel with a quality mark; without one, the
 * first of two at the end of the syllable (hòa, thủy, mía), the second before a
 * consonant (hoàn), the middle one of three (hoài, khuỷu). */
static size_t tone_place(const dx_letter *l, size_t count)
{
    size_t first, end, marked = count;

    find_nucleus(l, count, &first, &end);
    for (size_t i = first; i < end; i++)
        if (l[i].quality != DX_QUALITY_NONE)
            marked = i;
    if (marked < count)
        return marked;
    return end - first == 1 || (end - first == 2 && end == count) ? first
                                                                  : first + 1;
}

static bool can_be_syllable(const dx_letter *l, size_t count)
{
    char bases[16];

    if (count > sizeof bases)
        return false;
    for (size_t i = 0; i < count; i++) {
        bool d = l[i].base == DX_LETTER_D_STROKE;
        if ((l[i].base >= 0x80 && !d) || l[i].marks[0])
            return false;
        bases[i] = d ? 'd' : (char)l[i].base;
    }
    return dx_syllable_of_bases(bases, count);
}

void dx_tone_place(dx_letter *l, size_t count)
{
    size_t at = count;

    for (size_t i = 0; i < count; i++) {
        if (l[i].tone == DX_TONE_NONE)
            continue;
        if (at < count || !is_vowel(l[i].base))
            return; /* two tones, or one on a consonant: not Vietnamese */
        at = i;
    }
    if (at == count || !can_be_syllable(l, count))
        return;
    size_t place = tone_place(l, count);
    if (place >= count || place == at)
        return;
    l[place].tone = l[at].tone;
    l[at].tone = DX_TONE_NONE;
}
