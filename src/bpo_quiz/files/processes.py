"""Whether a process still lives, so that what a dead one left behind can be told from what is in use."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import zlib
from pathlib import Path


def is_alive(pid: int, born: str = "") -> bool:
    """Whether the process lives.

    Args:
        pid: its number.
        born: what `birth` said about it, so that a later process with the same number is not mistaken for it.
    """
    if pid <= 0 or not _exists(pid):
        return False
    return not born or birth(pid) in ("", born)


@functools.cache
def this_computer() -> str:
    """A mark of this computer, of 8 hexadecimal digits: another one that sees the same folder has other processes."""
    name = os.uname().nodename if sys.platform != "win32" else os.environ.get("COMPUTERNAME", "")
    identity = b""
    with contextlib.suppress(OSError):  # no Linux
        identity = Path("/etc/machine-id").read_bytes()
    return f"{zlib.crc32(identity + name.encode('utf-8', 'replace')):08x}"


def birth(pid: int) -> str:
    """When a process was born, as a mark that no other process with its number has; empty where nobody can tell."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        status = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return ""
    ticks = status.rpartition(b")")[2].split()[19]
    return f"{boot}:{ticks.decode()}"


if sys.platform == "win32":

    def _exists(pid: int) -> bool:
        """`os.kill(pid, 0)` would end the process there."""
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x00100000, False, pid)  # SYNCHRONIZE
        if not handle:
            return bool(kernel.GetLastError() == 5)  # access denied: it is there
        alive = kernel.WaitForSingleObject(handle, 0) == 0x102  # WAIT_TIMEOUT
        kernel.CloseHandle(handle)
        return bool(alive)

else:

    def _exists(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except PermissionError:
            return True
        except (OSError, OverflowError):
            return False
        return True
