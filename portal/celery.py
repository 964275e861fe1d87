"""The Celery application; tasks live in the rooms (``tasks.py``)."""

from __future__ import annotations

import os
import signal
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import worker_process_init

from portal.runtime.child import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


class SourcedTask(DjangoTask):  # type: ignore[misc]
    """A task that leaves its name in the history of what it writes."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task."""
        from portal.common.audit import source  # noqa: PLC0415 - needs configured settings

        with source(self.name):
            return super().__call__(*args, **kwargs)


class PortalCelery(Celery):  # type: ignore[misc]
    """Celery whose ``pgmq://`` broker is the database in use at the moment of connecting."""

    def _connection(self, url: str | None, **kwargs: Any) -> Any:
        """Open a broker connection; see ``portal.runtime.broker`` for the options."""
        from portal.runtime import broker  # noqa: PLC0415 - needs configured settings

        if (url or "").startswith(f"{broker.TRANSPORT}://"):
            given = kwargs.get("transport_options") or {}
            kwargs["transport_options"] = {**broker.transport_options(), **given}
        return super()._connection(url, **kwargs)


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _end_with_worker(**_: object) -> None:
    """Let no pool child outlive a worker that was killed."""
    die_with_parent(signal.SIGKILL)


app = PortalCelery("portal", task_cls=SourcedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
