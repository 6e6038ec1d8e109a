"""Addresses of what is public, and of the office's pages about it."""

from django.urls import path

from xiaohao.public.views import notices, office

urlpatterns = [
    path("public/answer/", notices.comment_answer, name="comment_answer"),
    path("public/<slug:organ>/", notices.notices, name="notices"),
    path("public/<slug:organ>/feed/", notices.feed, name="notices_feed"),
    path("public/<slug:organ>/<int:number>/", notices.notice, name="notice"),
    path("public/<slug:organ>/<int:number>/text/", notices.notice_text, name="notice_text"),
    path("public/<slug:organ>/<int:number>/code.svg", notices.notice_code, name="notice_code"),
    path("public/<slug:organ>/<int:number>/comment/", notices.comment_add, name="comment_add"),
    path("publications/", office.publication_list, name="publications"),
    path("publications/<int:number>/", office.publication, name="publication"),
    path("publications/<int:number>/withdraw/", office.publication_withdraw, name="publication_withdraw"),
    path("documents/<int:number>/publish/", office.document_publish, name="document_publish"),
    path("comments/", office.comment_list, name="comments"),
    path("comments/<int:number>/", office.comment, name="comment"),
    path("comments/<int:number>/answer/", office.comment_reply, name="comment_reply"),
    path("comments/<int:number>/file/", office.comment_file, name="comment_file"),
]
