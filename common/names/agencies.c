/* The table of ministries and bodies, and looking one up. */
#include "common/names/agencies.h"

#include "common/names/spell.h"

const dx_agency dx_agencies[] = {
    {"Bộ Công an", "bca", "", true},
    {"Bộ Công Thương", "bct", "", true},
    {"Bộ Dân tộc và Tôn giáo", "bdttg", "", true},
    {"Bộ Giáo dục và Đào tạo", "bgdđt",
        "Bộ Giáo dục & Đào tạo|Bộ Giáo dục - Đào tạo|Bộ Giáo dục|Bộ GD&ĐT|"
        "Bộ GDĐT|=BGDĐT",
        true},
    {"Bộ Giao thông vận tải", "bgtvt", "Bộ Giao thông|Bộ GTVT|=BGTVT", false},
    {"Bộ Kế hoạch và Đầu tư", "bkhđt",
        "Bộ Kế hoạch - Đầu tư|Bộ KH&ĐT|Bộ KHĐT|=BKHĐT", false},
    {"Bộ Khoa học và Công nghệ", "bkhcn",
        "Bộ Khoa học - Công nghệ|Bộ KH&CN|Bộ KHCN|=BKHCN", true},
    {"Bộ Lao động - Thương binh và Xã hội", "blđtbxh",
        "Bộ Lao động Thương binh và Xã hội|Bộ Lao động Thương binh Xã hội|"
        "Bộ Lao động|Bộ LĐ-TB&XH|Bộ LĐTBXH|Bộ LĐTB&XH|Bộ LĐ-TBXH|=BLĐTBXH",
        false},
    {"Bộ Ngoại giao", "bng", "", true},
    {"Bộ Nội vụ", "bnv", "", true},
    {"Bộ Nông nghiệp và Môi trường", "bnnmt",
        "Bộ NN&MT|Bộ NNMT|=BNNMT|=BNN&MT", true},
    {"Bộ Nông nghiệp và Phát triển nông thôn", "bnnptnt",
        "Bộ Nông nghiệp & Phát triển nông thôn|Bộ Nông nghiệp|Bộ NN&PTNT|"
        "Bộ NNPTNT|Bộ NN và PTNT|=BNNPTNT",
        false},
    {"Bộ Quốc phòng", "bqp", "=BQP", true},
    {"Bộ Tài chính", "btc", "", true},
    {"Bộ Tài nguyên và Môi trường", "btnmt",
        "Bộ Tài nguyên - Môi trường|Bộ Tài nguyên|Bộ TN&MT|Bộ TNMT|=BTNMT",
        false},
    {"Bộ Thông tin và Truyền thông", "btttt",
        "Bộ Thông tin Truyền thông|Bộ TT&TT|Bộ TTTT|=BTTTT", false},
    {"Bộ Tư pháp", "btp", "", true},
    {"Bộ Văn hóa, Thể thao và Du lịch", "bvhttdl",
        "Bộ Văn hóa - Thể thao và Du lịch|Bộ Văn hóa Thể thao Du lịch|"
        "Bộ Văn hóa|Bộ VHTTDL|Bộ VH-TT&DL|Bộ VHTT&DL|Bộ VH-TT-DL|=BVHTTDL",
        true},
    {"Bộ Xây dựng", "bxd", "", true},
    {"Bộ Y tế", "byt", "=BYT", true},
    {"Kiểm toán Nhà nước", "ktnn", "=KTNN", true},
    {"Ngân hàng Nhà nước", "nhnn", "=NHNN", true},
    {"Thanh tra Chính phủ", "ttcp", "=TTCP", true},
    {"Tòa án nhân dân tối cao", "tandtc", "TAND tối cao|=TANDTC", true},
    {"Ủy ban Dân tộc", "ubdt", "=UBDT", false},
    {"Văn phòng Chính phủ", "vpcp", "=VPCP", true},
    {"Văn phòng Quốc hội", "vpqh", "=VPQH", true},
    {"Viện kiểm sát nhân dân tối cao", "vksndtc",
        "VKSND tối cao|Viện KSND tối cao|=VKSNDTC", true},
};

const size_t dx_agencies_count = sizeof dx_agencies / sizeof *dx_agencies;

/* Codes that are also written like this. */
static const char *const other_codes[][2] = {
    {"bnn", "bnnptnt"},
    {"bgd", "bgdđt"},
    {"bgd&đt", "bgdđt"},
};

size_t dx_agency_of_code(dx_str code)
{
    for (size_t i = 0; i < sizeof other_codes / sizeof *other_codes; i++)
        if (dx_str_eq(code, dx_str_from(other_codes[i][0])))
            code = dx_str_from(other_codes[i][1]);
    for (size_t i = 0; i < dx_agencies_count && code.len; i++)
        if (dx_str_eq(code, dx_str_from(dx_agencies[i].code)))
            return i;
    return DX_AGENCY_NONE;
}

dx_status dx_agency_find(dx_analyzer *a, dx_str folded, size_t *agency)
{
    bool same;

    *agency = DX_AGENCY_NONE;
    for (size_t i = 0; i < dx_agencies_count; i++) {
        DX_TRY(dx_names_same(a, dx_agencies[i].name, dx_agencies[i].aliases,
            folded, &same));
        if (!same)
            continue;
        *agency = i;
        break;
    }
    return DX_OK;
}
