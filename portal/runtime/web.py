"""What granian serves under ``up``: the site, in a process that ends with its parent."""

from __future__ import annotations

import signal

from portal.runtime.child import die_with_parent
from portal.wsgi import application

__all__ = ["application"]

# granian's workers would go on after a kill -9 of its main process, holding the port.
die_with_parent(signal.SIGKILL)
