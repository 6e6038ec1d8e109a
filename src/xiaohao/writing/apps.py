from django.apps import AppConfig


class WritingConfig(AppConfig):
    name = "xiaohao.writing"
    label = "writing"
