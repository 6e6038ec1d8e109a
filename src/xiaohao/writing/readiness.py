"""What still stands between a document and its signature."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from xiaohao.core.models import Person
from xiaohao.writing import figures
from xiaohao.writing.body import gaps, with_lists
from xiaohao.writing.figures import unknown
from xiaohao.writing.models import Document, DocumentKind
from xiaohao.writing.publication_check import Hit, check, keys_in
from xiaohao.writing.record_lists import changed_lists, unknown_lists
from xiaohao.writing.services.documents import figures_of, too_wide
from xiaohao.writing.withheld import withheld

SHOWN = 5


def hits(document: Document) -> list[Hit]:
    """Return what the check before publication finds in a notice; nothing for what stays inside."""
    if document.kind != DocumentKind.NOTICE:
        return []
    names = names_of(document)
    found = check(text_of(document), names, withheld(document.inspection))
    written = keys_in(f"{document.title}\n{document.body}", names) if found else set()
    return [hit if not hit.masked or hit.key in written else _only_in_a_list(hit) for hit in found]


def names_of(document: Document) -> list[str]:
    """Return the names of the organ's people."""
    return list(Person.objects.filter(organ=document.organ_id).values_list("name", flat=True))


def _only_in_a_list(hit: Hit) -> Hit:
    """Return a hit without its mask: a list shows the records."""
    return replace(hit, masked="", advice=_("它在附表里：请改记录，再把附表换成现在的。"))


def text_of(document: Document) -> str:
    """Return everything a reader of the document would see."""
    return figures.plain(f"{document.title}\n{with_lists(document.body, document.lists)}")


def missing(document: Document) -> list[str]:
    """Return why the document cannot be signed yet, as sentences.

    Figures and lists have to be the present ones when it is put to the head; what changes after that he sees.
    """
    if document.state == Document.State.APPROVED:
        return [_("文稿已经签发。")]
    reasons = list(_unfinished(document.body))
    if document.is_draft:
        reasons += _outdated(document)
    return [*reasons, *unresolved(document)]


def _unfinished(body: str) -> Iterator[str]:
    """Say what the text itself lacks."""
    if not body.strip():
        yield _("正文还是空的。")
    found = gaps(body)
    if found:
        some = "".join(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
        yield _("还有%(count)s处待补：%(some)s") % {"count": len(found), "some": some}
    for title in unknown_lists(body):
        yield _("没有“%(title)s”这个附表。") % {"title": title}
    for key in unknown(body):
        yield _("没有“%(key)s”这个数字，请删去或重新插入。") % {"key": key}
    wide = too_wide(body)
    if wide:
        yield wide


def judged(document: Document) -> tuple[list[Hit], list[Hit]]:
    """Return what the check before publication finds: what is justified, and what is still open."""
    found = hits(document)
    kept = [hit for hit in found if hit.key in document.justified]
    return kept, [hit for hit in found if hit.key not in document.justified]


def unjustified(document: Document) -> list[Hit]:
    """Return what the check before publication finds and nobody has justified."""
    return judged(document)[1]


def unresolved(document: Document) -> list[str]:
    """Return in a sentence what is found and not justified."""
    left = unjustified(document)
    if not left:
        return []
    said = "、".join(f"{hit.what}“{hit.text}”" for hit in left[:SHOWN])
    return [_("公开前检查还有%(count)s处：%(said)s") % {"count": len(left), "said": said}]


def _outdated(document: Document) -> list[str]:
    """Return what the records say otherwise by now."""
    reasons = []
    changed = figures.changes(document.body, figures_of(document))
    if changed:
        reasons.append(_("有%(count)s个数字已经变化，请核对后更新。") % {"count": len(changed)})
    lists = changed_lists(document)
    return [
        *reasons,
        *(_("附表“%(title)s”的记录已经变化，请核对后更新。") % {"title": title} for title in lists),
    ]
