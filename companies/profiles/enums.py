"""Choices of the profiles room."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.vocabulary import Opportunity


class VerificationStatus(models.TextChoices):
    """Whether an adviser has confirmed that this is a maatwerk company."""

    PENDING = "pending", _("Waiting for verification")
    VERIFIED = "verified", _("Verified")
    DECLINED = "declined", _("Declined")


class DeclineReason(models.TextChoices):
    """Why an adviser declined a sign-up."""

    NOT_RECOGNISED = "not_recognised", _("Not a recognised maatwerk company")
    NOT_ENTITLED = "not_entitled", _("The person does not act for this company")
    DUPLICATE = "duplicate", _("The company is already known under another number")
    OTHER = "other", _("Another reason")


class MemberRole(models.TextChoices):
    """What a member may do for the company."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


EDITING_ROLES = (MemberRole.OWNER, MemberRole.EDITOR)


class JoinStatus(models.TextChoices):
    """Where a request to join a company stands."""

    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("request to join", "Accepted")
    REFUSED = "refused", pgettext_lazy("request to join", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request to join", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("request to join", "Expired without an answer")


class LegalText(models.TextChoices):
    """Texts that people accept, by version."""

    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy statement")


class DocumentKind(models.TextChoices):
    """What a document of a company is."""

    ANNUAL_REPORT = "annual_report", _("Annual report")
    QUALITY_LABEL = "quality_label", _("Quality label")
    CERTIFICATE = "certificate", _("Other certificate")
    OTHER = "other", pgettext_lazy("kind of document", "Other")


class ConsentPurpose(models.TextChoices):
    """What a company can agree to, each apart."""

    SHARE_WITH_PARTNERS = "share_with_partners", _("Share with partners")
    BENCHMARK = "benchmark", _("Compare with other companies")


class FteBand(models.TextChoices):
    """Size of an activity in full-time equivalents."""

    UNDER_5 = "lt5", _("under 5 FTE")
    FROM_5 = "5-19", _("5 to 19 FTE")
    FROM_20 = "20-49", _("20 to 49 FTE")
    FROM_50 = "50-99", _("50 to 99 FTE")
    FROM_100 = "ge100", _("100 FTE or more")


class SeriesSize(models.TextChoices):
    """How large the usual order of an activity is; the bounds are ours, the study has none."""

    SINGLE = "single", _("single pieces")
    SMALL = "small", _("small series (2 to 100 pieces)")
    MEDIUM = "medium", _("medium series (101 to 1,000 pieces)")
    LARGE = "large", _("large series (more than 1,000 pieces)")


class Seasonality(models.TextChoices):
    """How evenly the work of an activity is spread over the year."""

    STEADY = "steady", _("steady over the year")
    PEAKS = "peaks", _("some peaks")
    SEASON = "season", _("strong season")


class OfferUnit(models.TextChoices):
    """In what an offer is counted; one unit per opportunity."""

    PLACES = "places", _("places")
    HOURS = "hours", _("hours a week")
    VOLUME = "volume", _("thousand units a year")


# Enclaves and mentoring are about people, production about volume.
UNIT_OF: dict[Opportunity, OfferUnit] = {
    Opportunity.RESHORING: OfferUnit.VOLUME,
    Opportunity.FVDT: OfferUnit.HOURS,
    Opportunity.EIGEN_PRODUCTEN: OfferUnit.VOLUME,
    Opportunity.SAMENWERKING: OfferUnit.HOURS,
    Opportunity.ENCLAVE: OfferUnit.PLACES,
}


class VolumeBand(models.TextChoices):
    """A volume in thousand units a year; the bounds are ours, the study has none."""

    UNDER_10 = "lt10", _("under 10 thousand units a year")
    FROM_10 = "10-49", _("10 to 49 thousand units a year")
    FROM_50 = "50-199", _("50 to 199 thousand units a year")
    FROM_200 = "200-999", _("200 to 999 thousand units a year")
    FROM_1000 = "ge1000", _("1 million units a year or more")


# What a band promises at least, in thousand units a year; rising.
LEAST_OF_BAND: dict[VolumeBand, int] = {
    VolumeBand.UNDER_10: 1,
    VolumeBand.FROM_10: 10,
    VolumeBand.FROM_50: 50,
    VolumeBand.FROM_200: 200,
    VolumeBand.FROM_1000: 1000,
}


def volume_band(thousands: int) -> VolumeBand:
    """The band that holds this volume (thousand units a year, at least 1)."""
    return max(
        (band for band, least in LEAST_OF_BAND.items() if least <= thousands),
        key=LEAST_OF_BAND.__getitem__,
    )


class PointSource(models.TextChoices):
    """Where the point of an establishment comes from."""

    OWN = "own", _("own point")
    REGISTER = "register", _("register")
    POSTAL = "postal", _("postal point")


class EquipmentKind(models.TextChoices):
    """Equipment and technology, in the words of the sector study and of Industry 4.0."""

    MANUAL_MACHINE = "manual_machine", _("Machine operated by hand")
    CNC_MACHINE = "cnc_machine", _("CNC or other programmable machine")
    PACKAGING_LINE = "packaging_line", _("Packaging line")
    ROBOT = "robot", _("Industrial robot")
    COBOT = "cobot", _("Cobot")
    AGV = "agv", _("Driverless transport (AGV)")
    DIGITAL_INSTRUCTIONS = "digital_instructions", _("Digital work instructions")
    PROJECTED_INSTRUCTIONS = "projected_instructions", _("Projected work instructions")
    LIGHT_GUIDANCE = "light_guidance", _("Light guidance (pick-to-light)")
    EXOSKELETON = "exoskeleton", _("Exoskeleton")
    LIFTING_AID = "lifting_aid", _("Lifting aid")
    VR_PRACTICE = "vr_practice", _("Practice in virtual reality")
    VISION_INSPECTION = "vision_inspection", _("Inspection by camera")
    SENSORS = "sensors", _("Sensors and machine data")
    ERP = "erp", _("ERP software")
    MES = "mes", _("MES or other production software")
    PRINTING_3D = "printing_3d", _("3D printing")
    OTHER = "other", _("Other equipment")


OPERATOR_SUPPORT: frozenset[str] = frozenset(
    {
        EquipmentKind.DIGITAL_INSTRUCTIONS,
        EquipmentKind.PROJECTED_INSTRUCTIONS,
        EquipmentKind.LIGHT_GUIDANCE,
        EquipmentKind.EXOSKELETON,
        EquipmentKind.LIFTING_AID,
        EquipmentKind.VR_PRACTICE,
    }
)
COBOTS: frozenset[str] = frozenset({EquipmentKind.COBOT})

# As a list on a page shows them; every kind stands in one group.
EQUIPMENT_GROUPS: tuple[tuple[Any, tuple[EquipmentKind, ...]], ...] = (
    (
        _("Machines"),
        (EquipmentKind.MANUAL_MACHINE, EquipmentKind.CNC_MACHINE, EquipmentKind.PACKAGING_LINE),
    ),
    (_("Robots"), (EquipmentKind.ROBOT, EquipmentKind.COBOT, EquipmentKind.AGV)),
    (
        _("Support of the operator"),
        tuple(kind for kind in EquipmentKind if kind in OPERATOR_SUPPORT),
    ),
    (_("Inspection and data"), (EquipmentKind.VISION_INSPECTION, EquipmentKind.SENSORS)),
    (_("Software"), (EquipmentKind.ERP, EquipmentKind.MES)),
    (_("Other"), (EquipmentKind.PRINTING_3D, EquipmentKind.OTHER)),
)


class CooperationKind(models.TextChoices):
    """What a company does together with another organisation."""

    PURCHASE = "purchase", _("Joint purchase")
    PRODUCTION = "production", _("Joint production")
    SUBCONTRACTING = "subcontracting", _("Subcontracting")
    MENTORING = "mentoring", _("Mentoring")
    SHARING = "sharing", _("Shared staff or machines")
    OTHER = "other", _("Another kind")
