"""The request a view gets behind ``AccessMiddleware``: somebody is logged in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from xiaohao.core.models import Account


class AccountRequest(HttpRequest):
    """For annotations only: tells the type checker what the middlewares have made sure."""

    user: Account
    htmx: HtmxDetails
