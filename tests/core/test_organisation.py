"""The clerk keeps the organisation; others look."""

import pytest

from xiaohao.core.models import AuditEntry, LeadingGroupMember, Organ, Person, Role
from xiaohao.core.services import organs


@pytest.fixture
def as_clerk(client, clerk):
    client.force_login(clerk)
    return client


def test_a_clerk_adds_a_department_and_its_people(as_clerk, organ) -> None:
    as_clerk.post("/organisation/departments/add/", {"name": "提案委", "version": 1})
    department = organ.departments.get()
    person = {"name": "方晓", "department": department.pk, "posts": "主任、支部书记", "version": 1}
    assert as_clerk.post("/organisation/people/add/", person).status_code == 302
    added = Person.objects.get(name="方晓")
    assert [post.title for post in added.posts.all()] == ["主任", "支部书记"]
    page = as_clerk.get("/organisation/").content.decode()
    assert "提案委" in page
    assert "方晓" in page
    assert AuditEntry.objects.filter(action="person.created", subject_label="方晓").count() == 1


def test_a_second_department_of_the_same_name_is_refused_in_words(as_clerk, organ) -> None:
    organs.add_department(organ=organ, name="提案委", by=None)
    answer = as_clerk.post("/organisation/departments/add/", {"name": "提案委", "version": 1})
    assert "已经有同名的委室。" in answer.content.decode()
    assert organ.departments.count() == 1


def test_the_second_to_change_a_person_is_told(as_clerk, organ) -> None:
    person = organs.add_person(organ=organ, name="方晓", by=None)
    form = {"name": "方小", "posts": "主任", "version": 1}
    assert as_clerk.post(f"/organisation/people/{person.pk}/", form).status_code == 302
    late = as_clerk.post(f"/organisation/people/{person.pk}/", form | {"name": "方笑"})
    assert "您的修改没有保存" in late.content.decode()
    person.refresh_from_db()
    assert (person.name, person.posts.get().title) == ("方小", "主任")


def test_one_head_of_the_leading_group_only(as_clerk, organ) -> None:
    first, second = (organs.add_person(organ=organ, name=name, by=None) for name in ("沈砚", "罗明"))
    for person in (first, second):
        form = {"person": person.pk, "office": "head", "version": 1}
        answer = as_clerk.post("/organisation/leading-group/add/", form)
    assert "领导小组只能有一位组长。" in answer.content.decode()
    member = LeadingGroupMember.objects.get()
    assert member.person == first
    as_clerk.post(f"/organisation/leading-group/{member.pk}/remove/")
    assert not LeadingGroupMember.objects.exists()
    assert AuditEntry.objects.filter(action="leading_group_member.removed").exists()


def test_people_of_another_organ_cannot_be_chosen_or_changed(as_clerk, make_organ) -> None:
    stranger = organs.add_person(organ=make_organ("other", "红河区政协机关"), name="周行", by=None)
    assert as_clerk.get(f"/organisation/people/{stranger.pk}/").status_code == 404
    form = {"person": stranger.pk, "office": "member", "version": 1}
    assert as_clerk.post("/organisation/leading-group/add/", form).status_code == 200
    assert not LeadingGroupMember.objects.exists()


def test_a_supervisor_looks_at_the_organs_below(client, make_organ, make_account, organ) -> None:
    above = make_organ("above", "市委巡察办")
    Organ.objects.filter(pk=organ.pk).update(parent=above, path=f"{above.path}{organ.pk}/")
    organs.add_person(organ=organ, name="方晓", by=None)
    client.force_login(make_account(above, "程言", Role.SUPERVISOR))
    assert "方晓" in client.get(f"/organisation/?organ={organ.code}").content.decode()
    make_organ("other", "红河区政协机关")
    assert client.get("/organisation/?organ=other").status_code == 404


def test_the_page_takes_a_constant_number_of_queries(as_clerk, organ, django_assert_num_queries) -> None:
    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            department = organs.add_department(organ=organ, name=f"委室{number}", by=None)
            posts = ["主任", "书记"]
            organs.add_person(organ=organ, name=f"人{number}", department=department, posts=posts, by=None)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fill(0, 2)
    as_clerk.get("/organisation/")
    with CaptureQueriesContext(connection) as few:
        as_clerk.get("/organisation/")
    fill(2, 12)
    with django_assert_num_queries(len(few)):
        as_clerk.get("/organisation/")
