from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "xiaohao.public"
    label = "public"

    def ready(self) -> None:
        from xiaohao.public import (  # noqa: F401 - each declares
            archive,
            codes,
            dated_settings,
            duties,
            next_steps,
            subjects,
        )
