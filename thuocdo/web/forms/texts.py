"""A field that names a registered text by its symbol."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from thuocdo.directives.models import Directive, DirectiveQuerySet
from thuocdo.directives.queries import find_by_symbol


class TextField(forms.CharField):
    """The one text of this symbol among those that the reader may see."""

    among: DirectiveQuerySet | None = None  # set by the form

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=120, **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        symbol = super().clean(value)
        return self._named(symbol) if symbol else None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        return value.symbol if isinstance(value, Directive) else value

    def _named(self, symbol: str) -> Directive:
        among = Directive.objects.none() if self.among is None else self.among
        found = list(among.filter(pk__in=[one.pk for one in find_by_symbol(symbol)]))
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(gettext("No text with this symbol is registered here. Register it first."))
        listed = "; ".join(f"{one.symbol} ({one.issued_on:%d/%m/%Y})" for one in found if one.issued_on)
        raise ValidationError(gettext("Several texts have this symbol: %(listed)s.") % {"listed": listed})
