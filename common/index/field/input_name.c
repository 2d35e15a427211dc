/* Names of fields as programs write them, by hash of what they have in common. */
#include "common/index/field/input_name.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/text/letter.h"
#include "common/text/utf8.h"

/* The base letter or digit of `c` in *out. False when names in Latin letters have
 * no such character; marks and punctuation are passed over: *out is 0. */
static bool base_of(uint32_t c, char *out)
{
    uint32_t parts[DX_DECOMPOSED_MAX];

    *out = 0;
    if (c == DX_LETTER_D_STROKE || c == DX_LETTER_D_STROKE - 1) {
        *out = 'd';
        return true;
    }
    size_t n = dx_char_decompose(c, parts);
    for (size_t i = 0; i < n; i++) {
        dx_char_class class = dx_char_class_of(parts[i]);
        bool is_base = (parts[i] >= 'a' && parts[i] <= 'z') ||
                       (parts[i] >= '0' && parts[i] <= '9');
        if (is_base && !*out)
            *out = (char)parts[i];
        else if (class == DX_CHAR_LETTER || class == DX_CHAR_IDEOGRAPH)
            return false;
    }
    return true;
}

size_t dx_input_name_fold(dx_str name, char out[DX_INPUT_NAME_BYTES])
{
    const char *p = name.ptr, *end = dx_str_end(name);
    size_t n = 0;

    while (p < end) {
        uint32_t c = (unsigned char)*p;
        char base = 0;
        if (c >= 0x80) {
            size_t len = dx_utf8_decode(p, end, &c);
            if (!len || !base_of(c, &base))
                return 0;
            p += len;
        } else {
            p++;
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                base = (char)c;
            else if (c >= 'A' && c <= 'Z')
                base = (char)(c | 0x20);
            else if (c < 0x20)
                return 0;
        }
        if (base && n == DX_INPUT_NAME_BYTES)
            return 0;
        if (base)
            out[n++] = base;
    }
    return n;
}

/* ---- the table ---- */

/* Each object that is indexed asks for all its members, so names are in a table by
 * hash, made when first needed. */
#define SLOTS 1024u /* a power of two, at least twice the names */

typedef struct input_name {
    char name[DX_INPUT_NAME_BYTES - 3];
    uint8_t len; /* 0: a free slot */
    uint8_t field, which;
} input_name;

static input_name slots[SLOTS];
static pthread_once_t slots_made = PTHREAD_ONCE_INIT;

/* Where a folded name is or would be: by its first and its last eight bytes. It lies in
 * DX_INPUT_NAME_BYTES, of which those behind it up to the eighth are 0. */
static input_name *slot_of(const char *name, size_t len)
{
    const uint8_t *bytes = (const uint8_t *)name;
    uint64_t head = dx_load_u64(bytes);
    uint64_t tail = dx_load_u64(bytes + (len > 8 ? len - 8 : 0));
    uint64_t hash = (head ^ (tail << 21 | tail >> 43)) * 0x9E3779B97F4A7C15u + len;

    for (size_t at = (size_t)(hash >> 40);; at++) {
        input_name *slot = &slots[at % SLOTS];
        if (!slot->len ||
            (slot->len == len && memcmp(slot->name, name, len) == 0))
            return slot;
    }
}

static void make_slots(void)
{
    for (unsigned f = 0; f < DX_FIELDS; f++) {
        const char *const *names = dx_fields[f].input_names;
        for (unsigned i = 0; names[i]; i++) {
            char folded[DX_INPUT_NAME_BYTES] = "";
            size_t len = dx_input_name_fold(dx_str_from(names[i]), folded);
            input_name *slot = slot_of(folded, len);
            if (slot->len)
                continue; /* of the same field: a test holds that */
            memcpy(slot->name, folded, len);
            slot->len = (uint8_t)len;
            slot->field = (uint8_t)f;
            slot->which = (uint8_t)i;
        }
    }
}

static const input_name *find(dx_str name)
{
    char folded[DX_INPUT_NAME_BYTES];
    memset(folded, 0, sizeof(uint64_t));
    size_t len = dx_input_name_fold(name, folded);

    if (len == 0 || len > sizeof slots->name)
        return NULL;
    const input_name *slot = slot_of(folded, len);
    return slot->len ? slot : NULL;
}

/* ---- ways to a value ---- */

/* Parts of such a name that say nothing of the field. */
static bool only_leads_there(dx_str part)
{
    static const char *const parts[] = {"source", "fields", "attributes",
        "properties", "thuoctinh", "data", "doc", "document", "node", "item",
        "post", "article", "hit", "og", "dc", "dcterms", "twitter", "meta",
        "rendered", "value", "encoded", "raw", "text", "html", "name", "vi",
        "date", "oid", "numberlong", "content"};
    char folded[DX_INPUT_NAME_BYTES];
    size_t len = dx_input_name_fold(part, folded);
    size_t digits = 0;

    while (digits < len && folded[digits] >= '0' && folded[digits] <= '9')
        digits++;
    if (digits == len)
        return true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (dx_str_eq((dx_str){folded, len}, dx_str_from(parts[i])))
            return true;
    return false;
}

/* The part up to the next '.', ':' or '/'; passes it. */
static dx_str take_part(dx_str *rest)
{
    size_t n = 0;

    while (n < rest->len && !strchr(".:/", rest->ptr[n] ? rest->ptr[n] : 'x'))
        n++;
    dx_str part = {rest->ptr, n};
    n += n < rest->len;
    *rest = (dx_str){n ? rest->ptr + n : rest->ptr, rest->len - n};
    return part;
}

/* The one part that names a field, if all others only lead there; else the last
 * part that may name one. */
static const input_name *find_in_parts(dx_str name)
{
    const input_name *found = NULL, *last = NULL;

    while (name.len) {
        dx_str part = take_part(&name);
        const input_name *here = find(part);
        if (here)
            last = here;
        if (only_leads_there(part))
            continue;
        if (!here || found)
            return NULL;
        found = here;
    }
    return found ? found : last;
}

/* Without the type that Solr's dynamic names end in, or a language: title_txt_vi. */
static const input_name *find_without_type(dx_str name)
{
    static const char *const types[] = {"_s", "_ss", "_t", "_txt", "_dt", "_tdt",
        "_dts", "_i", "_l", "_vi"};
    const input_name *slot = NULL;

    for (size_t i = 0; !slot && i < sizeof types / sizeof *types; i++) {
        size_t n = strlen(types[i]);
        if (name.len > n && memcmp(dx_str_end(name) - n, types[i], n) == 0) {
            dx_str rest = {name.ptr, name.len - n};
            slot = find(rest);
            return slot ? slot : find_without_type(rest);
        }
    }
    return slot;
}

dx_field dx_field_of_input(dx_str name, unsigned *which)
{
    pthread_once(&slots_made, make_slots);
    const input_name *slot = find(name);
    dx_str rest = name;
    if (!slot)
        slot = find_without_type(name);
    if (!slot && take_part(&rest).len < name.len)
        slot = find_in_parts(name);
    if (!slot)
        return DX_FIELDS;
    *which = slot->which;
    return (dx_field)slot->field;
}

bool dx_field_is_weak_title(unsigned which)
{
    const char *name = dx_fields[DX_FIELD_TITLE].input_names[which];

    return strcmp(name, "name") == 0 || strcmp(name, "ten") == 0;
}

/* ---- names that may mean a field ---- */

dx_field dx_field_hinted(dx_str name)
{
    static const struct {
        const char *stem;
        dx_field field;
    } stems[] = {{"ngay", DX_FIELD_DATE}, {"thoigian", DX_FIELD_DATE},
        {"date", DX_FIELD_DATE}, {"time", DX_FIELD_DATE},
        {"tieude", DX_FIELD_TITLE}, {"title", DX_FIELD_TITLE},
        {"headline", DX_FIELD_TITLE}, {"ten", DX_FIELD_TITLE},
        {"noidung", DX_FIELD_BODY}, {"content", DX_FIELD_BODY},
        {"text", DX_FIELD_BODY}, {"body", DX_FIELD_BODY},
        {"tomtat", DX_FIELD_LEAD}, {"mota", DX_FIELD_LEAD},
        {"summary", DX_FIELD_LEAD}, {"desc", DX_FIELD_LEAD},
        {"tacgia", DX_FIELD_AUTHOR}, {"author", DX_FIELD_AUTHOR},
        {"nguon", DX_FIELD_SOURCE}, {"source", DX_FIELD_SOURCE},
        {"chuyenmuc", DX_FIELD_CATEGORY}, {"categor", DX_FIELD_CATEGORY},
        {"sohieu", DX_FIELD_DOCNO}, {"kyhieu", DX_FIELD_DOCNO},
        {"tukhoa", DX_FIELD_TAGS}, {"keyword", DX_FIELD_TAGS},
        {"url", DX_FIELD_URL}, {"link", DX_FIELD_URL}};
    char folded[DX_INPUT_NAME_BYTES];
    size_t len = dx_input_name_fold(name, folded);

    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (len >= 3 &&
            memmem(folded, len, stems[i].stem, strlen(stems[i].stem)))
            return stems[i].field;
    return DX_FIELDS;
}
