"""The sum of a notice leaves every blank out: those made before are reckoned anew."""

from django.db import migrations

from xiaohao.lib.notice_text import digest


def reckon(apps, _schema):
    Publication = apps.get_model("public", "Publication")
    for publication in Publication.objects.only("title", "text").iterator():
        total = digest(f"{publication.title}\n{publication.text}\n")
        Publication.objects.filter(pk=publication.pk).update(digest=total)


class Migration(migrations.Migration):
    dependencies = [("public", "0001_notices_and_comments")]

    operations = [migrations.RunPython(reckon, migrations.RunPython.noop)]
