from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Max

from crible.review import append_only


def write_ends(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """The end of each chain that stands already."""
    entry, head = apps.get_model("review", "Entry"), apps.get_model("review", "Head")
    for case, number in entry.objects.values_list("case").annotate(last=Max("number")):
        last = entry.objects.get(case=case, number=number)
        head.objects.create(case=case, number=number, hash=last.hash)


def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    append_only.install(editor.connection)


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    append_only.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("review", "0002_searches_kept")]

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=36, unique=True)),
                ("number", models.BigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddIndex(model_name="entry", index=models.Index(fields=["case", "by", "number"], name="own_lines")),
        migrations.RunPython(write_ends, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
