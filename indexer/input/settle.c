/* Whether a record is an article, and what its fields say of one another. */
#include "indexer/input/settle.h"

#include <string.h>

#include "common/index/field/input_name.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"

static bool is_blank(char c) { return c == ' ' || c == '\n'; }

/* Whether `text` begins with `start`, whatever the blanks between the words. */
static bool begins_with(dx_str text, dx_str start)
{
    size_t t = 0, s = 0;

    while (s < start.len) {
        bool blank = is_blank(start.ptr[s]);
        if (t == text.len || blank != is_blank(text.ptr[t]) ||
            (!blank && start.ptr[s] != text.ptr[t]))
            return false;
        s++;
        t++;
        while (blank && s < start.len && is_blank(start.ptr[s]))
            s++;
        while (blank && t < text.len && is_blank(text.ptr[t]))
            t++;
    }
    return true;
}

/* A lead that was cut from the body's head, as "Sáng nay, xã […]", says nothing. */
static void drop_cut_lead(dx_article *a)
{
    static const char *const ends[] = {"[…]", "[...]", "…", "..."};
    dx_str lead = a->lead;

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (lead.len > n && memcmp(dx_str_end(lead) - n, ends[i], n) == 0) {
            lead = dx_trim((dx_str){lead.ptr, lead.len - n});
            break;
        }
    }
    if (lead.len && lead.len < a->lead.len && begins_with(a->body, lead))
        a->lead = (dx_str){NULL, 0};
}

/* Many exports put the lead at the head of the body as well; it counts once. */
static void drop_repeated_lead(dx_article *a)
{
    drop_cut_lead(a);
    if (a->lead.len == 0 || a->body.len < a->lead.len ||
        memcmp(a->body.ptr, a->lead.ptr, a->lead.len) != 0)
        return;
    dx_str rest = dx_str_from_offset(a->body, a->lead.len);
    if (rest.len == 0)
        a->lead = rest;
    else if (rest.ptr[0] == '\n')
        a->body = dx_trim(rest);
}

static bool came_from(const dx_article *a, dx_field field, const char *name)
{
    return a->from.field[field] && strcmp(a->from.field[field], name) == 0;
}

/* What a document is about is one line, and its title. */
static void take_subject(dx_article *a)
{
    bool is_subject = came_from(a, DX_FIELD_LEAD, "trich_yeu") ||
                      came_from(a, DX_FIELD_LEAD, "trich_yeu_noi_dung");

    if (a->title.len || !is_subject || memchr(a->lead.ptr, '\n', a->lead.len))
        return;
    a->title = a->lead;
    a->from.field[DX_FIELD_TITLE] = a->from.field[DX_FIELD_LEAD];
    a->lead = (dx_str){NULL, 0};
    a->from.field[DX_FIELD_LEAD] = NULL;
}

static void take_date_from(dx_article *a, dx_field field)
{
    if (a->date != DX_DATE_UNKNOWN || a->at[field].len == 0)
        return;
    a->date = dx_date_parse(a->at[field]);
    a->from.field[DX_FIELD_DATE] = a->from.field[field];
}

/* Something that says it was published. */
static bool is_published(const dx_article *a)
{
    return a->date != DX_DATE_UNKNOWN || a->url.len || a->docno.len ||
           a->source.len || a->author.len || a->category.len;
}

static bool is_weak_title(const dx_article *a)
{
    return came_from(a, DX_FIELD_TITLE, "name") ||
           came_from(a, DX_FIELD_TITLE, "ten");
}

static bool has_any(const dx_article *a)
{
    for (unsigned f = 0; f < DX_FIELDS; f++)
        if (f != DX_FIELD_ID && a->at[f].len)
            return true;
    return a->date != DX_DATE_UNKNOWN;
}

static dx_left_out verdict(const dx_article *a)
{
    const size_t settings_min = 400, settings_times = 8;

    if (a->left_out != DX_LEFT_NOT || a->body.len || a->lead.len)
        return a->left_out;
    if (a->title.len == 0)
        return a->url.len ? DX_LEFT_METADATA
               : has_any(a) ? DX_LEFT_TABLE
                            : DX_LEFT_EMPTY;
    if (is_published(a))
        return DX_LEFT_NOT;
    bool is_setting =
        a->extra.len > settings_min + settings_times * a->title.len;
    return is_setting || (is_weak_title(a) && a->extra.len) ? DX_LEFT_TABLE
                                                            : DX_LEFT_NOT;
}

static bool has(dx_str text, dx_str part)
{
    return text.ptr && part.len && text.len >= part.len &&
           memmem(text.ptr, text.len, part.ptr, part.len) != NULL;
}

static dx_status put_number_first(dx_article *a, dx_arena *arena, dx_error *err)
{
    static const char label[] = "Số: ";
    size_t head = sizeof label - 1 + a->docno.len;
    const char *comma = memchr(a->docno.ptr, ',', a->docno.len);
    dx_str number = {a->docno.ptr,
        comma ? (size_t)(comma - a->docno.ptr) : a->docno.len};

    if (has(a->title, number) || has(a->lead, number) || has(a->body, number))
        return DX_OK;
    char *text = dx_arena_alloc(arena, head + 1 + a->body.len);
    if (!text)
        return dx_fail_nomem(err);
    memcpy(text, label, sizeof label - 1);
    memcpy(text + sizeof label - 1, a->docno.ptr, a->docno.len);
    text[head] = '\n';
    if (a->body.len)
        memcpy(text + head + 1, a->body.ptr, a->body.len);
    a->body = (dx_str){text, a->body.len ? head + 1 + a->body.len : head};
    return DX_OK;
}

dx_status dx_article_settle(dx_article *a, dx_arena *arena, dx_error *err)
{
    drop_repeated_lead(a);
    take_subject(a);
    take_date_from(a, DX_FIELD_ISSUED);
    take_date_from(a, DX_FIELD_MODIFIED);
    a->left_out = a->deleted.len ? DX_LEFT_NOT : verdict(a);
    return a->left_out == DX_LEFT_NOT && a->docno.len
               ? put_number_first(a, arena, err)
               : DX_OK;
}

/* ---- what was not taken ---- */

static bool may_be(dx_field field, dx_str value)
{
    bool is_date = dx_date_parse(value) != DX_DATE_UNKNOWN;

    if (field == DX_FIELD_DATE)
        return is_date;
    if (field == DX_FIELD_URL)
        return dx_find_ascii(value, "://") > 0;
    if (field < DX_TEXT_FIELDS)
        return memchr(value.ptr, ' ', value.len) != NULL;
    return !is_date;
}

static bool lacks(const dx_article *a, dx_field field)
{
    return field == DX_FIELD_DATE ? a->date == DX_DATE_UNKNOWN
                                  : a->at[field].len == 0;
}

void dx_article_note_missed(dx_article *a, dx_str name, dx_str value)
{
    if (a->missed_count == DX_MISSED_MAX || value.len == 0)
        return;
    dx_field field = dx_field_hinted(name);
    if (field != DX_FIELDS && lacks(a, field) && may_be(field, value))
        a->missed[a->missed_count++] = (dx_missed_name){name, field};
}
