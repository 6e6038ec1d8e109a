"""The text index of findings: two-character tokens, right for two-character words on every database."""

import re
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from xiaohao.lib.bigrams import bigrams, phrase
from xiaohao.rectification.models import Finding

TABLE = "rectification_finding_search"
CODE = re.compile(r"\d+-\d+")
LOOKED_AT = 200  # the best of the index, before who may see them and how close they are is asked


def index(findings: Iterable[Finding]) -> None:
    """Put the words of the findings into the index, replacing what stood there."""
    rows = [(finding.pk, _words(finding)) for finding in findings]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                f"INSERT INTO {TABLE} (id, body) VALUES (%s, to_tsvector('simple', %s)) "  # noqa: S608 - a constant
                "ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body",
                rows,
            )
        else:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(number,) for number, _body in rows])  # noqa: S608
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, body) VALUES (%s, %s)", rows)  # noqa: S608


def _words(finding: Finding) -> str:
    text = bigrams("\n".join((finding.title, finding.detail, finding.text)))
    return f"{text} {_organ(finding.organ_id)}"


def _organ(number: int) -> str:
    """Return the token every finding of an organ carries, so that a search can stay within it."""
    return f"xiaohaoorgan{number}"


def matching(findings: "QuerySet[Finding]", words: str) -> "QuerySet[Finding]":
    """Return the findings whose text or code contains each of the words, separated by spaces."""
    for word in words.split():
        # Only what looks like a code is looked for among the codes: the other words stay with the index.
        code = Q(code=word) if CODE.fullmatch(word) else Q()
        findings = findings.filter(_condition(word) | code if code else _condition(word))
    return findings


def _condition(word: str) -> Q:
    tokens = phrase(word)
    if not tokens:
        return Q(pk__in=[])
    if len(word) == 1:
        return Q(title__contains=word) | Q(detail__contains=word) | Q(text__contains=word)
    if connection.vendor == "postgresql":
        sql = f"SELECT id FROM {TABLE} WHERE body @@ phraseto_tsquery('simple', %s)"  # noqa: S608
        return Q(pk__in=RawSQL(sql, [" ".join(tokens)]))  # noqa: S611 - a constant with a parameter
    quoted = '"' + " ".join(token.replace('"', "") for token in tokens) + '"'
    return Q(pk__in=RawSQL(f"SELECT rowid FROM {TABLE} WHERE body MATCH %s", [quoted]))  # noqa: S608, S611


def similar(
    findings: "QuerySet[Finding]", finding: Finding, *, own: bool, most: int = 5
) -> Sequence[Finding]:
    """Return the findings among the given that share most with the title of this one, best first.

    ``own`` looks only among those of its organ, which costs the same however many organs there are.
    """
    tokens = list(dict.fromkeys(token for token in bigrams(finding.title).split() if len(token) > 1))[:40]
    if not tokens:
        return []
    organ = _organ(finding.organ_id) if own else ""
    if connection.vendor == "postgresql":
        any_of = " | ".join("'" + token.replace("'", "").replace("\\", "") + "'" for token in tokens)
        query = f"{organ} & ({any_of})" if own else any_of
        sql = (
            f"SELECT id, -ts_rank(body, query) AS likeness FROM {TABLE}, to_tsquery('simple', %s) query "  # noqa: S608
            "WHERE body @@ query ORDER BY likeness LIMIT %s"
        )
    else:
        any_of = " OR ".join('"' + token.replace('"', "") + '"' for token in tokens)
        query = f"{organ} AND ({any_of})" if own else any_of
        sql = f"SELECT rowid, rank FROM {TABLE} WHERE body MATCH %s ORDER BY rank LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, LOOKED_AT])
        order = {number: place for place, (number, _rank) in enumerate(cursor.fetchall())}
    rows = findings.filter(pk__in=order).exclude(pk=finding.pk).select_related("organ", "inspection")
    wanted = set(tokens)
    close = [row for row in rows if len(wanted & set(bigrams(row.title).split())) * 4 >= len(wanted)]
    return sorted(close, key=lambda row: order[row.pk])[:most]
