"""What holds for every record that is declared anywhere."""

import re
from pathlib import Path

import pytest
from django.apps import apps

import xiaohao
from xiaohao.core.models import Record

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
SOURCE = Path(xiaohao.__file__).parent


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_index_of_a_record_begins_with_the_organ(model) -> None:
    """So that the tables can later be distributed by organ."""
    assert {index.fields[0] for index in model._meta.indexes} <= {"organ"}


def test_every_kind_of_record_has_its_own_stable_key() -> None:
    keys = [model.subject_kind for model in RECORDS]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z][a-z_]*", key) for key in keys)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_time_of_a_record_has_its_person(model) -> None:
    names = {field.name for field in model._meta.get_fields()}
    assert {name for name in names if name.endswith("_at") and f"{name[:-3]}_by" not in names} == set()


def test_views_reach_business_data_by_one_door_only() -> None:
    """A view that asks ``Model.objects`` for anything but ``visible_to`` could show another organ's rows."""
    names = "|".join(model.__name__ for model in RECORDS)
    door = re.compile(rf"\b({names})\.(_default_manager|objects)\.(?!visible_to\b)(\w+)")
    found = {
        f"{path.relative_to(SOURCE)}: {match.group(0)}"
        for path in SOURCE.rglob("views/*.py")
        for match in door.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_views_write_nothing_past_the_services() -> None:
    """A view that saves, creates or deletes by itself leaves no trace in the log."""
    writing = re.compile(
        r"(?<!register)\.(save|delete|bulk_create|bulk_update|get_or_create|update_or_create)\(|objects\.(create|update)\("
    )
    found = {
        f"{path.relative_to(SOURCE)}: {match.group(0)}"
        for path in SOURCE.rglob("views/*.py")
        for match in writing.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()
