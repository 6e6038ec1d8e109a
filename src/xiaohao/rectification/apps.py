from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "xiaohao.rectification"
    label = "rectification"
