"""`python -m thuocdo.web.styles`: join the style sheets."""

from thuocdo.web.styles import write

write()
