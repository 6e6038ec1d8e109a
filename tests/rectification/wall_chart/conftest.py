"""A page of the wall chart, asked for by a clerk."""

import pytest
from django.test import Client

from xiaohao.core.models import Account


@pytest.fixture(autouse=True)
def no_collected_files(settings, tmp_path) -> None:
    """Static files need not be collected for these tests."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def client(clerk: Account, client: Client) -> Client:
    client.force_login(clerk)
    return client
