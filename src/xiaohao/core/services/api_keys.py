"""API keys: another program acts as an account, in the API alone."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from xiaohao.core.models import Account, ApiKey
from xiaohao.core.services import audit


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def make(account: Account) -> str:
    """Give the account a new key, told this once; an earlier one stops to work."""
    key = secrets.token_urlsafe(32)
    ApiKey.objects.update_or_create(
        account=account, defaults={"digest": digest(key), "made_at": timezone.now()}
    )
    _log(account, "api_key.made")
    return key


@transaction.atomic
def revoke(account: Account) -> None:
    """Let the key work no longer."""
    if ApiKey.objects.filter(account=account).delete()[0]:
        _log(account, "api_key.revoked")


def _log(account: Account, action: str) -> None:
    events = [audit.Event(action, "account", account.pk, account.person.name)]
    audit.write(account.organ, events, by=account)


def owner_of(key: str) -> Account | None:
    """Return whose key it is; None where it opens nothing (any more)."""
    found = Account.objects.filter(api_key__digest=digest(key), is_active=True, person__left_on=None)
    return found.first()
