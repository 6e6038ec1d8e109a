"""The text index of findings: two-character tokens, right for two-character words on every database."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from xiaohao.lib.bigrams import bigrams, phrase
from xiaohao.rectification.models import Finding

TABLE = "rectification_finding_search"


def index(findings: Iterable[Finding]) -> None:
    """Put the words of the findings into the index, replacing what stood there."""
    rows = [
        (finding.pk, bigrams(f"{finding.title}\n{finding.detail}\n{finding.text}")) for finding in findings
    ]
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


def matching(findings: "QuerySet[Finding]", words: str) -> "QuerySet[Finding]":
    """Return the findings whose text or code contains each of the words, separated by spaces."""
    for word in words.split():
        findings = findings.filter(_condition(word) | Q(code=word))
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


def similar(findings: "QuerySet[Finding]", finding: Finding, most: int = 5) -> Sequence[Finding]:
    """Return the findings among the given that share most with the title of this one, best first."""
    tokens = list(dict.fromkeys(token for token in bigrams(finding.title).split() if len(token) > 1))[:40]
    if not tokens:
        return []
    if connection.vendor == "postgresql":
        query = " | ".join("'" + token.replace("'", "").replace("\\", "") + "'" for token in tokens)
        rank = RawSQL(  # noqa: S611 - a constant with parameters
            f"(SELECT -ts_rank(body, to_tsquery('simple', %s)) FROM {TABLE} "  # noqa: S608
            f"WHERE {TABLE}.id = rectification_finding.id AND body @@ to_tsquery('simple', %s))",
            [query, query],
        )
    else:
        query = " OR ".join('"' + token.replace('"', "") + '"' for token in tokens)
        rank = RawSQL(  # noqa: S611 - a constant with a parameter
            f"(SELECT rank FROM {TABLE} WHERE {TABLE}.rowid = rectification_finding.id "  # noqa: S608
            "AND body MATCH %s)",
            [query],
        )
    rows = findings.exclude(pk=finding.pk).annotate(likeness=rank).exclude(likeness=None)
    shared = rows.select_related("organ", "inspection").order_by("likeness", "pk")[: most * 4]
    wanted = set(tokens)
    close = [row for row in shared if len(wanted & set(bigrams(row.title).split())) * 4 >= len(wanted)]
    return close[:most]
