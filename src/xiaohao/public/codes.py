"""Codes of organs stand in the addresses of their pages: a word that has a page already can be no code."""

from django.urls import resolve

from xiaohao.core.services.organs import add_code_check


def is_taken(code: str) -> bool:
    """Tell whether another page stands where the notices of an organ with this code would."""
    return resolve(f"/public/{code}/").url_name != "notices"


add_code_check(is_taken)
