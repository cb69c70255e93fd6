"""The names that the lead and coordinating cells of early 2025 use, for tests of reading them."""

from thuocdo.directives.rules.names import Name, NameIndex

AGENCIES = {
    "Bộ Khoa học và Công nghệ": ("BKHCN", "Bộ KH&CN", "MOST"),
    "Bộ Tài chính": ("BTC", "MOF"),
    "Bộ Giáo dục và Đào tạo": ("BGDĐT", "Bộ GD&ĐT"),
    "Bộ Công an": ("BCA",),
    "Bộ Nội vụ": ("BNV",),
    "Bộ Quốc phòng": ("BQP",),
    "Bộ Ngoại giao": ("BNG",),
    "Bộ Công Thương": ("BCT",),
    "Bộ Xây dựng": ("BXD",),
    "Bộ Y tế": ("BYT",),
    "Bộ Tư pháp": ("BTP",),
    "Bộ Giao thông vận tải": ("BGTVT",),
    "Bộ Tài nguyên và Môi trường": ("BTNMT",),
    "Bộ Nông nghiệp và Phát triển nông thôn": ("BNNPTNT",),
    "Bộ Lao động - Thương binh và Xã hội": ("BLĐTBXH",),
    "Bộ Văn hóa, Thể thao và Du lịch": ("BVHTTDL", "Bộ VHTTDL"),
    "Thanh tra Chính phủ": ("TTCP",),
    "Văn phòng Chính phủ": ("VPCP",),
    "Ngân hàng Nhà nước Việt Nam": ("NHNN",),
    "Viện Hàn lâm Khoa học và Công nghệ Việt Nam": ("VAST",),
    "Viện Hàn lâm Khoa học Xã hội Việt Nam": ("VASS",),
    "Đài Truyền hình Việt Nam": ("VTV",),
    "Đài Tiếng nói Việt Nam": ("VOV",),
    "Thông tấn xã Việt Nam": ("TTXVN",),
    "Ủy ban nhân dân tỉnh Lai Châu": ("UBND tỉnh Lai Châu", "Lai Châu"),
}
KEYS = {name: key for key, name in enumerate(AGENCIES, start=1)}


def name_index() -> NameIndex:
    return NameIndex(Name(KEYS[name], text) for name, others in AGENCIES.items() for text in (name, *others))
