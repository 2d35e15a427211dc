/* The table of provinces, and looking one up. */
#include "common/names/provinces.h"

#include "common/names/spell.h"

#define BOTH true, true, false
#define OLD true, false, false

const dx_province dx_provinces[DX_PROVINCES_COUNT] = {
    {"An Giang", "", BOTH},
    {"Bà Rịa - Vũng Tàu", "Vũng Tàu|BR-VT|BRVT", OLD},
    {"Bạc Liêu", "", OLD},
    {"Bắc Giang", "", OLD},
    {"Bắc Kạn", "Bắc Cạn", OLD},
    {"Bắc Ninh", "", BOTH},
    {"Bến Tre", "", OLD},
    {"Bình Dương", "", OLD},
    {"Bình Định", "", OLD},
    {"Bình Phước", "", OLD},
    {"Bình Thuận", "", OLD},
    {"Cà Mau", "", BOTH},
    {"Cao Bằng", "", BOTH},
    {"Cần Thơ", "Cantho", BOTH},
    {"Đà Nẵng", "Danang", BOTH},
    {"Đắk Lắk", "Đắc Lắc|Đăk Lăk|Đắk Lắc|Đắc Lắk|Đăk Lắk|Đaklak|Daklak", BOTH},
    {"Đắk Nông", "Đắc Nông|Đăk Nông", OLD},
    {"Điện Biên", "", BOTH},
    {"Đồng Nai", "", BOTH},
    {"Đồng Tháp", "", BOTH},
    {"Gia Lai", "", BOTH},
    {"Hà Giang", "", OLD},
    {"Hà Nam", "", OLD},
    {"Hà Nội", "Hanoi", BOTH},
    {"Hà Tĩnh", "", BOTH},
    {"Hải Dương", "", OLD},
    {"Hải Phòng", "Haiphong", BOTH},
    {"Hậu Giang", "", OLD},
    {"Hòa Bình", "", true, false, true},
    {"TP. Hồ Chí Minh",
        "+Hồ Chí Minh|+HCM|TPHCM|TP.HCM|Sài Gòn|Saigon|Ho Chi Minh City|HCMC",
        BOTH},
    {"Huế", "", false, true, false},
    {"Hưng Yên", "", BOTH},
    {"Khánh Hòa", "", BOTH},
    {"Kiên Giang", "", OLD},
    {"Kon Tum", "Kontum", OLD},
    {"Lai Châu", "", BOTH},
    {"Lạng Sơn", "", BOTH},
    {"Lào Cai", "", BOTH},
    {"Lâm Đồng", "", BOTH},
    {"Long An", "", OLD},
    {"Nam Định", "", OLD},
    {"Nghệ An", "", BOTH},
    {"Ninh Bình", "", BOTH},
    {"Ninh Thuận", "", OLD},
    {"Phú Thọ", "", BOTH},
    {"Phú Yên", "", OLD},
    {"Quảng Bình", "", OLD},
    {"Quảng Nam", "", OLD},
    {"Quảng Ngãi", "", BOTH},
    {"Quảng Ninh", "", BOTH},
    {"Quảng Trị", "", BOTH},
    {"Sóc Trăng", "", OLD},
    {"Sơn La", "", BOTH},
    {"Tây Ninh", "", BOTH},
    {"Thái Bình", "", true, false, true},
    {"Thái Nguyên", "", BOTH},
    {"Thanh Hóa", "", BOTH},
    {"Thừa Thiên Huế", "TT-Huế", OLD},
    {"Tiền Giang", "", OLD},
    {"Trà Vinh", "", OLD},
    {"Tuyên Quang", "", BOTH},
    {"Vĩnh Long", "", BOTH},
    {"Vĩnh Phúc", "", OLD},
    {"Yên Bái", "", OLD},
};

const char *const dx_provinces_not[] = {
    "Thái Bình Dương", /* the Pacific */
    "Điện Biên Phủ",   /* mostly the battle, and streets called so */
    "Hải Dương Học",   /* oceanography */
    "Hà Nam Ninh",     /* a province until 1991 */
    "Hà Nam Trung Quốc",
    "Sài Gòn Giải Phóng",
    "Sài Gòn Thương Tín",
    "Phú Thọ Hòa",
    NULL,
};

dx_status dx_province_find(dx_analyzer *a, dx_str folded, size_t *province)
{
    static const char *const ranks[] = {"tinh ", "thanh pho ", "tp "};
    bool same;

    *province = DX_PROVINCE_NONE;
    for (size_t i = 0; i < DX_PROVINCES_COUNT; i++) {
        DX_TRY(dx_names_same(a, dx_provinces[i].name, dx_provinces[i].aliases,
            folded, &same));
        if (same)
            *province = i;
        if (same)
            return DX_OK;
    }
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        dx_str rank = dx_str_from(ranks[i]);
        if (folded.len > rank.len &&
            memcmp(folded.ptr, rank.ptr, rank.len) == 0)
            return dx_province_find(a,
                (dx_str){folded.ptr + rank.len, folded.len - rank.len},
                province);
    }
    return DX_OK;
}
