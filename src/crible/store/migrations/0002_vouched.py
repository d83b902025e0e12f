from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="vouched",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
