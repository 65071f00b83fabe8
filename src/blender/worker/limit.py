"""A soft time limit: raises inside the code it covers, again and again until that code is left.

The exception is no Exception, so `except Exception` does not catch it. A bare `except:` in a loop
does, and a long call into C is not interrupted; for those the parent has a hard limit.
"""

import signal

AGAIN_S = 0.2


class TimeIsUp(BaseException):
    """The script has had its time."""


class Limit:
    """Set `armed` to False, which needs no library, the moment the code is left; stop() later."""

    def __init__(self, limit_ms):
        self.limit_s = limit_ms / 1000
        self.armed = False

    def start(self):
        self.armed = self.limit_s > 0
        if self.armed:
            signal.signal(signal.SIGALRM, self._ring)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
            signal.setitimer(signal.ITIMER_REAL, self.limit_s, AGAIN_S)

    def stop(self):
        self.armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)

    def _ring(self, number, frame):
        if self.armed:
            raise TimeIsUp("the script was stopped after %g s" % self.limit_s)
