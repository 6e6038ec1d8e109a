"""The addresses of registers."""

from collections.abc import Iterable

from django.urls import URLPattern, path

from xiaohao.ledger.register import Register
from xiaohao.ledger.views import register as pages
from xiaohao.ledger.views import register_import, register_steps
from xiaohao.ledger.views.registers import guide_page


def urls(register: Register) -> list[URLPattern]:
    """Return the addresses of a register."""
    key = register.key
    found = [
        path(f"{key}/", pages.row_list(register), name=key),
        path(f"{key}/export/", pages.export(register), name=f"{key}_export"),
        path(f"{key}/guide/", guide_page(register), name=f"{key}_guide"),
        path(f"{key}/<int:number>/", pages.item(register), name=register.item_view),
        path(f"{key}/<int:number>/edit/", pages.edit_form(register), name=f"{key}_edit"),
        *_actions(register),
    ]
    if register.may_add:
        found.append(path(f"{key}/add/", pages.add_form(register), name=f"{key}_add"))
    return found + _import(register) if register.identity else found


def _actions(register: Register) -> Iterable[URLPattern]:
    for step in register.workflow.steps if register.workflow else ():
        view = register_steps.step_form(register, step)
        yield path(
            f"{register.key}/<int:number>/{step.key.replace('_', '-')}/",
            view,
            name=f"{register.key}_{step.key}",
        )
    for place, ask in enumerate(register.asks, start=1):
        view = register_steps.ask_form(register, ask)
        yield path(f"{register.key}/<int:number>/ask/{place}/", view, name=f"{register.key}_ask_{place}")


def _import(register: Register) -> list[URLPattern]:
    key = register.key
    preview = f"{key}/import/<int:number>/"
    return [
        path(f"{key}/template/", register_import.empty_table(register), name=f"{key}_template"),
        path(f"{key}/import/", register_import.upload(register), name=f"{key}_import"),
        path(preview, register_import.preview(register), name=f"{key}_import_preview"),
        path(f"{preview}faulty/", register_import.faulty_rows(register), name=f"{key}_import_faulty"),
    ]
