"""The request a view gets behind ``AccessMiddleware``: somebody is logged in."""

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from xiaohao.core.models import Account


def number_in(text: object) -> int | None:
    """Return the number of a row in a query of an address; None for what can be none."""
    digits = str(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else None


def query_without(asked: QueryDict, *names: str) -> str:
    """Return the query of an address without some of its names, for a link that goes on from there."""
    rest = asked.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


class AccountRequest(HttpRequest):
    """For annotations only: tells the type checker what the middlewares have made sure."""

    user: Account
    htmx: HtmxDetails
