import xiaohao.core.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("public", "0004_move_receipts")]

    operations = [
        migrations.RemoveField(
            model_name='comment',
            name='receipt',
        ),
        migrations.AlterField(
            model_name='comment',
            name='answer',
            field=xiaohao.core.fields.SealedTextField(blank=True, verbose_name='答复'),
        ),
    ]
