from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "xiaohao.rectification"
    label = "rectification"

    def ready(self) -> None:
        from xiaohao.rectification import (  # noqa: F401 - each declares what it is named after
            audit_words,
            controls,
            dated_settings,
            decisions,
            duties,
            indicators,
            registers,
            subjects,
        )
