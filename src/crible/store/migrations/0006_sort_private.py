from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0005_versions_references"),
    ]

    operations = [
        migrations.AddField(
            model_name="weighing",
            name="private",
            field=models.BooleanField(db_default=False, db_index=True, default=False),
        ),
        migrations.AddField(
            model_name="weighing",
            name="private_why",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="weighing",
            name="sort",
            field=models.CharField(db_default="", db_index=True, default="", max_length=24),
        ),
    ]
