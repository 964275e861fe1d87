"""Become a child that cannot outlive its supervisor: ``python child.py OPTIONS -- COMMAND``.

Runs as a script on its own (it imports nothing of ours), because a hook between fork and
exec is not safe in a process with threads, and because the account that PostgreSQL runs
under may not be allowed to read this folder: credentials are dropped here, after Python
has started. The death signal comes last, since changing credentials clears it.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent(signal_number: int) -> None:
    """Ask the kernel for ``signal_number`` when the parent ends; does nothing off Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def main() -> None:
    """Drop to an account when asked, bind to the parent's life, and run the command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--signal", type=int, required=True)
    parser.add_argument("--user", type=int)
    parser.add_argument("--group", type=int)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    if os.getpgrp() != os.getpid():
        os.setsid()
    if options.user is not None:
        os.setgroups([])
        os.setgid(options.group)
        os.setuid(options.user)
    die_with_parent(options.signal)
    if os.getppid() != options.parent:  # the parent ended before the kernel was asked
        sys.exit(1)
    os.execvp(options.command[0], options.command)  # noqa: S606 - arguments, no shell


if __name__ == "__main__":
    main()
