"""The wire: frames on the socket, marks in the printed text, and what an error looks like.

Scripts run in this process and may close, replace or fill whatever they find. So the socket and the
two outputs are kept a second time, under high numbers, and put back before they are used.
"""

import ctypes
import fcntl
import io
import json
import math
import os
import resource
import sys
import traceback

FRAME_MAX = 64 << 20
TEXT_MAX = 16 << 10
DEPTH_MAX = 32


class Refused(Exception):
    """A request that cannot be done, in words for the person at the keyboard."""

    def __init__(self, text, kind="refused"):
        super().__init__(text)
        self.kind = kind


def refusal(kind, text):
    return {"ok": False, "error": {"kind": kind, "type": "Refused", "message": text}}


def failure(broken):
    """A job of ours that raised: the frames help whoever debugs us, and a fresh process us."""
    text = "".join(traceback.format_exception(type(broken), broken, broken.__traceback__))
    return {"ok": False, "recycle": "the worker itself failed",
            "error": {"kind": "failed", "type": type(broken).__name__,
                      "message": shorten(str(broken)), "traceback": shorten(text)}}


def shorten(text, limit=TEXT_MAX):
    """Both ends of a long text: the beginning says what, the end says where."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return "%s\n... %d characters left out ...\n%s" % (
        text[:half], len(text) - 2 * half, text[-half:])


def rss_mb():
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = int(file.read().split()[1])
        return round(pages * resource.getpagesize() / 1048576, 1)
    except (OSError, IndexError, ValueError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return round(peak / (1048576 if sys.platform == "darwin" else 1024), 1)


def clean(value, depth=0):
    """The same value as JSON can carry it: no NaN, no NUL, no half characters, no endless nest."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 1 << 53 else float(value) if abs(value) < 1 << 900 else None
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    if depth >= DEPTH_MAX:
        return None
    if isinstance(value, dict):
        return {clean(str(key)): clean(item, depth + 1) for key, item in value.items()}
    return [clean(item, depth + 1) for item in value]


def keep_fd(fd):
    """A second, high number for a descriptor, out of the way of scripts that count from 3."""
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft == resource.RLIM_INFINITY or soft > 65536:
        soft = 65536
    return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, soft - 16)


def write_all(fd, data):
    os.set_blocking(fd, True)
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view):]


class Talk:
    """Frames on the socket. A peer that is gone, or talks nonsense, ends the worker."""

    def __init__(self, fd):
        self.fd = keep_fd(fd)
        self.pid = os.getpid()
        self.waiting = b""
        os.close(fd)

    def receive(self):
        head = self._until_newline()
        if head is None:
            return None
        size = int(head)
        if not 0 <= size <= FRAME_MAX:
            raise ValueError("a frame of %d bytes" % size)
        while len(self.waiting) < size:
            if not self._more(size - len(self.waiting)):
                return None
        body, self.waiting = self.waiting[:size], self.waiting[size:]
        return json.loads(body)

    def send(self, message):
        body = json.dumps(clean(message), allow_nan=False).encode()
        if len(body) > FRAME_MAX:
            body = json.dumps({"id": message.get("id"), **refusal(
                "failed", "the reply is %d MB long" % (len(body) >> 20))}).encode()
        self.leave_if_copy()
        write_all(self.fd, b"%d\n" % len(body) + body)

    def leave_if_copy(self):
        """A copy of us, which a script made with fork(), has nothing to say."""
        if os.getpid() != self.pid:
            os._exit(0)

    def _until_newline(self):
        while b"\n" not in self.waiting:
            if len(self.waiting) > 20 or not self._more(65536):
                return None
        head, self.waiting = self.waiting.split(b"\n", 1)
        return head

    def _more(self, size):
        os.set_blocking(self.fd, True)
        data = os.read(self.fd, min(size, 1 << 20))
        self.waiting += data
        return bool(data)


class Noise:
    """The outputs that a script prints on, with marks around what is its own."""

    def __init__(self):
        self.outputs = {fd: keep_fd(fd) for fd in (1, 2)}
        self.flush_libc = ctypes.CDLL(None).fflush

    def mark(self, which, request):
        """The line that says where a run's words begin and end; the token makes it ours.

        Both outputs and their Python streams are made anew: the run before may have closed them.
        """
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        self.flush_libc(None)
        for fd, kept in self.outputs.items():
            os.dup2(kept, fd)
        sys.stdout = sys.__stdout__ = self._stream(1)
        sys.stderr = sys.__stderr__ = self._stream(2)
        line = "\x1e ll3m %s %s %s\n" % (which, request.get("id"), request.get("token", ""))
        write_all(1, line.encode())

    @staticmethod
    def _stream(fd):
        raw = io.BufferedWriter(io.FileIO(fd, "wb", closefd=False))
        return io.TextIOWrapper(raw, "utf-8", "backslashreplace", line_buffering=True)
