"""What a sitting lost, in one sentence: how long, and whether the exam's clock went on."""

from __future__ import annotations

from PySide6.QtCore import QObject

from client import messages as m

LEAST_SECONDS = 0.5  # what is shorter nobody missed


class LostTexts(QObject):
    def sentence(self, lost: m.LostView) -> str:
        """Empty when nothing was lost. Network and program are told apart; each with what became of its time."""
        network = self._network(lost) if lost.network >= LEAST_SECONDS else ""
        stopped = self._stopped(lost) if lost.stopped >= LEAST_SECONDS else ""
        if network and stopped:
            return self.tr("{network}. {stopped}.").format(network=network, stopped=stopped)
        one = network or stopped
        return self.tr("{part}.").format(part=one) if one else ""

    def _network(self, lost: m.LostView) -> str:
        length, back = self._length(lost.network), lost.network_back
        if back < LEAST_SECONDS:
            return self.tr("Network lost for {length}: the exam's clock went on").format(length=length)
        if back >= lost.network - LEAST_SECONDS:
            return self.tr("Network lost for {length}: given back").format(length=length)
        return self.tr("Network lost for {length}: {back} given back").format(length=length, back=self._length(back))

    def _stopped(self, lost: m.LostView) -> str:
        length, back = self._length(lost.stopped), lost.stopped_back
        if back < LEAST_SECONDS:
            return self.tr("Program stopped for {length}: the exam's clock went on").format(length=length)
        if back >= lost.stopped - LEAST_SECONDS:
            return self.tr("Program stopped for {length}: given back").format(length=length)
        return self.tr("Program stopped for {length}: {back} given back").format(length=length, back=self._length(back))

    def _length(self, seconds: float) -> str:
        minutes, rest = divmod(max(1, round(seconds)), 60)
        return self.tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
