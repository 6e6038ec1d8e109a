"""A page below carries the buttons of those above it, for who may use them."""


def test_a_finding_offers_its_closing_form_to_the_clerk_alone(client, office, make_finding) -> None:
    finding = make_finding(1)
    for account, offered in ((office.clerk, True), (office.owner, False)):
        client.force_login(account)
        page = client.get(f"/findings/{finding.pk}/").content.decode()
        assert (f"/documents/add/?kind=closing_form&amp;finding={finding.pk}" in page) == offered


def test_who_leaves_is_offered_a_hand_over(client, office) -> None:
    client.force_login(office.clerk)
    person = office.owner.person
    page = client.get(f"/organisation/people/{person.pk}/").content.decode()
    address = f"/documents/add/?kind=hand_over&amp;person={person.pk}"
    assert address in page
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert f'<option value="{person.pk}" selected>' in form
