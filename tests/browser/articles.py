"""Sixty short articles, so that a query has pages, months and values to filter by."""
import json

PLACES = ["Hải Phòng", "Cần Thơ", "Đà Nẵng", "Quảng Ninh"]
SOURCES = ["Báo Mẫu", "Cổng thông tin Mẫu"]
MATTERS = ["cấp nước sạch cho các xã", "sửa chữa đường liên thôn", "trồng rừng phòng hộ",
           "khám sức khỏe cho người cao tuổi", "dạy nghề cho thanh niên"]

for n in range(60):
    place, matter = PLACES[n % 4], MATTERS[n % 5]
    print(json.dumps({
        "id": f"tin-{n}", "title": f"{place}: kế hoạch {matter}, đợt {n + 1}",
        "lead": f"Ủy ban nhân dân {place} ban hành kế hoạch số {n + 10}/KH-UBND về việc {matter}.",
        "body": f"Đợt {n + 1} bắt đầu từ quý này. Các phòng ban của {place} lập danh sách, "
                f"báo cáo tiến độ {matter} mỗi tuần {n % 7 + 1} lần.\n\n"
                f"Kinh phí lấy từ ngân sách địa phương, khoảng {n + 3} tỷ đồng.",
        "date": f"{2023 + n % 3}-{n % 12 + 1:02}-{n % 27 + 1:02}", "source": SOURCES[n % 2],
        "category": "Kinh tế" if n % 3 else "Xã hội"}, ensure_ascii=False))
