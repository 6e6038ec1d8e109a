from django.apps import AppConfig


class WritingConfig(AppConfig):
    name = "xiaohao.writing"
    label = "writing"

    def ready(self) -> None:
        from xiaohao.writing import decisions  # noqa: F401 - declares what is signed
