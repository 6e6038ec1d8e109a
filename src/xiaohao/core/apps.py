from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "xiaohao.core"
    label = "core"
