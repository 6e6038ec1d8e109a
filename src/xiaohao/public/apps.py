from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "xiaohao.public"
    label = "public"

    def ready(self) -> None:
        from xiaohao.public import archive, dated_settings, duties, subjects  # noqa: F401 - each declares
