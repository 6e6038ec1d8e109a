"""Doing something many times at the same moment, where the database has writers at once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

WORKERS, ROUNDS = 4, 6
MANY_WRITERS = [
    pytest.mark.django_db(transaction=True),
    # Of a database in memory SQLite locks whole tables; tests/e2e does the same with a file.
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has no writers at once"),
]


def in_threads(work: Callable[[int, int], object], rounds: int = ROUNDS) -> list[BaseException]:
    """Call ``work(worker, turn)`` for every worker and turn; return the error each worker ended with."""
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            for turn in range(rounds):
                work(number, turn)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors
