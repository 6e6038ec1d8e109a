"""The invented organ of the demo: 云岭市青溪区政协机关, and the office above it."""

from dataclasses import dataclass

from xiaohao.core.models import Account, Department, LeadingGroupMember, Organ, Person, Role
from xiaohao.core.services import organs

PASSWORD = "xiaohao-demo"  # noqa: S105 - the demo tells it to everybody
DEPARTMENTS = ("办公室", "提案委员会", "经济和农业委员会", "文化文史委员会", "财务室", "机关党支部")
OFFICES = LeadingGroupMember.Office

# name, department, post, leader, roles, username
PEOPLE: tuple[tuple[str, str, str, bool, tuple[Role, ...], str], ...] = (
    ("沈砚秋", "", "主席、党组书记", True, (Role.HEAD,), "head"),
    ("罗明远", "", "副主席", True, (Role.LEADER,), "leader"),
    ("方静怡", "", "副主席", True, (Role.LEADER,), "leader2"),
    ("贺长河", "", "秘书长", True, (Role.LEADER,), "secretary"),
    ("林小满", "办公室", "整改办干事", False, (Role.CLERK,), "clerk"),
    ("顾怀安", "办公室", "办公室主任", False, (Role.DEPARTMENT_HEAD, Role.OWNER), "office"),
    ("唐若溪", "提案委员会", "提案委主任", False, (Role.DEPARTMENT_HEAD, Role.OWNER), "owner"),
    ("孟书言", "经济和农业委员会", "经济委主任", False, (Role.DEPARTMENT_HEAD, Role.OWNER), "economy"),
    ("许知行", "文化文史委员会", "文史委主任", False, (Role.DEPARTMENT_HEAD, Role.OWNER), "culture"),
    ("曹云帆", "财务室", "会计", False, (Role.OWNER,), "finance"),
    ("姚丹青", "机关党支部", "支部书记", False, (Role.OWNER,), "branch"),
    ("韩松竹", "办公室", "纪检专员", False, (Role.DISCIPLINE_REVIEWER,), "discipline"),
    ("叶知秋", "办公室", "系统管理员", False, (Role.SYSTEM_ADMINISTRATOR,), "system"),
    ("苏锦程", "办公室", "安全管理员", False, (Role.SECURITY_ADMINISTRATOR,), "security"),
    ("江望舒", "办公室", "审计管理员", False, (Role.AUDIT_ADMINISTRATOR,), "audit"),
)


@dataclass(frozen=True)
class DemoOrgan:
    """The organ with its departments and people by name."""

    organ: Organ
    departments: dict[str, Department]
    people: dict[str, Person]
    clerk: Account
    accounts: dict[str, Account]

    def account_of(self, name: str) -> Account:
        """Return the account of a person, the clerk's where he has none."""
        own = (account for account in self.accounts.values() if account.person.name == name)
        return next(own, self.clerk)


def create() -> DemoOrgan:
    """Create both organs, the people, their roles, accounts and the leading group."""
    above = organs.create_organ(
        code="yunling-xunchaban", name="中共云岭市委巡察工作领导小组办公室", short_name="云岭市委巡察办"
    )
    inspector = organs.add_person(organ=above, name="程立言", by=None, posts=["督查科科长"])
    organs.give_role(person=inspector, role=Role.SUPERVISOR, by=None)
    organs.create_account(person=inspector, username="supervisor", password=PASSWORD, by=None)

    organ = organs.create_organ(
        code="qingxi", name="政协云岭市青溪区委员会机关", short_name="青溪区政协机关", parent=above
    )
    departments = {name: organs.add_department(organ=organ, name=name, by=None) for name in DEPARTMENTS}
    people: dict[str, Person] = {}
    accounts: dict[str, Account] = {}
    for name, department, post, is_leader, roles, username in PEOPLE:
        people[name] = organs.add_person(
            organ=organ,
            name=name,
            department=departments.get(department),
            posts=post.split("、"),
            is_leader=is_leader,
            by=None,
        )
        for role in roles:
            organs.give_role(person=people[name], role=role, by=None)
        if username:
            accounts[username] = organs.create_account(
                person=people[name], username=username, password=PASSWORD, by=None
            )
    for name, office, duty in (
        ("沈砚秋", OFFICES.HEAD, "对整改负总责，领办难点问题"),
        ("罗明远", OFFICES.DEPUTY, "提案、调研方面的整改"),
        ("方静怡", OFFICES.DEPUTY, "财务、资产方面的整改"),
        ("贺长河", OFFICES.MEMBER, "机关党建、干部管理方面的整改"),
        ("顾怀安", OFFICES.SECRETARY, "日常协调、督促、统计"),
    ):
        organs.add_leading_group_member(person=people[name], office=office, duty=duty, by=accounts["clerk"])
    return DemoOrgan(organ, departments, people, accounts["clerk"], accounts)
