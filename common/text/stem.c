/* English stems, by libstemmer. */
#include "common/text/stem.h"

#include <libstemmer.h>

/* libstemmer allocates its own; dx_stemmer is only a name for it. */
dx_stemmer *dx_stemmer_new(void)
{
    return (dx_stemmer *)sb_stemmer_new("english", "UTF_8");
}

void dx_stemmer_free(dx_stemmer *s)
{
    if (s)
        sb_stemmer_delete((struct sb_stemmer *)s);
}

dx_str dx_stem(dx_stemmer *s, dx_str word)
{
    struct sb_stemmer *stemmer = (struct sb_stemmer *)s;
    const sb_symbol *stem =
        sb_stemmer_stem(stemmer, (const sb_symbol *)word.ptr, (int)word.len);

    if (!stem)
        return word;
    return (dx_str){(const char *)stem, (size_t)sb_stemmer_length(stemmer)};
}
