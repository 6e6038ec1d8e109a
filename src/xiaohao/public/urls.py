"""Addresses of what is public, and of the office's pages about it."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from xiaohao.public.views import (
    comments,
    copies,
    engines,
    notices,
    office,
    office_comments,
    office_held,
    taking_up,
)


class NoticeNumber(IntConverter):
    """A number as it is printed: with zeros before it a notice would have any number of addresses."""

    regex = "[1-9][0-9]*"


register_converter(NoticeNumber, "notice")

urlpatterns = [
    path("robots.txt", engines.robots, name="robots"),
    path("sitemap.xml", engines.sitemap, name="sitemap"),
    path("public/answer/", comments.comment_answer, name="comment_answer"),
    path("public/<slug:organ>/", notices.notices, name="notices"),
    path("public/<slug:organ>/feed/", engines.feed, name="notices_feed"),
    path("public/<slug:organ>/<notice:number>/", notices.notice, name="notice"),
    path("public/<slug:organ>/<notice:number>/text/", notices.notice_text, name="notice_text"),
    path("public/<slug:organ>/<notice:number>/poster/", notices.poster, name="poster"),
    path("public/<slug:organ>/<notice:number>/code.svg", notices.notice_code, {"kind": "svg"}, "notice_code"),
    path(
        "public/<slug:organ>/<notice:number>/code.png",
        notices.notice_code,
        {"kind": "png"},
        "notice_code_png",
    ),
    path("public/<slug:organ>/<notice:number>/comment/", comments.comment_add, name="comment_add"),
    path("public/<slug:organ>/<notice:number>/compare/", copies.copy_compare, name="copy_compare"),
    path("publications/", office.publication_list, name="publications"),
    path("publications/<int:number>/", office.publication, name="publication"),
    path("publications/<int:number>/withdraw/", office.publication_withdraw, name="publication_withdraw"),
    path("documents/<int:number>/publish/", office.document_publish, name="document_publish"),
    path("comments/", office_comments.comment_list, name="comments"),
    path("comments/held/", office_held.held_texts, name="held_texts"),
    path("comments/held/decide/", office_held.held_decide, name="held_decide"),
    path("comments/<int:number>/", office_comments.comment, name="comment"),
    path("comments/<int:number>/answer/", office_comments.comment_reply, name="comment_reply"),
    path("comments/<int:number>/file/", office_comments.comment_file, name="comment_file"),
    path("comments/<int:number>/finding/", taking_up.comment_to_finding, name="comment_to_finding"),
    path("comments/<int:number>/measure/", taking_up.comment_to_measure, name="comment_to_measure"),
]
