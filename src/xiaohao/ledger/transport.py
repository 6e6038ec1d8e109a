"""Sending one message by mail or to a webhook shaped like those of WeCom and DingTalk."""

import json
import smtplib
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from xiaohao.core.dated_settings import value
from xiaohao.ledger.models import Message
from xiaohao.ledger.models.notices import Channel

SECONDS = 10


class Refused(Exception):  # noqa: N818 - what the other side did
    """The other side did not take the message; it may be tried again. ``str()`` says why."""


def send(message: Message) -> None:
    """Send a message. Raises ``Refused``."""
    if message.channel == Channel.MAIL:
        _mail(message)
    elif message.channel == Channel.WEBHOOK:
        _webhook(message)


def _mail(message: Message) -> None:
    if not message.person.email:
        raise Refused(_("没有登记邮箱"))
    subject = _("销号：您有 %(count)s 件事要办") % {"count": len(message.text.splitlines())}
    try:
        send_mail(subject, message.text, None, [message.person.email])
    except (smtplib.SMTPException, OSError) as error:
        raise Refused(str(error)) from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A robot's address does not lead elsewhere."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def _webhook(message: Message) -> None:
    address = str(value(message.organ, "notices.webhook", timezone.localdate()))
    if urlsplit(address).scheme not in ("http", "https"):
        raise Refused(_("群机器人地址不是网址"))
    content = {"msgtype": "text", "text": {"content": f"{message.person}\n{message.text}"}}
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked
        address,
        data=json.dumps(content, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            said = answer.read(10_000)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise Refused(str(error)) from error
    _check(said)


def _check(said: bytes) -> None:
    """Both robots answer 200 with an error code in JSON when they refuse."""
    try:
        code = json.loads(said).get("errcode", 0)
    except (ValueError, AttributeError):
        return
    if code:
        raise Refused(said.decode("utf-8", "replace"))
