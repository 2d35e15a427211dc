/* Legal documents' properties. */
#include "indexer/input/html/facts/properties.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/html/facts/names.h"
#include "indexer/input/text/state_line.h"

#define VALUE_MAX_BYTES 600u

/* Longer ones before those that they begin with. */
static const struct property {
    const char *label;
    dx_field field;
} properties[] = {
    {"số ký hiệu văn bản", DX_FIELD_DOCNO}, {"số ký hiệu", DX_FIELD_DOCNO},
    {"số kí hiệu", DX_FIELD_DOCNO}, {"số, ký hiệu", DX_FIELD_DOCNO},
    {"số/ký hiệu", DX_FIELD_DOCNO}, {"số / ký hiệu", DX_FIELD_DOCNO},
    {"số hiệu văn bản", DX_FIELD_DOCNO}, {"số hiệu", DX_FIELD_DOCNO},
    {"số văn bản", DX_FIELD_DOCNO}, {"số quyết định", DX_FIELD_DOCNO},
    {"ký hiệu", DX_FIELD_DOCNO},
    {"loại văn bản", DX_FIELD_DOCTYPE}, {"hình thức văn bản", DX_FIELD_DOCTYPE},
    {"thể loại văn bản", DX_FIELD_DOCTYPE}, {"thể loại", DX_FIELD_DOCTYPE},
    {"cơ quan ban hành văn bản", DX_FIELD_ISSUER},
    {"cơ quan ban hành", DX_FIELD_ISSUER}, {"đơn vị ban hành", DX_FIELD_ISSUER},
    {"nơi ban hành", DX_FIELD_ISSUER}, {"cấp ban hành", DX_FIELD_ISSUER},
    {"cơ quan bh", DX_FIELD_ISSUER},
    {"người ký duyệt", DX_FIELD_SIGNER}, {"người ký văn bản", DX_FIELD_SIGNER},
    {"người ký", DX_FIELD_SIGNER}, {"người kí", DX_FIELD_SIGNER},
    {"ngày ban hành", DX_FIELD_ISSUED}, {"ngày bh", DX_FIELD_ISSUED},
    {"ngày ký", DX_FIELD_ISSUED}, {"ngày văn bản", DX_FIELD_ISSUED},
    {"ngày có hiệu lực", DX_FIELD_EFFECTIVE},
    {"ngày bắt đầu hiệu lực", DX_FIELD_EFFECTIVE},
    {"ngày hiệu lực", DX_FIELD_EFFECTIVE}, {"ngày áp dụng", DX_FIELD_EFFECTIVE},
    {"hiệu lực từ", DX_FIELD_EFFECTIVE}, {"có hiệu lực từ", DX_FIELD_EFFECTIVE},
    {"ngày hết hiệu lực", DX_FIELD_EXPIRES},
    {"ngày hết hạn", DX_FIELD_EXPIRES},
    {"tình trạng hiệu lực", DX_FIELD_STATUS},
    {"trạng thái hiệu lực", DX_FIELD_STATUS}, {"tình trạng", DX_FIELD_STATUS},
    {"trạng thái", DX_FIELD_STATUS}, {"hiệu lực", DX_FIELD_STATUS},
    {"trích yếu nội dung", DX_FIELD_TITLE}, {"nội dung trích yếu", DX_FIELD_TITLE},
    {"trích yếu", DX_FIELD_TITLE}, {"tên văn bản", DX_FIELD_TITLE},
    {"lĩnh vực", DX_FIELD_CATEGORY}, {"ngành/lĩnh vực", DX_FIELD_CATEGORY},
};

typedef struct found {
    dx_str at[DX_FIELDS];
} found;

/* The property whose label begins `line`; *value is what stands behind, after a
 * colon. A label that goes on ("Ngày ký kết …") is none. */
static const struct property *property_of(dx_str line, dx_str *value)
{
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        size_t n = dx_starts_with(line, properties[i].label);
        if (n == 0)
            continue;
        dx_str rest = dx_trim(dx_str_from_offset(line, n));
        if (rest.len == 0 || rest.ptr[0] == ':') {
            *value = rest.len ? dx_trim(dx_str_from_offset(rest, 1)) : rest;
            return &properties[i];
        }
    }
    return NULL;
}

static bool is_value(dx_field field, dx_str s)
{
    dx_str unused;
    bool has_digit = false;

    if (s.len == 0 || s.len > VALUE_MAX_BYTES || property_of(s, &unused))
        return false;
    for (size_t i = 0; i < s.len && !has_digit; i++)
        has_digit = dx_is_digit(s.ptr[i]);
    switch ((int)field) {
    case DX_FIELD_DOCNO:
        return has_digit && s.len <= 80;
    case DX_FIELD_ISSUED:
    case DX_FIELD_EFFECTIVE:
    case DX_FIELD_EXPIRES:
        return s.len <= 60 && dx_date_parse(s) != DX_DATE_UNKNOWN;
    case DX_FIELD_SIGNER:
        return !has_digit && s.len <= 120;
    case DX_FIELD_STATUS: /* others have a status, too: "Đã duyệt" */
        return s.len <= 80 && memmem(s.ptr, s.len, "iệu lực", 9) != NULL;
    case DX_FIELD_TITLE:
        return true;
    default:
        return s.len <= 200;
    }
}

static dx_status gather(const dx_page *p, found *out)
{
    const size_t label_max = 200;

    for (uint32_t i = 0; i < p->lines.count; i++) {
        const dx_line *line = &p->lines.items[i];
        dx_str value, text = line->text;
        DX_TRY(dx_page_check_stop(p, i));
        if (line->looks & DX_LINE_ASIDE)
            continue;
        if (text.len > label_max + VALUE_MAX_BYTES)
            continue;
        const struct property *property = property_of(text, &value);
        if (!property)
            continue;
        if (!value.len && i + 1 < p->lines.count) {
            value = p->lines.items[i + 1].text;
            if (value.len > 1 && value.ptr[0] == ':') /* a cell of its own */
                value = dx_trim(dx_str_from_offset(value, 1));
            else if (dx_equals(value, ":") && i + 2 < p->lines.count)
                value = p->lines.items[i + 2].text;
        }
        if (!out->at[property->field].len && is_value(property->field, value))
            out->at[property->field] = value;
    }
    return DX_OK;
}

static bool is_document(const found *f)
{
    static const dx_field others[] = {DX_FIELD_ISSUED, DX_FIELD_ISSUER,
        DX_FIELD_DOCTYPE, DX_FIELD_SIGNER, DX_FIELD_EFFECTIVE, DX_FIELD_STATUS};
    size_t count = 0;

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        count += f->at[others[i]].len > 0;
    return f->at[DX_FIELD_DOCNO].len ? count >= 1 : count >= 3;
}

/* Portals set it below such a heading, without a label. */
static dx_str below_title(const dx_page *p)
{
    const size_t telling_bytes = 30;
    const uint32_t below = 3;
    dx_str unused;

    for (uint32_t i = p->title_line + 1;
         i < p->lines.count && i <= p->title_line + below; i++) {
        const dx_line *line = &p->lines.items[i];
        if (line->text.len < telling_bytes || line->text.len > VALUE_MAX_BYTES ||
            (line->looks & (DX_LINE_LINK | DX_LINE_ASIDE | DX_LINE_CELL)))
            continue;
        return property_of(line->text, &unused) ? (dx_str){NULL, 0} : line->text;
    }
    return (dx_str){NULL, 0};
}

/* A title with another text than the trích yếu: "12/QĐ-UBND", or the name of the
 * page. */
static dx_status set_title(const dx_page *p, dx_str summary)
{
    const size_t telling_bytes = 30;
    dx_str title = p->out->title, rest = {NULL, 0};
    bool number_only = dx_state_title_is_number(title, &rest);

    bool tells = title.len >= telling_bytes && !number_only &&
                 p->out->from.field[DX_FIELD_TITLE] &&
                 !dx_name_is_publisher(title);
    if (number_only && !summary.len && !rest.len)
        summary = below_title(p);
    if (!summary.len || tells)
        return DX_OK;
    p->out->title.len = 0;
    return dx_page_set(p, DX_FIELD_TITLE, summary, "label");
}

static dx_status set_day(const dx_page *p, dx_field field, dx_str said)
{
    char day[DX_CIVIL_BYTES];
    int32_t read = dx_date_parse(said);

    if (read == DX_DATE_UNKNOWN)
        return DX_OK;
    size_t n = dx_civil_put(read, day);
    return dx_page_set(p, field, (dx_str){day, n}, "label");
}

dx_status dx_properties_find(const dx_page *p)
{
    static const dx_field texts[] = {DX_FIELD_DOCNO, DX_FIELD_DOCTYPE,
        DX_FIELD_ISSUER, DX_FIELD_SIGNER, DX_FIELD_STATUS, DX_FIELD_CATEGORY};
    static const dx_field days[] = {DX_FIELD_ISSUED, DX_FIELD_EFFECTIVE,
        DX_FIELD_EXPIRES};
    found f = {0};

    DX_TRY(gather(p, &f));
    if (!is_document(&f))
        return DX_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        DX_TRY(dx_page_set(p, texts[i], f.at[texts[i]], "label"));
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        DX_TRY(set_day(p, days[i], f.at[days[i]]));
    if (f.at[DX_FIELD_ISSUED].len) {
        dx_date_reading read = dx_date_read(f.at[DX_FIELD_ISSUED]);
        p->out->date = read.day;
        p->out->other_date = read.other;
        p->out->date_order = read.order;
        p->out->from.field[DX_FIELD_DATE] = "label";
    }
    return set_title(p, f.at[DX_FIELD_TITLE]);
}
