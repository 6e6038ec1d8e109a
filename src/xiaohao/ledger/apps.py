from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xiaohao.ledger"
    label = "ledger"
