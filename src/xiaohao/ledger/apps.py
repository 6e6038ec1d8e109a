from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xiaohao.ledger"
    label = "ledger"

    def ready(self) -> None:
        from xiaohao.ledger import audit_words  # noqa: F401 - names its actions
