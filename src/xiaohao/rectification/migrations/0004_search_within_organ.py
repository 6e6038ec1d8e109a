"""Every finding in the text index carries its organ, so that a search can stay within it."""

from django.db import migrations

from xiaohao.lib.bigrams import bigrams

TABLE = "rectification_finding_search"


def forwards(apps, schema_editor):
    findings = apps.get_model("rectification", "Finding").objects.all()
    postgresql = schema_editor.connection.vendor == "postgresql"
    statement = (
        f"UPDATE {TABLE} SET body = to_tsvector('simple', %s) WHERE id = %s"
        if postgresql
        else f"UPDATE {TABLE} SET body = %s WHERE rowid = %s"
    )
    with schema_editor.connection.cursor() as cursor:
        for one in findings.only("pk", "organ_id", "title", "detail", "text").iterator(chunk_size=1000):
            words = bigrams("\n".join((one.title, one.detail, one.text)))
            cursor.execute(statement, [f"{words} xiaohaoorgan{one.organ_id}", one.pk])


class Migration(migrations.Migration):
    dependencies = [("rectification", "0003_the_loop")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
