"""The one exception of this package: a file that cannot be read, said in the user's words."""

from xiaohao.lib.messages import Message


class Unreadable(Exception):  # noqa: N818 - what it says of the file
    """The file cannot be read. ``code`` is stable; ``message`` says what is wrong, where, and what to do."""

    def __init__(self, code: str, template: str, **values: object) -> None:
        self.code = code
        self.message = Message(template, values)
        super().__init__(str(self.message))
