"""``python -m bench [--quick | --land] [--keep]``: measure, print, write JSON; ends with 1 if a goal is missed.

--quick  a tiny set, one round: does everything answer?
--land   a Land's set beside the small one
--keep   keep the databases for further runs of today
"""

import sys
from contextlib import ExitStack

from bench import undecided
from bench.generator.sizes import LAND, SMALL, TINY
from bench.measuring import report
from bench.measuring.cases import all_cases
from bench.measuring.goals import missed
from bench.measuring.rounds import Effort, measure
from bench.measuring.stage import staged

OPTIONS = {"--quick", "--land", "--keep"}


def main(options: set[str]) -> int:
    if not options <= OPTIONS:
        raise SystemExit((__doc__ or "").strip())
    is_quick = "--quick" in options
    sizes = [TINY] if is_quick else [SMALL, LAND] if "--land" in options else [SMALL]
    effort = Effort(rounds=1, one=2, eight=8, raw=1) if is_quick else Effort()
    cases = {case.name: case for case in all_cases()}
    with ExitStack() as stack:
        stages = [stack.enter_context(staged(size, is_kept="--keep" in options)) for size in sizes]
        found = measure(stages, list(cases.values()), effort)
        admissions = {stage.size.name: undecided.count(stage.url) for stage in stages}
    figures = {name: it.figures() for name, it in found.items()}
    for name, it in found.items():
        print(report.table(name, figures[name], cases, it.share))
        print(f"admissions: {admissions[name]}\n")
    print(report.write({"figures": figures, "admissions": admissions}))
    failures = list(missed(figures, cases, admissions))
    print("\n".join(failures) or "Every goal is reached.")
    return int(bool(failures) and not is_quick)


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:])))
