"""Receipts stand by themselves, answers are sealed, and what is taken up is known without adding it up."""

from collections import defaultdict

from django.core.files.storage import default_storage
from django.db import migrations

from xiaohao.core.encryption import encrypt

ROW = 1000  # bytes of a comment and its receipt beside the words


def move(apps, _schema):
    Comment, Receipt = apps.get_model("public", "Comment"), apps.get_model("public", "Receipt")
    texts, files = defaultdict(int), defaultdict(int)
    for comment in Comment.objects.iterator():
        digest = comment.receipt[:32]
        Receipt.objects.create(digest=digest, comment=comment, received_on=comment.received_on)
        size = default_storage.size(comment.file) if comment.file and default_storage.exists(comment.file) else 0
        answer = encrypt(comment.answer, pack=True) if comment.answer else ""
        Comment.objects.filter(pk=comment.pk).update(answer=answer, file_size=size)
        texts[comment.organ_id] += ROW + len(comment.text.encode())
        files[comment.organ_id] += size
    Intake = apps.get_model("public", "Intake")
    for organ, size in texts.items():
        Intake.objects.create(organ_id=organ, text_bytes=size, file_bytes=files[organ])


class Migration(migrations.Migration):
    dependencies = [("public", "0003_receipts_and_held_texts")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
