"""Which rows of a register a list shows: search, filters, the records behind a number or a rule."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.models import Account, Record
from xiaohao.core.requests import number_in
from xiaohao.core.values import fields_of
from xiaohao.ledger.controls import CONTROLS
from xiaohao.ledger.filters import FilterForm
from xiaohao.ledger.indicators import INDICATORS, Period
from xiaohao.ledger.models import ControlHit
from xiaohao.ledger.register import Register

LONGEST_SEARCH = 60


@dataclass
class Narrowed:
    """The rows, and what narrowed them: ``notes`` in words, ``query`` for further pages and export."""

    rows: "QuerySet[Any]"
    form: FilterForm
    wanted: str
    query: str
    notes: list[str] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.notes or self.wanted or any(self.form.data.get(name) for name in self.form.fields))


def visible_rows(register: Register, account: Account) -> "QuerySet[Any]":
    """Return the rows the account may see, with what their line shows; a fixed number of queries."""
    rows: QuerySet[Record] = register.model.objects.visible_to(account)
    return rows.select_related("organ", *register.related).prefetch_related(*register.prefetch)


def found_row(register: Register, account: Account, number: int, *, own: bool = False) -> Any:
    """Return a row the account may see, of its own organ to be changed; else it does not exist."""
    rows = visible_rows(register, account)
    return get_object_or_404(rows.filter(organ=account.organ) if own else rows, pk=number)


def whole_rows(register: Register, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the rows with every record their columns name, for an export or another program."""
    columns = [fields_of(register.model)[name] for name in register.imported]
    single = [one.name for one in columns if one.many_to_one]
    many = [one.name for one in columns if one.many_to_many]
    return rows.select_related("organ", *register.related, *single).prefetch_related(*many)


def narrowed(register: Register, account: Account, asked: QueryDict) -> Narrowed:
    """Return the rows an address asks for. Raises ``BadRequest`` for days that are none."""
    form = FilterForm(asked, register.model, register.filters, account)
    wanted = asked.get("q", "").strip()[:LONGEST_SEARCH]
    query = asked.copy()
    query.pop("after", None)
    found = Narrowed(
        visible_rows(register, account).filter(form.condition()), form, wanted, query.urlencode()
    )
    if wanted:
        found.rows = found.rows.filter(_contains(register, wanted))
    found.rows, note = behind_number(register.model, asked, found.rows)
    found.notes += [note] if note else []
    _behind_rule(register, account, asked, found)
    return found


def _contains(register: Register, wanted: str) -> Q:
    condition = Q()
    for name in register.search:
        condition |= Q(**{f"{name}__icontains": wanted})
    return condition


def behind_number(
    model: type[Record], asked: QueryDict, rows: "QuerySet[Any]"
) -> "tuple[QuerySet[Any], str]":
    """Keep the rows an indicator counts, where the address names one; return them with what that is."""
    indicator = INDICATORS.get(asked.get("indicator", ""))
    if indicator is None or indicator.model is not model:
        return rows, ""
    period = Period.read(asked.get("from", ""), asked.get("to", ""), timezone.localdate())
    note = _("%(title)s（%(period)s）") % {"title": indicator.title, "period": period}
    organ = number_in(asked.get("of", ""))
    among = rows if organ is None else rows.filter(organ=organ)
    return indicator.rows(indicator.of(among, number_in(asked.get("within", ""))), period), note


def _behind_rule(register: Register, account: Account, asked: QueryDict, found: Narrowed) -> None:
    """Keep the rows that break a control."""
    control = CONTROLS.get(asked.get("control", ""))
    if control is None or control.model is not register.model:
        return
    hits = ControlHit.objects.visible_to(account).filter(control=control.key)
    open_hits = hits.exclude(state=ControlHit.State.CLOSED)
    found.rows = found.rows.filter(pk__in=open_hits.values("about_number"))
    found.notes.append(str(control.title))
