"""Letters of an invented province: a number in, a short text of about a page and a half out, no two alike."""

from __future__ import annotations

OFFICES = ("Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Y tế", "Sở Tư pháp", "Thanh tra tỉnh")
MATTERS = ("quản lý giếng khoan", "số hóa hồ sơ", "phòng cháy tại chợ", "thu gom rác thải", "sửa đường liên xã")


def letter(number: int) -> str:
    """A directive with eight tasks, cites of laws and of an earlier directive, and deadlines."""
    year, matter = 2019 + number % 5, MATTERS[number % len(MATTERS)]
    tasks = [
        f"{n}. {OFFICES[(number + n) % len(OFFICES)]} chủ trì, phối hợp với {OFFICES[(number + n + 2) % len(OFFICES)]} "
        f"rà soát việc {matter} tại các xã, phường, tổng hợp số liệu đợt {number + n}, đề xuất kinh phí và báo cáo "
        f"Ủy ban nhân dân tỉnh trước ngày {n + 10}/{n}/{year}."
        for n in range(1, 9)
    ]
    cited = f"Chỉ thị số {number // 3 + 1}/CT-UBND ngày 05 tháng 01 năm {year - 1} của Ủy ban nhân dân tỉnh"
    return "\n\n".join([
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LÂM ĐỒNG\tĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {number + 1}/CT-UBND\tLâm Đồng, ngày {number % 27 + 1:02} tháng {number % 12 + 1:02} năm {year}",
        f"CHỈ THỊ\nVề việc {matter} trên địa bàn tỉnh",
        f"Thực hiện Luật Ngân sách nhà nước năm 2015 và {cited}, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:",
        *tasks,
        "Nơi nhận:\n- Các sở, ban, ngành;\n- Lưu: VT.",
        "CHỦ TỊCH\nTrần Văn Thử\n",
    ])  # fmt: skip
