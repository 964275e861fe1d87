"""Migration operations of our own."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class InstallTriggers(Operation):
    """Install the triggers that stand in the options of models created before.

    ``AddTrigger`` of django-pgtrigger does the same for one trigger, but renders every
    related model again each time, which made a first start seconds slower.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_names: list[str]) -> None:
        self.model_names = model_names

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: the triggers are in the state since the models are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Install them, model by model."""
        for trigger in self._triggers(app_label, to_state):
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take them away again."""
        for trigger in self._triggers(app_label, from_state):
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def _triggers(self, app_label: str, state: ProjectState) -> list[Any]:
        return [
            trigger
            for name in self.model_names
            for trigger in state.models[app_label, name.lower()].options["triggers"]
        ]

    def describe(self) -> str:
        """One line for ``migrate``."""
        return f"Install the triggers of {', '.join(self.model_names)}"
