from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xiaohao.ledger"
    label = "ledger"

    def ready(self) -> None:
        from xiaohao.ledger import (  # noqa: F401 - each declares its own
            audit_words,
            dated_settings,
            delegations,
            register_duties,
        )
