"""Matches of companies with partners."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    """Matches of companies with partners."""

    name = "assessments.matching"
    label = "matching"
    verbose_name = _("Matching")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer this room's pages in the header; say what a merge of partners does here."""
        from assessments.matching.navigation import provide  # noqa: PLC0415 - models are ready now
        from companies.partners.merging import relations  # noqa: PLC0415
        from portal.common import navigation  # noqa: PLC0415

        navigation.register(provide)
        relations.register("matching.Match.establishment", relations.Rule.CARRY)
        relations.register(
            "matching.Interaction.establishment",
            relations.Rule.CARRY,
            lifted=("matching.Interaction:never_changes",),
        )
        # Two that run at once must first be settled by people.
        relations.register(
            "matching.Introduction.establishment",
            relations.Rule.ALONE,
            lifted=("matching.Introduction:only_state_moves",),
        )
        relations.register("matching.IntroductionStep.introduction", relations.Rule.STAYS)
        relations.register(
            "matching.Introduction.match",
            relations.Rule.CARRY,
            lifted=("matching.Introduction:only_state_moves",),
        )
