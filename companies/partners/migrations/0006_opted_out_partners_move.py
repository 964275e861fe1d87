"""Who had opted out as a partner is opted out by number, since the day the history tells."""

from django.db import migrations
from django.utils import timezone


def _since(events, partner):
    """When the column last became true; now for a row without history."""
    since = None
    for event in events.filter(pgh_obj_id=partner.pk).order_by("-pgh_created_at", "-pgh_id"):
        if not event.has_opted_out:
            break
        since = event.pgh_created_at
    return since or timezone.now()


def move(apps, schema_editor):
    """One opt-out per partner that wanted no proposals."""
    events = apps.get_model("partners", "PartnerEvent").objects
    opt_outs = apps.get_model("partners", "OptOut").objects
    for partner in apps.get_model("partners", "Partner").objects.filter(has_opted_out=True):
        if not opt_outs.filter(number=partner.establishment_id, withdrawn_at=None).exists():
            opt_outs.create(
                number=partner.establishment_id,
                opted_out_at=_since(events, partner),
                way="earlier",
            )


def back(apps, schema_editor):
    """Partners whose place or enterprise is opted out."""
    opt_outs = apps.get_model("partners", "OptOut").objects.filter(withdrawn_at=None)
    numbers = set(opt_outs.values_list("number", flat=True))
    for partner in apps.get_model("partners", "Partner").objects.select_related("establishment"):
        if numbers & {partner.establishment_id, partner.establishment.enterprise_id}:
            partner.has_opted_out = True
            partner.save(update_fields=["has_opted_out"])


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0005_opt_outs_and_merges'),
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(move, back, elidable=True),
    ]
