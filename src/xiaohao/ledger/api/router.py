"""The addresses of the API, made from the declared registers."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError
from ninja.utils import check_csrf

from xiaohao.core.access import allowed
from xiaohao.core.forms import RecordForm
from xiaohao.core.models import Account, Record
from xiaohao.core.paging import page
from xiaohao.core.services.records import Conflict
from xiaohao.ledger.access import USE_API, VIEW_REGISTERS
from xiaohao.ledger.api.shapes import Refusal, as_json, form_data, given_schema, read_schema
from xiaohao.ledger.indicators import INDICATORS, Period, figure
from xiaohao.ledger.narrowing import found_row, narrowed, whole_rows
from xiaohao.ledger.register import REGISTERS, Register, add, register_of, store, take
from xiaohao.ledger.workflow import Step

REFUSALS = {401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal, 422: Refusal}


def signed_in(request: HttpRequest) -> Any:
    """Take an API key, or the session of a page that sends its CSRF token."""
    if not request.user.is_authenticated:
        return None
    if not getattr(request, "by_api_key", False) and check_csrf(request) is not None:
        raise HttpError(403, "CSRF")
    return request.user


class FigureOut(Schema):
    """What an indicator came to in the period; money in fen."""

    key: str
    title: str
    unit: str
    value: int
    base: int
    said: str


def make_api() -> NinjaAPI:
    """Return the API of all registers declared so far."""
    api = NinjaAPI(
        title="Xiaohao 销号",
        version="1",
        description="各台账的读取、登记、修改和办理。权限与页面相同；金额单位为分。",
        auth=signed_in,
        docs_url="docs/",
        openapi_url="openapi.json",
    )
    _say_refusals(api)
    api.add_router("", _indicators())
    for register in REGISTERS.values():
        api.add_router("", _router(register))
    return api


def _say_refusals(api: NinjaAPI) -> None:
    """Answer what services raise with the sentences the pages would show."""

    @api.exception_handler(ValidationError)
    def refused(request: HttpRequest, error: ValidationError) -> Any:
        fields = error.message_dict if hasattr(error, "error_dict") else {}
        return api.create_response(request, {"reasons": error.messages, "fields": fields}, status=422)

    @api.exception_handler(Conflict)
    def conflict(request: HttpRequest, error: Conflict) -> Any:
        return api.create_response(request, {"reasons": [str(error)], "fields": {}}, status=409)

    @api.exception_handler(PermissionDenied)
    def denied(request: HttpRequest, error: PermissionDenied) -> Any:
        return api.create_response(request, {"reasons": [str(error)], "fields": {}}, status=403)


def _indicators() -> Router:
    router = Router(tags=["indicators"])

    @router.get("indicators/", response={200: list[FigureOut], **REFUSALS}, summary="指标")
    def indicators(request: Any, first: str = "", last: str = "") -> Any:
        period = Period.read(first, last, timezone.localdate())
        found = []
        for one in INDICATORS.values():
            register = register_of(one.model)
            if register is None or allowed(request.user, register.view):
                got = figure(one, request.user, period)
                title, unit = str(one.title), one.unit.value
                found.append(
                    FigureOut(
                        key=one.key, title=title, unit=unit, value=got.value, base=got.base, said=str(got)
                    )
                )
        return found

    return router


def _entered(register: Register, record: Record, given: dict[str, Any]) -> RecordForm:
    """Return the register's form, filled in and found right. Raises ``ValidationError``."""
    form = register.form_class(form_data(register, record, given), instance=record)
    if not form.is_valid():
        raise ValidationError({name: list(errors) for name, errors in form.errors.items()})
    return form


def _router(register: Register) -> Router:
    router, key = Router(tags=[register.key]), register.key
    row = read_schema(register)
    rows = type(f"{row.__name__}Page", (Schema,), {"__annotations__": {"rows": list[row], "next": str}})  # type: ignore[valid-type]
    changes = given_schema(register, register.entered, "Changes", version=True)

    @router.get(
        f"{key}/",
        response={200: rows, **REFUSALS},
        summary=f"{register.title}：列表",
        operation_id=f"{key}_list",
        url_name=f"{key}_rows",
    )
    def row_list(request: Any, after: str = "") -> Any:
        """同页面的列表：搜索 q 和各筛选条件写在地址里；next 不空时，以 after 取下一页。"""
        rows = whole_rows(register, narrowed(register, request.user, request.GET).rows)
        current = page(rows, by=register.order, cursor=after)
        return {"rows": [as_json(register, one) for one in current.rows], "next": current.next}

    if register.may_add:
        _adding(router, register, row)

    @router.get(
        f"{key}/{{int:number}}/",
        response={200: row, **REFUSALS},
        summary=f"{register.title}：一条",
        operation_id=f"{key}_item",
        url_name=f"{key}_row",
    )
    def row_item(request: Any, number: int) -> Any:
        return as_json(register, found_row(register, request.user, number))

    @router.patch(
        f"{key}/{{int:number}}/",
        response={200: row, **REFUSALS},
        summary=f"{register.title}：修改",
        operation_id=f"{key}_change",
        url_name=f"{key}_row",
    )
    def row_change(request: Any, number: int, given: changes) -> Any:  # type: ignore[valid-type]
        """version 是读到的版本；之后有人改过，答复 409，什么也不写。"""
        record = found_row(register, request.user, number, own=True)
        if not register.open_to(request.user, record):
            raise PermissionDenied
        entered = given.dict(exclude_unset=True)  # type: ignore[attr-defined]
        form = _entered(register, found_row(register, request.user, number, own=True), entered)
        return as_json(register, store(register, record, form.values(), request.user, entered["version"]))

    for step in register.workflow.steps if register.workflow else ():
        _step(router, register, step, row)
    return router


def _adding(router: Router, register: Register, row: type[Schema]) -> None:
    new = given_schema(register, register.entered, "New", version=False)

    @router.post(
        f"{register.key}/",
        response={201: row, **REFUSALS},
        summary=f"{register.title}：登记",
        operation_id=f"{register.key}_add",
        url_name=f"{register.key}_rows",
    )
    def row_add(request: Any, given: new) -> Any:  # type: ignore[valid-type]
        if not allowed(request.user, register.change):
            raise PermissionDenied
        record = register.model(organ=request.user.organ)
        form = _entered(register, record, given.dict(exclude_unset=True))  # type: ignore[attr-defined]
        made = add(register, register.model(organ=request.user.organ), form.values(), request.user)
        return 201, as_json(register, made)


def _step(router: Router, register: Register, step: Step, row: type[Schema]) -> None:
    shape = given_schema(
        register, step.fields, "".join(part.title() for part in step.key.split("_")), version=True
    )
    address = f"{register.key}/{{int:number}}/{step.key.replace('_', '-')}/"

    @router.post(
        address,
        response={200: row, **REFUSALS},
        summary=f"{register.title}：{step.label}",
        operation_id=f"{register.key}_{step.key}",
        url_name=f"{register.key}_{step.key}",
    )
    def take_step(request: Any, number: int, given: shape) -> Any:  # type: ignore[valid-type]
        entered = given.dict(exclude_unset=True)  # type: ignore[attr-defined]
        record = found_row(register, request.user, number, own=True)
        values = _rows_named(
            register, request.user, {name: entered.get(name, getattr(record, name)) for name in step.fields}
        )
        return as_json(register, take(register, record, step.key, values, request.user, entered["version"]))


def _rows_named(register: Register, account: Account, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the numbers of records replaced by the records, of the own organ alone."""
    for name, value in values.items():
        related = register.model._meta.get_field(name).related_model
        if isinstance(value, int) and isinstance(related, type) and issubclass(related, Record):
            values[name] = get_object_or_404(
                related.objects.visible_to(account), pk=value, organ=account.organ
            )
    return values


def api_urls() -> list[Any]:
    """Return the addresses of the API, each with the action it needs."""
    patterns, _app, _space = make_api().urls
    views = {f"{register.key}/": register.view for register in REGISTERS.values()}
    for pattern in patterns:
        route, callback = str(pattern.pattern), cast("Any", pattern).callback
        action = next((one for start, one in views.items() if route.startswith(start)), USE_API)
        callback.required_action = VIEW_REGISTERS if route.startswith("indicators") else action
        callback.answers_json = True
    return patterns
