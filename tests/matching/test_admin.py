"""Policies, runs and matches in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.matching.models import Affinity, Match, MatchRun, Policy
from assessments.matching.selectors.policies import published_policy
from assessments.matching.services import draft_from
from portal.accounts.roles import Role
from portal.common.run_rows import RunStatus
from portal.common.versioned import VersionStatus
from tests.factories import staff
from tests.matching.factories import matched_company, stored_match

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(staff(Role.ADMINISTRATOR, language="en"))
    return client


def act(client: Client, model: str, action: str, *keys: int) -> Any:
    url = reverse(f"admin:matching_{model}_changelist")
    return client.post(url, {"action": action, "_selected_action": keys}, follow=True)


def test_a_draft_is_made_changed_and_published(admin: Client) -> None:
    policy = published_policy()
    assert policy is not None
    act(admin, "policy", "make_draft", policy.pk)
    draft = Policy.objects.get(status=VersionStatus.DRAFT)
    act(admin, "policy", "publish", policy.pk)  # not a draft: nothing happens
    assert published_policy() == policy
    act(admin, "policy", "publish", draft.pk)
    assert published_policy() == draft


def test_a_published_policy_is_read_only_and_a_draft_is_not(admin: Client) -> None:
    policy = published_policy()
    assert policy is not None
    draft = draft_from(policy=policy)
    for row, names in ((policy, False), (draft, True)):
        text = admin.get(reverse("admin:matching_policy_change", args=[row.pk])).content.decode()
        assert ('name="top_k"' in text) is names
        assert ('name="opportunities-0-radius_km"' in text) is names
        affinity = Affinity.objects.filter(policy=row).first()
        assert affinity is not None
        text = admin.get(
            reverse("admin:matching_affinity_change", args=[affinity.pk])
        ).content.decode()
        assert ('name="value"' in text) is names


def test_weights_that_do_not_sum_are_refused_at_their_row(admin: Client) -> None:
    policy = published_policy()
    assert policy is not None
    draft = draft_from(policy=policy)
    url = reverse("admin:matching_policy_change", args=[draft.pk])
    formset = admin.get(url).context["inline_admin_formsets"][0].formset
    data: dict[str, Any] = {
        f"{form.prefix}-{name}": "" if (value := form[name].value()) is None else value
        for form in formset.initial_forms
        for name in form.fields
    }
    data |= {
        f"opportunities-{k}": v
        for k, v in (
            ("TOTAL_FORMS", 5),
            ("INITIAL_FORMS", 5),
            ("MIN_NUM_FORMS", 0),
            ("MAX_NUM_FORMS", 1000),
        )
    }
    for name in admin.get(url).context["adminform"].form.fields:
        data[name] = getattr(draft, name)
    data["opportunities-0-weight_contact"] = 60_000
    text = admin.post(url, data).content.decode()
    assert "1010000" in text


def test_runs_and_matches_are_looked_at_only(admin: Client) -> None:
    match = stored_match(matched_company())
    for model, pk in (("match", match.pk), ("matchrun", match.run_id)):
        listed = admin.get(reverse(f"admin:matching_{model}_changelist"))
        assert listed.status_code == 200
        text = admin.get(reverse(f"admin:matching_{model}_change", args=[pk])).content.decode()
        assert 'name="_save"' not in text
        assert admin.get(reverse(f"admin:matching_{model}_add")).status_code == 403
    assert Match.objects.count() == 1


def test_a_run_is_started_and_cancelled_from_the_list(admin: Client) -> None:
    text = admin.get(reverse("admin:matching_matchrun_changelist")).content.decode()
    assert reverse("matching:start") in text
    run = MatchRun.objects.create()
    act(admin, "matchrun", "cancel", run.pk)
    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
