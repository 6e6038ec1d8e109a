"""What programs read: the feed of an organ, the list of open notices, and what they may look at."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiaohao.core.access import requires
from xiaohao.core.models import Organ
from xiaohao.lib.plain_text import without_controls
from xiaohao.public.access import READ
from xiaohao.public.addresses import absolute
from xiaohao.public.article import article
from xiaohao.public.models import Publication
from xiaohao.public.services import publications
from xiaohao.public.views.pages import in_chinese, organ_of

SHOWN = 50
MOST_ADDRESSES = 50_000  # the protocol allows no more in one list

if TYPE_CHECKING:
    OrganFeed = Feed[Publication, Organ]
else:
    OrganFeed = Feed


class NoticeFeed(OrganFeed):
    """The open notices of an organ as Atom, each with its whole text.

    The numbers by which readers know entries again follow from organ and number alone, so that they stay the
    same wherever the site moves. Words lose what no XML may hold: one such character would spoil all of it.
    """

    feed_type = Atom1Feed
    request: HttpRequest

    def __call__(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        asked = NoticeFeed()  # one for each request: it remembers where it was asked
        asked.request = request
        return super(NoticeFeed, asked).__call__(request, *arguments, **named)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Organ:  # noqa: ARG002
        return organ_of(str(kwargs["organ"]))

    def title(self, obj: Organ) -> str:
        return without_controls(f"{obj.name} {_('巡察整改公开')}")

    def link(self, obj: Organ) -> str:
        return absolute(self.request, "notices", obj.code)

    def feed_url(self, obj: Organ) -> str:
        return absolute(self.request, "notices_feed", obj.code)

    def feed_guid(self, obj: Organ) -> str:
        return _stable(obj.code)

    def author_name(self, obj: Organ) -> str:
        return without_controls(obj.name)

    def items(self, obj: Organ) -> Any:
        return publications.open_to_all(obj).select_related("organ")[:SHOWN]

    def item_title(self, item: Publication) -> str:
        return without_controls(item.title)

    def item_description(self, item: Publication) -> str:
        """Return the whole text as HTML, which is what readers take a summary for."""
        return without_controls(render_to_string("public/article.html", {"elements": article(item.text)}))

    def item_link(self, item: Publication) -> str:
        return absolute(self.request, "notice", item.organ.code, item.number)

    def item_guid(self, item: Publication) -> str:
        return _stable(f"{item.organ.code}/{item.number}/{item.digest}")

    def item_pubdate(self, item: Publication) -> Any:
        return item.readable_since

    def item_updateddate(self, item: Publication) -> Any:
        return item.changed_for_readers


def _stable(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"xiaohao:{name}").urn


feed = requires(READ)(require_safe(in_chinese(NoticeFeed())))


@requires(READ)
@require_safe
@in_chinese
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the addresses of everything that is open today, of every organ."""
    named = ("number", "changed_at", "open_from", "organ__code")
    rows = publications.all_open().select_related("organ").only(*named)
    pages = [
        (absolute(request, "notice", one.organ.code, one.number), one.changed_for_readers) for one in rows
    ]
    context = {"pages": pages[:MOST_ADDRESSES]}
    return render(request, "public/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@requires(READ)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say that search engines may read what is public and nothing else."""
    lines = (
        *("User-agent: *", "Allow: /public/", "Allow: /static/", "Allow: /sitemap.xml"),
        *("Disallow: /public/answer/", "Disallow: /public/*/comment/", "Disallow: /"),
        f"Sitemap: {absolute(request, 'sitemap')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
