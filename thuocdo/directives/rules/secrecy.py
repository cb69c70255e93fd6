"""Whether a text carries a secrecy mark: such texts are not kept here (issue line 1.09).

The three degrees, Law on protection of State secrets 29/2018/QH14, article 8: tuyệt mật, tối mật, mật.
"Bảo mật" (security) or "bí mật nhà nước" (State secrets) in a title is a subject, not a mark: a mark stands
apart.
"""

import re

from thuocdo.lib.fold import fold
from thuocdo.lib.say import Say, say

DEGREE = "(?:tuyet mat|toi mat|mat)"
IN_SYMBOL = re.compile(rf"(?:^|[\W_]){DEGREE}(?:$|[\W_])")
IN_TITLE = (
    re.compile(rf"[(\[]\s*(?:do |van ban )?{DEGREE}\s*[)\]]"),  # "Kế hoạch A (Mật)"
    re.compile(rf"^(?:do mat\s*:\s*)?{DEGREE}\s*(?:[:.–—/-]|$)"),  # "TỐI MẬT. Kế hoạch A"
    re.compile(rf"(?:[.;,–—/-]|do mat\s*:)\s*{DEGREE}\s*[.]?$"),  # "Kế hoạch A - Mật"
)


def problem(symbol: str, title: str) -> Say | None:
    """Why the text of this symbol and title is not taken, or None where no mark is seen."""
    marked = IN_SYMBOL.search(fold(symbol)) or any(form.search(fold(title)) for form in IN_TITLE)
    if not marked:
        return None
    return say("The text carries a secrecy mark (Mật, Tối mật, Tuyệt mật). Such texts are not kept here.")
