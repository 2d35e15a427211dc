/* A state document's letterhead and heading to fields. */
#include "indexer/input/text/state_document.h"

#include <stdio.h>
#include <string.h>

#include "common/base/civil.h"
#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/text/casing.h"
#include "indexer/input/text/state_line.h"

#define HEAD_LINES 40u     /* no letterhead and heading are longer */
#define ABOUT_LINES 10u
#define ABOUT_MAX_BYTES 800u
#define ISSUER_LINES 4u
#define TAIL_LINES 70u     /* a signature beside its list of recipients */
#define SIGNATURE_LINES 24u
#define CELLS_MAX 4u

typedef struct heading { /* what was found */
    dx_str issuer[ISSUER_LINES], about[ABOUT_LINES];
    size_t issuers, abouts;
    dx_str number;
    int32_t date;
    const char *type;
    bool motto, letter, form;
} heading;

/* A line, or the cell of one that a converter wrote as "|…|…|". */
typedef struct line {
    dx_str text;
    size_t para, cell; /* cell 0 of a line without bars */
    bool after_blank, used;
} line;

typedef struct head {
    line at[HEAD_LINES * CELLS_MAX];
    size_t count;
    heading found;
} head;

/* Up to CELLS_MAX of them to `out`; returns how many. */
static size_t split_cells(const dx_paras *p, size_t i, line *out)
{
    size_t count = 0;
    dx_str rest = p->items[i].text;
    bool after_blank = p->items[i].after_blank;

    for (size_t cell = 0; cell < CELLS_MAX; cell++) {
        const char *bar =
            rest.len && cell + 1 < CELLS_MAX ? memchr(rest.ptr, '|', rest.len)
                                             : NULL;
        size_t n = bar ? (size_t)(bar - rest.ptr) : rest.len;
        dx_str text = dx_trim((dx_str){rest.ptr, n});
        if (text.len)
            out[count++] = (line){text, i, cell, after_blank, false};
        if (!bar)
            break;
        after_blank = false;
        rest = dx_str_from_offset(rest, n + 1);
    }
    return count;
}

static void add_issuer(heading *f, dx_str text)
{
    if (f->issuers < ISSUER_LINES)
        f->issuer[f->issuers++] = text;
}

static void add_about(heading *f, dx_str text)
{
    if (f->abouts < ABOUT_LINES)
        f->about[f->abouts++] = text;
}

static void set_date(heading *f, int32_t date)
{
    if (f->date == DX_DATE_UNKNOWN)
        f->date = date;
}

/* "Số: 12/QĐ-UBND", and the day when both columns stand in one line. */
static bool take_number(heading *f, dx_str text)
{
    dx_str number = {NULL, 0}, rest = {NULL, 0};
    int32_t date;

    if (!dx_state_number(text, &number, &rest))
        return false;
    if (f->number.len == 0)
        f->number = number;
    if (rest.len && dx_state_is_place_and_date(rest, &date))
        set_date(f, date);
    return true;
}

/* ---- the letterhead ---- */

static size_t after_about_mark(dx_str text)
{
    static const char *const marks[] = {"v/v:", "v/v :", "v/v.", "v/v", "vv:"};
    size_t n = 0;

    for (size_t i = 0; !n && i < sizeof marks / sizeof *marks; i++)
        n = dx_starts_with(text, marks[i]);
    return n;
}

/* What "V/v …" of a letter says, in the lines of its column. */
static size_t take_letter_subject(head *h, size_t i)
{
    heading *f = &h->found;
    size_t cell = h->at[i].cell, para = h->at[i].para;
    dx_str before = {NULL, 0};
    int32_t date;

    f->letter = true;
    for (size_t k = i; k < h->count; k++) {
        line *l = &h->at[k];
        if (l->cell != cell)
            continue; /* the other column */
        if (k > i && (l->after_blank || dx_state_is_rule(l->text) ||
                         dx_state_is_motto(l->text, &before) ||
                         dx_state_is_place_and_date(l->text, &date) ||
                         dx_state_begins_text(l->text) ||
                         l->para > para + 1 || l->text.len > 200))
            break;
        para = l->para;
        add_about(f, l->text);
        l->used = true;
    }
    return i;
}

/* Whether the line above in the same column is the issuer. */
static bool is_below_issuer(const head *h, size_t i)
{
    const heading *f = &h->found;
    size_t cell = h->at[i].cell;

    while (i-- > 0)
        if (h->at[i].cell == cell)
            return f->issuers > 0 &&
                   f->issuer[f->issuers - 1].ptr == h->at[i].text.ptr;
    return false;
}

/* A line before the type; false when it belongs to the text already. */
static bool take_letterhead_line(head *h, size_t *i, size_t *unknown)
{
    heading *f = &h->found;
    line *l = &h->at[*i];
    dx_str before = {NULL, 0};
    int32_t date;

    if (l->used)
        return true;
    l->used = true;
    if (dx_state_is_rule(l->text))
        return true;
    if (dx_state_is_motto(l->text, &before)) {
        f->motto = true;
        if (before.len && dx_state_is_body(before))
            add_issuer(f, before);
        return true;
    }
    if (take_number(f, l->text))
        return true;
    if (dx_state_is_place_and_date(l->text, &date)) {
        set_date(f, date);
        return true;
    }
    bool goes_on = is_below_issuer(h, *i) && f->number.len == 0 &&
                   dx_state_is_capitals(l->text) && l->text.len <= 100;
    if (f->number.len && after_about_mark(l->text)) {
        *i = take_letter_subject(h, *i);
        return true;
    }
    if (dx_state_is_body(l->text) || goes_on) {
        add_issuer(f, l->text);
        return true;
    }
    l->used = false;
    if (dx_state_begins_text(l->text))
        return false;
    if (f->motto && dx_state_is_capitals(l->text) && l->text.len >= 8) {
        f->form = true; /* "ĐƠN XIN …": a heading of no type that we know */
        return false;
    }
    return ++*unknown <= 3 && l->text.len <= 60; /* "Mẫu số 01", "DỰ THẢO" */
}

/* ---- the heading ---- */

/* "CỦA CHÍNH PHỦ SỐ 03/2010/NĐ-CP NGÀY 13 THÁNG 01 NĂM 2010", as collections of
 * laws have it, also in two lines. */
static bool take_origin(heading *f, dx_str text)
{
    size_t n = dx_starts_with(text, "của ");
    int32_t date;

    if (f->abouts || !dx_state_is_capitals(text))
        return false;
    if (dx_state_number(text, &f->number, &text)) {
        if (dx_state_is_place_and_date(text, &date))
            set_date(f, date);
        return true;
    }
    if (dx_state_is_place_and_date(text, &date)) {
        set_date(f, date);
        return true;
    }
    if (!n)
        return false;
    text = dx_str_from_offset(text, n);
    dx_str body = text;
    for (size_t i = 0; i + 1 < text.len; i++) {
        dx_str rest = dx_str_from_offset(text, i + 1);
        if (text.ptr[i] != ' ' ||
            (!dx_starts_with(rest, "số ") && !dx_starts_with(rest, "ngày ")))
            continue;
        body = (dx_str){text.ptr, i};
        take_origin(f, rest);
        break;
    }
    f->issuers = 0;
    add_issuer(f, body);
    return true;
}

static bool ends_sentence(dx_str s)
{
    return strchr(".;:", s.ptr[s.len - 1]) != NULL;
}

/* Whether `l` is one more line of what the document is about. */
static bool is_about(const heading *f, const line *l, size_t bytes)
{
    dx_str last = f->abouts ? f->about[f->abouts - 1] : (dx_str){NULL, 0};
    bool same_case = f->abouts && dx_state_is_capitals(last) ==
                                      dx_state_is_capitals(l->text);

    if (l->text.len > 500 || bytes + l->text.len > ABOUT_MAX_BYTES ||
        f->abouts == ABOUT_LINES || l->text.ptr[0] == '(')
        return false;
    if (f->abouts == 0)
        return !(ends_sentence(l->text) && l->text.len > 200);
    if (ends_sentence(last))
        return false;
    if (dx_state_begins_small(l->text) || (same_case && dx_state_is_capitals(last)))
        return true;
    /* A name may begin a line of those that are full. */
    const size_t full = 60;
    return same_case && !l->after_blank && last.len >= full &&
           !ends_sentence(l->text);
}

static void take_heading(head *h, size_t i)
{
    heading *f = &h->found;
    size_t bytes = 0;
    int32_t date;

    for (; i < h->count; i++) {
        line *l = &h->at[i];
        if (l->used)
            continue;
        if (dx_state_is_rule(l->text)) {
            l->used = true;
            if (f->abouts)
                break;
            continue;
        }
        if (take_origin(f, l->text)) {
            l->used = true;
            continue;
        }
        if (!f->abouts && dx_state_is_place_and_date(l->text, &date)) {
            set_date(f, date);
            l->used = true;
            continue;
        }
        if (dx_state_is_authority(l->text) || dx_state_begins_text(l->text) ||
            !is_about(f, l, bytes))
            break;
        bytes += l->text.len;
        add_about(f, l->text);
        l->used = true;
    }
}

/* "QUYẾT ĐỊNH VỀ VIỆC …" in one line, too. */
static const char *type_of(heading *f, dx_str text)
{
    static const char *const marks[] = {" về việc ", " v/v ", " về "};

    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        for (size_t i = 1; i < text.len && i < 64; i++) {
            if (text.ptr[i] != ' ' ||
                !dx_starts_with(dx_str_from_offset(text, i), marks[m]))
                continue;
            const char *type = dx_state_type((dx_str){text.ptr, i});
            if (!type)
                continue;
            add_about(f, dx_str_from_offset(text, i + 1));
            return type;
        }
    return dx_state_type(text);
}

static void read_head(head *h)
{
    heading *f = &h->found;
    size_t unknown = 0;

    for (size_t i = 0; i < h->count; i++) {
        if (h->at[i].used)
            continue;
        f->type = f->letter ? NULL : type_of(f, h->at[i].text);
        if (f->type) {
            h->at[i].used = true;
            take_heading(h, i + 1);
            return;
        }
        if (!take_letterhead_line(h, &i, &unknown))
            break;
    }
    for (size_t i = 0; f->form && i < h->count; i++)
        if (!h->at[i].used) {
            take_heading(h, i);
            return;
        }
}

/* A heading alone may be that of a news item: "THÔNG BÁO". */
static bool is_state_document(const heading *f)
{
    bool named = f->number.len || f->date != DX_DATE_UNKNOWN;

    if (f->type)
        return f->motto || (named && (f->issuers || f->abouts));
    if (f->letter)
        return f->issuers || f->motto;
    return f->motto && ((f->form && f->abouts) || (f->number.len && f->issuers));
}

/* ---- fields ---- */

static dx_status join(const dx_str *parts, size_t count, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    size_t bytes = 1, n = 0;

    for (size_t i = 0; i < count; i++)
        bytes += parts[i].len + 1;
    char *text = dx_arena_alloc(arena, bytes);
    if (!text)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < count; i++) {
        if (n && parts[i].len)
            text[n++] = ' ';
        if (parts[i].len)
            memcpy(text + n, parts[i].ptr, parts[i].len);
        n += parts[i].len;
    }
    text[n] = '\0';
    *out = (dx_str){text, n};
    return DX_OK;
}

/* The body that issues is the last of the letterhead; lines that name none go on
 * with the one before. */
static dx_status take_issuer(const heading *f, const dx_paras *p,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    size_t first = f->issuers;
    dx_str joined = {NULL, 0};

    if (f->issuers == 0 || out->issuer.len)
        return DX_OK;
    while (first > 1 && !dx_state_is_body(f->issuer[first - 1]))
        first--;
    first -= first > 0;
    DX_TRY(join(f->issuer + first, f->issuers - first, arena, &joined, err));
    while (joined.len && !dx_state_is_rule(joined) &&
           strchr("-*_:., ", joined.ptr[joined.len - 1]))
        joined.len--;
    DX_TRY(dx_casing_of_body(joined, p, arena, &out->issuer, err));
    out->from.field[DX_FIELD_ISSUER] = "letterhead";
    return DX_OK;
}

static dx_status take_day(const heading *f, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    char text[DX_CIVIL_BYTES];

    if (f->date == DX_DATE_UNKNOWN)
        return DX_OK;
    if (out->date == DX_DATE_UNKNOWN) {
        out->date = f->date;
        out->from.field[DX_FIELD_DATE] = "letterhead";
    }
    if (out->issued.len)
        return DX_OK;
    size_t n = dx_civil_put(f->date, text);
    out->issued = (dx_str){dx_arena_strndup(arena, text, n), n};
    out->from.field[DX_FIELD_ISSUED] = "letterhead";
    return out->issued.ptr ? DX_OK : dx_fail_nomem(err);
}

/* "1368 /BXD-VLXD" without its blanks. */
static dx_status take_docno(const heading *f, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    if (f->number.len == 0 || out->docno.len)
        return DX_OK;
    char *text = dx_arena_alloc(arena, f->number.len + 1);
    size_t n = 0;
    if (!text)
        return dx_fail_nomem(err);
    for (size_t i = 0; i < f->number.len; i++)
        if (f->number.ptr[i] != ' ')
            text[n++] = f->number.ptr[i];
    out->docno = (dx_str){text, n};
    out->from.field[DX_FIELD_DOCNO] = "letterhead";
    return DX_OK;
}

/* "Về việc …", "V/v: …", "Phê duyệt …" behind the type. */
static dx_status subject(const heading *f, const dx_paras *p, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    dx_str about = {NULL, 0};

    DX_TRY(join(f->about, f->abouts, arena, &about, err));
    size_t mark = after_about_mark(about);
    if (mark) {
        dx_str parts[] = {DX_STR_LIT("về việc"),
            dx_trim(dx_str_from_offset(about, mark))};
        DX_TRY(join(parts, 2, arena, &about, err));
    }
    while (about.len && strchr("./;,- ", about.ptr[about.len - 1]))
        about.len--;
    if (dx_state_is_capitals(about))
        DX_TRY(dx_casing_of_title(about, p, arena, &about, err));
    bool name = f->type && strstr(f->type, "uật"); /* "Luật Đất đai" */
    if (about.len && !name && !dx_state_is_capitals(about)) {
        const char *at = about.ptr;
        uint32_t first = dx_char_next(&at, dx_str_end(about));
        size_t n = (size_t)(at - about.ptr);
        bool initials = n < about.len && dx_state_is_capitals((dx_str){about.ptr,
                            about.len < n + 3 ? about.len : n + 3});
        char *text = dx_arena_strndup(arena, about.ptr, about.len);
        if (!text)
            return dx_fail_nomem(err);
        if (!initials)
            dx_char_put(text, dx_char_lower(first));
        about.ptr = text;
    }
    *out = about;
    return DX_OK;
}

static dx_status plain_title(const heading *f, const char *type, dx_str issuer,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    char day[64] = "";

    if (f->date != DX_DATE_UNKNOWN) {
        dx_civil c = dx_civil_of_day(f->date);
        snprintf(day, sizeof day, "ngày %d tháng %d năm %d", c.day, c.month,
            c.year);
    }
    dx_str none = DX_STR_LIT("");
    dx_str parts[] = {dx_str_from(type), issuer.len ? DX_STR_LIT("của") : none,
        issuer, f->number.len ? DX_STR_LIT("số") : none, f->number,
        dx_str_from(day)};
    return join(parts, 6, arena, out, err);
}

static dx_status take_title(const heading *f, const dx_paras *p,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    const char *type = f->type ? f->type : f->form ? "" : "Công văn";
    dx_str about = {NULL, 0};

    if (*type && out->doctype.len == 0) {
        out->doctype = dx_str_from(type);
        out->from.field[DX_FIELD_DOCTYPE] = f->type ? "heading" : "letterhead";
    }
    if (out->title.len)
        return DX_OK;
    out->from.field[DX_FIELD_TITLE] = "heading";
    if (f->abouts == 0)
        return plain_title(f, type, out->issuer, arena, &out->title, err);
    DX_TRY(subject(f, p, arena, &about, err));
    if (f->form)
        return join(f->about, f->abouts, arena, &out->title, err);
    dx_str parts[] = {dx_str_from(type), about};
    return join(parts, 2, arena, &out->title, err);
}

/* ---- the signature ---- */

/* The last name below an office: beside it may stand the list of recipients. */
static void take_signer(const dx_paras *p, dx_article *out)
{
    size_t from = p->count > TAIL_LINES ? p->count - TAIL_LINES : 0;
    size_t office = SIZE_MAX;

    for (size_t i = from; i < p->count; i++) {
        line cells[CELLS_MAX];
        size_t count = split_cells(p, i, cells);
        for (size_t k = 0; k < count; k++) {
            dx_str text = cells[k].text;
            if (dx_state_is_authority(text)) {
                office = i;
            } else if (office != SIZE_MAX && i - office <= SIGNATURE_LINES &&
                       dx_state_is_name(text)) {
                out->signer = text;
                out->from.field[DX_FIELD_SIGNER] = "signature";
                return;
            }
        }
    }
}

static void remove_used(const head *h, dx_paras *p)
{
    size_t kept = 0;

    for (size_t i = 0; i < p->count; i++) {
        bool used = false, left = false;
        for (size_t k = 0; k < h->count; k++)
            if (h->at[k].para == i) {
                used |= h->at[k].used;
                left |= !h->at[k].used;
            }
        if (!used || left)
            p->items[kept++] = p->items[i];
        if (i >= HEAD_LINES && kept == i + 1)
            return;
    }
    p->count = kept;
}

static dx_status take_all(head *h, dx_paras *p, dx_arena *arena,
    dx_article *out, dx_error *err)
{
    const heading *f = &h->found;

    if (out->title.len == 0)
        remove_used(h, p);
    DX_TRY(take_docno(f, arena, out, err));
    DX_TRY(take_day(f, arena, out, err));
    DX_TRY(take_issuer(f, p, arena, out, err));
    DX_TRY(take_title(f, p, arena, out, err));
    if (out->signer.len == 0)
        take_signer(p, out);
    return DX_OK;
}

dx_status dx_state_document_read(dx_paras *p, dx_arena *arena,
    dx_article *out, bool *found, dx_error *err)
{
    head *h = dx_calloc(1, sizeof *h);

    *found = false;
    if (!h)
        return dx_fail_nomem(err);
    h->found.date = DX_DATE_UNKNOWN;
    for (size_t i = 0; i < p->count && i < HEAD_LINES; i++)
        h->count += split_cells(p, i, h->at + h->count);
    read_head(h);
    *found = is_state_document(&h->found);
    dx_status rc = *found ? take_all(h, p, arena, out, err) : DX_OK;
    dx_free(h);
    return rc;
}
