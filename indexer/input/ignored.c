/* Images, scripts and the like, by their names and by their first bytes. */
#include "indexer/input/ignored.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "indexer/input/chars/chars.h"

/* Pages are often named .cgi or .dll; those of scripts' sources do not begin as
 * pages do. What is missing here is looked into. */
static const char *const extensions[] = {"css", "js", "mjs", "map", "png", "jpg",
    "jpeg", "jpe", "jfif", "gif", "webp", "avif", "heic", "svg", "svgz", "ico",
    "cur", "bmp", "tif", "tiff", "psd", "woff", "woff2", "ttf", "otf", "eot",
    "mp3", "m4a", "aac", "wma", "wav", "ogg", "oga", "flac", "mid", "mp4", "m4v",
    "m4s", "ts", "m3u8", "ogv", "webm", "avi", "mov", "mkv", "mpg", "mpeg", "3gp",
    "wmv", "flv", "swf", "exe", "msi", "apk", "so", "o", "a", "class", "jar",
    "pyc", "iso", "deb", "rpm", "sqlite", "mdb", "lck", "sum", "sig", "asc"};

/* What crawlers and Windows write or fetch for themselves. */
static const char *const names[] = {"robots.txt", "cookies.txt", "hts-log.txt",
    "thumbs.db", "desktop.ini"};

static bool is_one_of(dx_str s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (s.len == strlen(words[i]) &&
            strncasecmp(s.ptr, words[i], s.len) == 0)
            return true;
    return false;
}

/* "style.css" of "style.css?v=3", as wget names what it fetches. */
static dx_str without_query(dx_str name)
{
    const char *query = name.len ? memchr(name.ptr, '?', name.len) : NULL;

    return (dx_str){name.ptr, query ? (size_t)(query - name.ptr) : name.len};
}

bool dx_is_ignored_name(dx_str name)
{
    name = without_query(name);
    const char *dot = name.len ? memrchr(name.ptr, '.', name.len) : NULL;
    if (!dot)
        return false;
    dx_str extension = dx_str_from_offset(name, (size_t)(dot + 1 - name.ptr));
    return is_one_of(name, names, sizeof names / sizeof *names) ||
           is_one_of(extension, extensions,
               sizeof extensions / sizeof *extensions);
}

bool dx_is_media(dx_str first)
{
    const struct {
        size_t at;
        dx_str bytes;
    } marks[] = {
        {0, DX_STR_LIT("\xFF\xD8\xFF")}, {0, DX_STR_LIT("\x89PNG\r\n")},
        {0, DX_STR_LIT("GIF87a")}, {0, DX_STR_LIT("GIF89a")},
        {8, DX_STR_LIT("WEBP")}, {8, DX_STR_LIT("WAVE")}, {8, DX_STR_LIT("AVI ")},
        {4, DX_STR_LIT("ftyp")}, {0, DX_STR_LIT("OggS\0")},
        {0, DX_STR_LIT("ID3\x03")}, {0, DX_STR_LIT("ID3\x04")},
        {0, DX_STR_LIT("\x1A\x45\xDF\xA3")}, {0, DX_STR_LIT("FLV\x01")},
        {0, DX_STR_LIT("wOFF")}, {0, DX_STR_LIT("wOF2")},
        {0, DX_STR_LIT("\0\0\x01\0")}, {0, DX_STR_LIT("II*\0")},
        {0, DX_STR_LIT("MM\0*")}, {0, DX_STR_LIT("\x7F" "ELF")},
        {0, DX_STR_LIT("MZ\x90\0")}, {0, DX_STR_LIT("SQLite format 3\0")}};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (first.len >= marks[i].at + marks[i].bytes.len &&
            memcmp(first.ptr + marks[i].at, marks[i].bytes.ptr,
                marks[i].bytes.len) == 0)
            return true;
    return false;
}
