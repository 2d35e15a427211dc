/* The mergers of 2025: provinces and ministries, before and after. */
#include "common/names/renames.h"

#include <string.h>

#include "common/names/provinces.h"

#define MERGED "2025-07-01", "202/2025/QH15" /* provinces */
#define MINISTRIES "2025-03-01", "176/2025/QH15"

const dx_rename dx_renames[] = {
    {DX_RENAME_PROVINCE, "Kiên Giang", "An Giang", MERGED},
    {DX_RENAME_PROVINCE, "Bắc Giang", "Bắc Ninh", MERGED},
    {DX_RENAME_PROVINCE, "Bạc Liêu", "Cà Mau", MERGED},
    {DX_RENAME_PROVINCE, "Phú Yên", "Đắk Lắk", MERGED},
    {DX_RENAME_PROVINCE, "Bình Phước", "Đồng Nai", MERGED},
    {DX_RENAME_PROVINCE, "Tiền Giang", "Đồng Tháp", MERGED},
    {DX_RENAME_PROVINCE, "Bình Định", "Gia Lai", MERGED},
    {DX_RENAME_PROVINCE, "Thái Bình", "Hưng Yên", MERGED},
    {DX_RENAME_PROVINCE, "Ninh Thuận", "Khánh Hòa", MERGED},
    {DX_RENAME_PROVINCE, "Đắk Nông", "Lâm Đồng", MERGED},
    {DX_RENAME_PROVINCE, "Bình Thuận", "Lâm Đồng", MERGED},
    {DX_RENAME_PROVINCE, "Yên Bái", "Lào Cai", MERGED},
    {DX_RENAME_PROVINCE, "Hà Nam", "Ninh Bình", MERGED},
    {DX_RENAME_PROVINCE, "Nam Định", "Ninh Bình", MERGED},
    {DX_RENAME_PROVINCE, "Vĩnh Phúc", "Phú Thọ", MERGED},
    {DX_RENAME_PROVINCE, "Hòa Bình", "Phú Thọ", MERGED},
    {DX_RENAME_PROVINCE, "Kon Tum", "Quảng Ngãi", MERGED},
    {DX_RENAME_PROVINCE, "Quảng Bình", "Quảng Trị", MERGED},
    {DX_RENAME_PROVINCE, "Long An", "Tây Ninh", MERGED},
    {DX_RENAME_PROVINCE, "Bắc Kạn", "Thái Nguyên", MERGED},
    {DX_RENAME_PROVINCE, "Hà Giang", "Tuyên Quang", MERGED},
    {DX_RENAME_PROVINCE, "Bến Tre", "Vĩnh Long", MERGED},
    {DX_RENAME_PROVINCE, "Trà Vinh", "Vĩnh Long", MERGED},
    {DX_RENAME_PROVINCE, "Sóc Trăng", "Cần Thơ", MERGED},
    {DX_RENAME_PROVINCE, "Hậu Giang", "Cần Thơ", MERGED},
    {DX_RENAME_PROVINCE, "Quảng Nam", "Đà Nẵng", MERGED},
    {DX_RENAME_PROVINCE, "Hải Dương", "Hải Phòng", MERGED},
    {DX_RENAME_PROVINCE, "Bà Rịa - Vũng Tàu", "TP. Hồ Chí Minh", MERGED},
    {DX_RENAME_PROVINCE, "Bình Dương", "TP. Hồ Chí Minh", MERGED},
    {DX_RENAME_PROVINCE, "Thừa Thiên Huế",
        "Huế", "2025-01-01", "175/2024/QH15"},
    {DX_RENAME_MINISTRY, "Bộ Thông tin và Truyền thông",
        "Bộ Khoa học và Công nghệ", MINISTRIES},
    {DX_RENAME_MINISTRY, "Bộ Kế hoạch và Đầu tư", "Bộ Tài chính", MINISTRIES},
    {DX_RENAME_MINISTRY, "Bộ Giao thông vận tải", "Bộ Xây dựng", MINISTRIES},
    {DX_RENAME_MINISTRY, "Bộ Nông nghiệp và Phát triển nông thôn",
        "Bộ Nông nghiệp và Môi trường", MINISTRIES},
    {DX_RENAME_MINISTRY, "Bộ Tài nguyên và Môi trường",
        "Bộ Nông nghiệp và Môi trường", MINISTRIES},
    {DX_RENAME_MINISTRY, "Bộ Lao động - Thương binh và Xã hội",
        "Bộ Nội vụ", MINISTRIES},
    {DX_RENAME_MINISTRY, "Ủy ban Dân tộc",
        "Bộ Dân tộc và Tôn giáo", MINISTRIES},
};

const size_t dx_renames_count = sizeof dx_renames / sizeof *dx_renames;

const dx_changed_name dx_changed_names[] = {
    {"Kiên Giang", "kien giang"},
    {"An Giang", "an giang"},
    {"Bắc Giang", "bac giang"},
    {"Bắc Ninh", "bac ninh"},
    {"Bạc Liêu", "bac lieu"},
    {"Cà Mau", "ca mau"},
    {"Phú Yên", "phu yen"},
    {"Đắk Lắk", "dak lak|dac lac|dak lac|dac lak"},
    {"Bình Phước", "binh phuoc"},
    {"Đồng Nai", "dong nai"},
    {"Tiền Giang", "tien giang"},
    {"Đồng Tháp", "dong thap"},
    {"Bình Định", "binh dinh"},
    {"Gia Lai", "gia lai"},
    {"Thái Bình", "thai binh"},
    {"Hưng Yên", "hung yen"},
    {"Ninh Thuận", "ninh thuan"},
    {"Khánh Hòa", "khanh hoa"},
    {"Đắk Nông", "dak nong|dac nong"},
    {"Lâm Đồng", "lam dong"},
    {"Bình Thuận", "binh thuan"},
    {"Yên Bái", "yen bai"},
    {"Lào Cai", "lao cai"},
    {"Hà Nam", "ha nam"},
    {"Ninh Bình", "ninh binh"},
    {"Nam Định", "nam dinh"},
    {"Vĩnh Phúc", "vinh phuc"},
    {"Phú Thọ", "phu tho"},
    {"Hòa Bình", "hoa binh"},
    {"Kon Tum", "kon tum"},
    {"Quảng Ngãi", "quang ngai"},
    {"Quảng Bình", "quang binh"},
    {"Quảng Trị", "quang tri"},
    {"Long An", "long an"},
    {"Tây Ninh", "tay ninh"},
    {"Bắc Kạn", "bac kan"},
    {"Thái Nguyên", "thai nguyen"},
    {"Hà Giang", "ha giang"},
    {"Tuyên Quang", "tuyen quang"},
    {"Bến Tre", "ben tre"},
    {"Vĩnh Long", "vinh long"},
    {"Trà Vinh", "tra vinh"},
    {"Sóc Trăng", "soc trang"},
    {"Cần Thơ", "can tho"},
    {"Hậu Giang", "hau giang"},
    {"Quảng Nam", "quang nam"},
    {"Đà Nẵng", "da nang"},
    {"Hải Dương", "hai duong"},
    {"Hải Phòng", "hai phong"},
    {"Bà Rịa - Vũng Tàu", "ba ria vung tau|br vt|brvt"},
    {"TP. Hồ Chí Minh", "tp ho chi minh|tphcm|tp hcm|thanh pho ho chi minh"},
    {"Bình Dương", "binh duong"},
    {"Thừa Thiên Huế", "thua thien hue|tt hue"},
    {"Huế", "hue"},
    {"Bộ Thông tin và Truyền thông",
        "bo thong tin va truyen thong|bo thong tin truyen thong|bo tt tt|"
        "bo tttt|btttt"},
    {"Bộ Khoa học và Công nghệ",
        "bo khoa hoc va cong nghe|bo khoa hoc cong nghe|bo kh cn|bo khcn|"
        "bkhcn"},
    {"Bộ Kế hoạch và Đầu tư",
        "bo ke hoach va dau tu|bo ke hoach dau tu|bo kh dt|bo khdt|bkhdt"},
    {"Bộ Tài chính", "bo tai chinh"},
    {"Bộ Giao thông vận tải", "bo giao thong van tai|bo gtvt|bgtvt"},
    {"Bộ Xây dựng", "bo xay dung"},
    {"Bộ Nông nghiệp và Phát triển nông thôn",
        "bo nong nghiep va phat trien nong thon|"
        "bo nong nghiep phat trien nong thon|bo nn ptnt|bo nnptnt|"
        "bo nn va ptnt|bnnptnt"},
    {"Bộ Nông nghiệp và Môi trường",
        "bo nong nghiep va moi truong|bo nn mt|bo nnmt|bnnmt|bnn mt"},
    {"Bộ Tài nguyên và Môi trường",
        "bo tai nguyen va moi truong|bo tai nguyen moi truong|bo tn mt|"
        "bo tnmt|btnmt"},
    {"Bộ Lao động - Thương binh và Xã hội",
        "bo lao dong thuong binh va xa hoi|bo lao dong thuong binh xa hoi|"
        "bo ld tb xh|bo ldtbxh|bo ldtb xh|bo ld tbxh|bldtbxh"},
    {"Bộ Nội vụ", "bo noi vu"},
    {"Ủy ban Dân tộc", "uy ban dan toc|ubdt"},
    {"Bộ Dân tộc và Tôn giáo", "bo dan toc va ton giao"},
    {"", "thai binh duong|hai duong hoc|ha nam ninh|ha nam trung quoc|"
         "phu tho hoa"},
};

const size_t dx_changed_names_count =
    sizeof dx_changed_names / sizeof *dx_changed_names;

static size_t province_named(const char *name)
{
    size_t i = 0;

    while (i < DX_PROVINCES_COUNT && strcmp(dx_provinces[i].name, name) != 0)
        i++;
    return i;
}

void dx_province_with_former(size_t province,
    size_t labels[DX_PROVINCE_LABELS_MAX], size_t *count)
{
    *count = 0;
    labels[(*count)++] = province;
    for (size_t i = 0; i < dx_renames_count; i++)
        if (*count < DX_PROVINCE_LABELS_MAX &&
            dx_renames[i].kind == DX_RENAME_PROVINCE &&
            strcmp(dx_renames[i].after, dx_provinces[province].name) == 0)
            labels[(*count)++] = province_named(dx_renames[i].before);
}

dx_status dx_province_labels(dx_analyzer *a, dx_str folded,
    const char *labels[DX_PROVINCE_LABELS_MAX], size_t *count)
{
    size_t province, numbers[DX_PROVINCE_LABELS_MAX];

    *count = 0;
    DX_TRY(dx_province_find(a, folded, &province));
    if (province == DX_PROVINCE_NONE)
        return DX_OK;
    dx_province_with_former(province, numbers, count);
    for (size_t i = 0; i < *count; i++)
        labels[i] = dx_provinces[numbers[i]].name;
    return DX_OK;
}
