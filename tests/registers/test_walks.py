"""Random walks: whatever people do, in whatever order, what must hold holds."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaohao.core.models import AuditEntry
from xiaohao.ledger.register import REGISTERS, take

WORKED = [register for register in REGISTERS.values() if register.workflow]
TODAY = timezone.localdate()


def anything_for(register, step, draw) -> dict[str, object]:
    """Draw what a person might enter for a step, right or wrong."""
    given = {}
    for name in step.fields:
        column = register.model._meta.get_field(name)
        if column.get_internal_type() == "DateField":
            given[name] = draw(st.none() | st.integers(-400, 5).map(lambda days: TODAY + dt.timedelta(days)))
        elif column.choices:
            given[name] = draw(st.sampled_from([key for key, _label in column.flatchoices]))
        elif column.is_relation:
            given[name] = None
        else:
            given[name] = draw(st.sampled_from(["", "A", "说明"]))
    return given


@pytest.mark.parametrize("register", WORKED, ids=lambda register: register.key)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_row_is_always_in_a_state_its_workflow_knows_and_a_refusal_leaves_no_trace(
    register, row, keeper, data
) -> None:
    record = row(register.key)
    known = set(register.workflow.states.values)
    for step in data.draw(st.lists(st.sampled_from(register.workflow.steps), max_size=6)):
        before = (record.state, record.version, AuditEntry.objects.count())
        try:
            record = take(register, record, step.key, anything_for(register, step, data.draw), keeper)
        except ValidationError:
            record.refresh_from_db()
            assert (record.state, record.version, AuditEntry.objects.count()) == before
        else:
            assert before[0] in step.sources
            assert record.state == step.target
        assert record.state in known
