"""`python -m tests.peers`: how often our reading agrees with the peers, on their own cases."""

from __future__ import annotations

from collections import Counter

from tests.peers.cases import cases, differences, left_out


def table() -> str:
    """One line a peer, the total, and what was left out."""
    applicable = Counter(case.peer for case in cases())
    agreeing = Counter(case.peer for case in cases() if not differences(case))
    others = Counter[str]()
    reasons = Counter[str]()
    for row in left_out():
        others[row.peer] += row.cases
        reasons[row.why.partition(":")[0] if row.why.startswith("disputed") else row.why] += row.cases
    rows = [(peer, applicable[peer] + others[peer], applicable[peer], agreeing[peer]) for peer in applicable]
    rows.append(("all", applicable.total() + others.total(), applicable.total(), agreeing.total()))
    lines = [f"{'peer':<22}{'cases':>7}{'applicable':>12}{'agreeing':>10}{'percent':>9}"]
    lines += [f"{peer:<22}{all_:>7}{asked:>12}{same:>10}{100 * same / asked:>9.1f}" for peer, all_, asked, same in rows]
    lines += ["", "Not applicable:"]
    lines += [f"{number:>4}  {why}" for why, number in reasons.most_common() if number]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
