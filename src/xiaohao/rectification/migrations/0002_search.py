"""The text index of findings: FTS5 on SQLite, tsvector on PostgreSQL, both over two-character tokens."""

from django.db import migrations

TABLE = "rectification_finding_search"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, body tsvector NOT NULL)")
        schema_editor.execute(f"CREATE INDEX {TABLE}_body ON {TABLE} USING gin (body)")
    else:
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(body, tokenize='unicode61')")


def backwards(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("rectification", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
