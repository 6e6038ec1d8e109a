"""The addresses of every register, and of what some have of their own."""

from django.urls import URLPattern

from xiaohao.ledger.register import REGISTERS
from xiaohao.ledger.register_urls import urls
from xiaohao.registers import __name__ as package
from xiaohao.registers import modules

urlpatterns: list[URLPattern] = [
    *(pattern for own in modules("urls") for pattern in own.urlpatterns),
    *(
        pattern
        for register in REGISTERS.values()
        if register.model.__module__.startswith(f"{package}.")
        for pattern in urls(register)
    ),
]
