"""A soft time limit: raises inside the code it covers, again and again until that code is left.

The exception is no Exception, so `except Exception` does not catch it. A bare `except:` in a loop
does, and a long call into C is not interrupted; for those the parent has a hard limit.
"""

from _signal import ITIMER_REAL, SIG_IGN, SIG_UNBLOCK, SIGALRM, pthread_sigmask, setitimer, signal

AGAIN_S = 0.2


class TimeIsUp(BaseException):
    """The script has had its time."""


def silence():
    """No alarm rings from now on, neither ours nor one of the script's.

    It works with what _signal has in C, as names of the library may still be the script's. One that
    rings in between only makes it begin again.
    """
    while True:
        try:
            signal(SIGALRM, SIG_IGN)
            setitimer(ITIMER_REAL, 0)
            return
        except:  # noqa: E722, since the names of exceptions may be the script's too
            pass


class Limit:
    """Set `armed` to False, which needs no library, the moment the code is left."""

    def __init__(self, limit_ms):
        self.limit_s = limit_ms / 1000
        self.armed = False

    def start(self):
        self.armed = self.limit_s > 0
        if self.armed:
            signal(SIGALRM, self._ring)
            pthread_sigmask(SIG_UNBLOCK, {SIGALRM})
            setitimer(ITIMER_REAL, self.limit_s, AGAIN_S)

    def _ring(self, number, frame):
        if self.armed:
            raise TimeIsUp("the script was stopped after %g s" % self.limit_s)
