"""What scrolls: reached to its end, and with as many accessible parts as ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QScrollArea, QWidget

from client.ui.scroll import BAR, SteadyScrollArea
from client.ui.window import MainWindow


def parts(area: QAbstractScrollArea) -> int:
    return QAccessible.queryAccessibleInterface(area).childCount()


@pytest.fixture
def area(qtbot: Any) -> SteadyScrollArea:
    made = SteadyScrollArea()
    qtbot.addWidget(made)
    made.setWidget(QLabel("\n".join(str(line) for line in range(100))))
    made.resize(200, 150)
    made.show()
    return made


def test_its_parts_stay_while_the_bar_comes_and_goes(area: SteadyScrollArea, qtbot: Any) -> None:
    plain = QScrollArea()  # what the area is for: Qt's own counts its bar as long as it is seen
    qtbot.addWidget(plain)
    plain.setWidget(QLabel("\n" * 100))
    plain.resize(200, 150)
    plain.show()
    assert parts(plain) > 1
    assert parts(area) == 1 and area.bar.isVisible()
    area.resize(200, 5000)
    assert parts(area) == 1 and not area.bar.isVisible()
    area.hide()
    assert parts(area) == 1


def test_its_bar_and_the_keys_reach_the_end(area: SteadyScrollArea) -> None:
    inner, content = area.verticalScrollBar(), area.widget()
    assert inner.maximum() == area.bar.maximum() == content.height() - area.viewport().height() > 0
    assert area.bar.geometry().getRect() == (200 - BAR, 0, BAR, 150)
    area.bar.setValue(area.bar.maximum())
    assert content.y() == -inner.maximum()
    inner.setValue(0)
    assert area.bar.value() == 0 and area.bar.pageStep() == inner.pageStep()


def test_the_window_has_no_other_areas(make_window: Callable[..., MainWindow]) -> None:
    """But those inside what Qt makes for itself: lists behind pickers, the text fields' own."""
    areas = make_window().findChildren(QScrollArea)
    assert areas and all(isinstance(found, SteadyScrollArea) for found in areas)
    assert all(isinstance(found, QWidget) and parts(found) == 1 for found in areas)
