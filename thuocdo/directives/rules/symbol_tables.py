"""The codes of which the symbols of official documents are made, as tables.

Source: Decree 30/2020/NĐ-CP, article 7 (29 kinds of administrative documents, of which the letter has no
code); the Law on normative acts for the normative kinds; the Party Office's guideline for the Party kinds.
"""

from typing import Literal, NamedTuple

Side = Literal["party", "state", "assembly"]


class DocumentType(NamedTuple):
    """A kind of document: its code in a symbol, its Vietnamese name, its English one."""

    code: str
    name: str
    name_en: str


LETTER = DocumentType("", "công văn", "official letter")  # no code: number/issuer-unit

ADMINISTRATIVE = (
    DocumentType("NQ", "nghị quyết", "resolution"),
    DocumentType("QĐ", "quyết định", "decision"),
    DocumentType("CT", "chỉ thị", "directive"),
    DocumentType("QC", "quy chế", "regulation"),
    DocumentType("QyĐ", "quy định", "rule"),
    DocumentType("TC", "thông cáo", "communiqué"),
    DocumentType("TB", "thông báo", "notice"),
    DocumentType("HD", "hướng dẫn", "guidance"),
    DocumentType("CTr", "chương trình", "programme"),
    DocumentType("KH", "kế hoạch", "plan"),
    DocumentType("PA", "phương án", "option paper"),
    DocumentType("ĐA", "đề án", "scheme"),
    DocumentType("DA", "dự án", "project"),
    DocumentType("BC", "báo cáo", "report"),
    DocumentType("BB", "biên bản", "minutes"),
    DocumentType("TTr", "tờ trình", "submission"),
    DocumentType("HĐ", "hợp đồng", "contract"),
    DocumentType("CĐ", "công điện", "official telegram"),
    DocumentType("BGN", "bản ghi nhớ", "memorandum"),
    DocumentType("BTT", "bản thỏa thuận", "agreement"),
    DocumentType("GUQ", "giấy ủy quyền", "power of attorney"),
    DocumentType("GM", "giấy mời", "invitation"),
    DocumentType("GGT", "giấy giới thiệu", "letter of introduction"),
    DocumentType("GNP", "giấy nghỉ phép", "leave permit"),
    DocumentType("PG", "phiếu gửi", "dispatch slip"),
    DocumentType("PC", "phiếu chuyển", "transfer slip"),
    DocumentType("PB", "phiếu báo", "notification slip"),
    DocumentType("ThC", "thư công", "public letter"),
)

NORMATIVE = (
    DocumentType("L", "luật", "law"),
    DocumentType("PL", "pháp lệnh", "ordinance"),
    DocumentType("NĐ", "nghị định", "decree"),
    DocumentType("TT", "thông tư", "circular"),
    DocumentType("TTLT", "thông tư liên tịch", "joint circular"),
    DocumentType("VBHN", "văn bản hợp nhất", "consolidated text"),
)

PARTY = (
    DocumentType("KL", "kết luận", "conclusion"),
    DocumentType("CV", "công văn", "official letter"),  # a code the Party writes; some State bodies copy it
)

TYPES = {kind.code: kind for kind in (*ADMINISTRATIVE, *NORMATIVE, *PARTY)}

# Whose code stands in a symbol. A code outside these tables is read as it is written.
PARTY_ISSUERS = {
    "TW": "Trung ương Đảng",
    "TU": "Tỉnh ủy, Thành ủy",
    "ĐU": "Đảng ủy",
    "HU": "Huyện ủy",
    "VPTW": "Văn phòng Trung ương Đảng",
    "VPTU": "Văn phòng Tỉnh ủy",
    "VPĐU": "Văn phòng Đảng ủy",
    "BCĐTW": "Ban Chỉ đạo Trung ương",
    "TGV": "Tổ Giúp việc Ban Chỉ đạo Trung ương",
    "CQTTBCĐ": "Cơ quan Thường trực Ban Chỉ đạo Trung ương",
}

STATE_ISSUERS = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "CTN": "Chủ tịch nước",
    "VPCP": "Văn phòng Chính phủ",
    "BCA": "Bộ Công an",
    "BCT": "Bộ Công Thương",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BNG": "Bộ Ngoại giao",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNV": "Bộ Nội vụ",
    "BQP": "Bộ Quốc phòng",
    "BTC": "Bộ Tài chính",
    "BTP": "Bộ Tư pháp",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BXD": "Bộ Xây dựng",
    "BYT": "Bộ Y tế",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "TTCP": "Thanh tra Chính phủ",
    "HĐND": "Hội đồng nhân dân",
    "UBND": "Ủy ban nhân dân",
    "CTUBND": "Chủ tịch Ủy ban nhân dân",
    "BCĐCP": "Ban Chỉ đạo của Chính phủ",
    "TCT": "Tổ công tác",
}

# Issuers on either side, or drafting units: only their spelling is known, the side shows in the shape.
OTHER_CODES = {"BCĐ": "Ban Chỉ đạo", "CĐSQG": "Cục Chuyển đổi số quốc gia"}
