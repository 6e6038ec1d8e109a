"""Who drafts a notice is told of one that is not signed yet."""

WARNING = "还没有签发"


def test_who_drafts_a_notice_is_told_of_one_that_is_not_signed(draft, office, client, make_finding) -> None:
    make_finding(1)
    client.force_login(office.clerk)
    assert WARNING not in client.get("/documents/add/?kind=notice").content.decode()
    one = draft("notice")
    page = client.get("/documents/add/?kind=notice").content.decode()
    assert f"{one.inspection}的“{one.title}”（起草中）{WARNING}" in page
    assert WARNING not in client.get("/documents/add/?kind=plan").content.decode()
    client.post("/documents/add/?kind=notice", {"inspection": one.inspection_id})
    assert type(one).objects.filter(kind="notice").count() == 2
