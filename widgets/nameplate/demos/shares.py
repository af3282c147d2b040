"""Shares of a whole, as figures and as bars."""

from __future__ import annotations


def percent(share: float) -> str:
    """Return a share in per cent, with a digit after the point if it's small.

    >>> percent(0.5), percent(0.0123), percent(0)
    ('50 %', '1.2 %', '0 %')
    """
    return f"{100 * share:.1f} %" if 0 < share < 0.0995 else f"{100 * share:.0f} %"


def bar(share: float) -> str:
    """Return a bar that is full for 1. What it shows is beside it in figures, too.

    >>> 'width="50.0"' in bar(0.25), 'width="0.0"' in bar(-0.25)
    (True, True)
    """
    width = 200 * min(max(share, 0.0), 1.0)
    return (
        '<svg class="np-demo-bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="np-demo-chance" x="0" y="0" width="{width:.1f}" height="10"/></svg>'
    )
