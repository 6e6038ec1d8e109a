"""Starting Django for the subcommands that need it."""

import os


def start() -> None:
    """Load the settings and the apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")
    import django

    django.setup()
