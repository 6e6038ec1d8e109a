from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "xiaohao.registers"
    label = "registers"

    def ready(self) -> None:
        from xiaohao.registers import modules

        for part in ("dated_settings", "decisions", "register", "controls", "indicators", "duties"):
            for _declared in modules(part):
                pass
