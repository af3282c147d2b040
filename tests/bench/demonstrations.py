"""Each demonstration of the guide: from a change of a control to its answer in the page, the first change and later ones.

The floor is the same HTML, sent back by a worker that does nothing else and put into the page, in the same browser. A first
change is made once Python and the demonstration's files are there; each round has a new browser.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Playwright, sync_playwright

from tests.browser.demo_page import PLACES

from .measuring import rounds
from .visits import fresh_browser, host, prepared

ROUNDS = 5
CHANGES = 12  # in a round, the first one among them
AT_MOST = 100  # ms for a first answer once Python is there
SETTLED = 3000  # ms, in which a demonstration is asked once for what is rendered already
READY = "performance.getEntriesByName('nameplate:ready').length > 0"
# The milliseconds from each change to its answer, and from a question to the echo. A slider or a list goes one further, a
# box is ticked or not, a button is pressed, and a text loses its last letter or gets it back.
CHANGE = """async ({ name, changes }) => {
  const demo = document.querySelector(`nameplate-demo[name="${name}"]`);
  const result = demo.querySelector("[data-nameplate=demo-result]");
  const controls = [...demo.querySelectorAll("select, input:not([type=hidden]), textarea, button")].filter((one) => one.name);
  const echo = new Worker("/bench/echo.mjs", { type: "module" });
  const change = (control, number) => {
    if (control.matches("button")) return control.click();
    if (control.type === "checkbox") control.checked = !control.checked;
    else if (control.type === "range") control.value = control.value === control.max ? control.min : 1 + Number(control.value);
    else if (control.matches("select")) control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
    else control.value = control.value === control.defaultValue ? control.value.slice(0, -1) : control.defaultValue;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const answered = () => new Promise((answered) => {
    const watch = new MutationObserver(() => {
      if (result.dataset.state === "loading") return;
      watch.disconnect();
      answered();
    });
    watch.observe(result, { attributes: true, childList: true });
  });
  const echoed = () => new Promise((answered) => {
    echo.onmessage = ({ data }) => {
      copy.innerHTML = JSON.parse(data).html;
      answered();
    };
    echo.postMessage(JSON.stringify({ html: result.innerHTML }));
  });
  const copy = result.cloneNode(true);
  result.after(copy);
  await echoed(); // so that the worker runs
  const times = [], floor = [];
  for (let number = 0; number < changes; number++) {
    let started = performance.now();
    const answer = answered();
    change(controls[number % controls.length], number);
    await answer;
    times.push(performance.now() - started);
    await new Promise((rest) => setTimeout(rest, 60));
    started = performance.now();
    await echoed();
    floor.push(performance.now() - started);
    await new Promise((rest) => setTimeout(rest, 60));
  }
  return { times, floor };
}"""


class Times(NamedTuple):
    """The milliseconds of first changes, of later ones, and of the floor."""

    first: list[float]
    later: list[float]
    floor: list[float]


def measure() -> Iterator[str]:
    prepared()
    found = {name: Times([], [], []) for name in PLACES}
    with host() as serving, sync_playwright() as playwright:
        for _ in range(rounds(ROUNDS)):
            for name, place in PLACES.items():
                visit(playwright, f"{serving.origin}/{place}", name, found[name])
    yield f"{'ms':14}{'first':>8}{'later':>8}{'at most':>9}{'floor':>8}{'first / floor':>15}{'later / floor':>15}"
    for name, (first, later, floor) in found.items():
        one, other, least = map(statistics.median, (first, later, floor))
        ratios = f"{one / least:15.1f}{other / least:15.1f}"
        late = "" if max(first) <= AT_MOST else f"  a first one over {AT_MOST} ms"
        yield f"{name:14}{one:8.1f}{other:8.1f}{max(first + later):9.1f}{least:8.1f}{ratios}{late}"


def visit(playwright: Playwright, address: str, name: str, times: Times) -> None:
    """Change a demonstration some times, as soon as Python and its files are there, and note how long each took."""
    with fresh_browser(playwright) as context:
        page = context.new_page()
        page.goto(address)
        page.locator(f'nameplate-demo[name="{name}"]').scroll_into_view_if_needed()
        page.wait_for_function(READY)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLED)
        found = page.evaluate(CHANGE, {"name": name, "changes": CHANGES})
    first, *later = found["times"]
    times.first.append(first)
    times.later.extend(later)
    times.floor.extend(found["floor"])
