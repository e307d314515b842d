"""Compare the layer with Textual as it comes and with the prototypes, in one interleaved run.

    python tests/tui/terminal/bench_compare.py DIRECTORY_OF_ptybench [runs]

The directory holds ptybench.py and peers/ (textual_form.py, textual_lean.py, textual_own.py, options.txt).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

BENCH = Path(sys.argv[1]).resolve()
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
sys.path.insert(0, str(BENCH))
import ptybench  # noqa: E402

HERE = Path(__file__).resolve().parent
os.environ["PYTHONPATH"] = str(HERE.parents[2])
HAN = "学校档案管理维修养护举办验收合格率不少于"
CHURN = "<BS>".join("全城乡学校园医") + "<BS>"
CLEAR = {"keys": "<BS>" * 20, "gap_ms": 15, "name": "clear"}
SCRIPT = [
    {"keys": HAN, "name": "han"},
    CLEAR,
    {"keys": CHURN, "name": "churn"},
    {"keys": HAN[:6], "together": True, "name": "ime6"},
    {"keys": "", "wait_ms": 3000, "name": "idle"},
    CLEAR,
    {"keys": "<C-q>", "name": "quit"},
]


def main() -> None:
    peers, form = BENCH / "peers", str(HERE / "bench_form.py")
    python = [sys.executable]
    programs = {
        "naive": [*python, str(peers / "textual_form.py")],
        "limit 10, steady": [*python, str(peers / "textual_form.py"), "--limit", "10", "--steady"],
        "lean prototype": [*python, str(peers / "textual_lean.py")],
        "own prototype": [*python, str(peers / "textual_own.py")],
        "layer, Input": [*python, form, str(peers / "options.txt")],
        "layer, own field": [*python, form, str(peers / "options.txt"), "--own"],
    }
    if (peers / "ptk_form.py").exists() and "--ptk" in sys.argv:
        programs["prompt_toolkit"] = [*python, str(peers / "ptk_form.py")]
    reports: dict[str, list[dict]] = {name: [] for name in programs}
    for _ in range(RUNS):
        for name, command in programs.items():
            reports[name].append(ptybench.run(command, SCRIPT, expect="READY"))
    print(
        f"{'':18} start   B  first | han settle cpu   B need | churn first settle cpu   B need | ime B idle B cpu | quit MB"
    )
    for name, runs in reports.items():
        report = ptybench.merge(runs)
        step = {item["name"]: item for item in report["steps"]}
        han, churn = step["han"]["median"], step["churn"]["median"]
        print(
            f"{name:18} {report['startup']['expect_ms']:5.0f} {report['startup']['bytes']:5.0f} "
            f"{report['startup']['first_byte_ms']:5.0f} | "
            f"{han['settle_ms']:7.1f} {han['cpu_ms']:5.1f} {han['bytes_mean']:6.0f} {han['needed_mean']:4.0f} | "
            f"{churn['first_ms']:7.1f} {churn['settle_ms']:6.1f} {churn['cpu_ms']:4.1f} {churn['bytes_mean']:6.0f} "
            f"{churn['needed_mean']:5.0f} | {step['ime6']['bytes']:5.0f} {step['idle']['bytes']:5.0f} "
            f"{step['idle']['cpu_ms']:4.1f} | {report['exit'].get('quit_ms', 0):5.1f} {report['exit']['peak_rss_mb']:5.1f}"
        )


main()
