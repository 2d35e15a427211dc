/* The table of words that say something of a name beside them. */
#include "common/names/roles.h"

const dx_role_words dx_role_table[] = {
    {DX_ROLE_RANK, "tỉnh|tp|tinh"},
    {DX_ROLE_CITY, "phố"},
    {DX_ROLE_CITY_OF, "thành"},
    {DX_ROLE_TOWN, "xã"},
    {DX_ROLE_TOWN_OF, "thị"},
    {DX_ROLE_OTHER,
        "phường|quận|huyện|đường|thôn|ấp|làng|buôn|khóm|ngõ|hẻm|sông|núi|cầu|"
        "suối|hồ|đèo|đảo|chùa|rạp|tàu|anh|chị|ông|bà|cô|em|cháu|chú|bác|cụ|bé|"
        "thầy|sĩ|mc|bò|trấn|bia|tướng"},
    {DX_ROLE_SURNAME,
        "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|ngô|dương|lý|"
        "đinh|trịnh|đoàn|mai|tô|hà|lương|trương|cao|đào|lâm|tạ|thái|chu|văn|"
        "thị|đức|hữu|ngọc|thanh|minh|quang|xuân|hồng|thu|kim|phùng|vương|quách|"
        "kiều|triệu|tống|tăng|châu|doãn|khúc|nghiêm|la|lưu|hứa|đàm"},
    {DX_ROLE_OPEN,
        "báo|đài|cảng|chợ|công|an|sở|tòa|viện|trường|bắc|nam|đông|tây|ở|tại|"
        "từ|vùng|khu|quỹ|hội|ban|và|của|về|cho|người|học|phòng|quan|điện|đội|"
        "du|lịch|xứ|quê|đô|fc|clb"},
    {DX_ROLE_VENUE, "hát|chợ|viên|hậu|hh|giải|thưởng|cư|đấu|trường|đài|sạn"},
    {DX_ROLE_FOREIGN,
        "mỹ|nga|trung|nhật|hàn|triều|anh|pháp|đức|ấn|lào|campuchia|italia|"
        "israel|iran|iraq|ukraine|ukraina|philippines|malaysia|singapore|"
        "indonesia|myanmar|úc|australia|canada|cuba|belarus|syria|pakistan|thổ|"
        "ba|tây|hoa|nước|afghanistan|venezuela|qatar|nepal|brunei|thụy"},
    {DX_ROLE_OF, "của"},
    {DX_ROLE_PARTY, "cán|nội|toàn|đi|tiến|chi|đảng|cục|đội|tỉnh"},
    {DX_ROLE_RESOLUTION, "quyết"},
    {DX_ROLE_ORDINANCE, "lệnh"},
    {DX_ROLE_ENGLISH,
        "the|of|and|to|in|is|for|that|with|was|are|on|by|from|at|as|this|has|"
        "have|be|will|its|were|it|an|said"},
};

const size_t dx_role_table_count =
    sizeof dx_role_table / sizeof *dx_role_table;
