"""What the samples say: medians, spread and ratios. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

MS = 1000


@dataclass
class Samples:
    """Seconds of each task, by round; ``bare`` are those of the bare view, asked in turn with ``one``; ``rates`` are
    tasks a second, one a round."""

    one: list[list[float]] = field(default_factory=list)
    bare: list[list[float]] = field(default_factory=list)
    eight: list[list[float]] = field(default_factory=list)
    raw: list[list[float]] = field(default_factory=list)
    rates_at_one: list[float] = field(default_factory=list)
    rates_at_eight: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """Milliseconds at one client, and rates; ``times_bare`` is the median of the rounds' own ratios."""

    p50: float
    p95: float
    lowest: float
    highest: float
    raw: float
    statements: int
    times_bare: float
    times_bare_spread: tuple[float, float]
    rate_at_one: float
    rate_at_eight: float
    p50_at_eight: float

    @property
    def tail(self) -> float:
        return self.p95 / self.p50

    @property
    def gain(self) -> float:
        """The rate of eight clients by that of one, round by round."""
        return self.rate_at_eight / self.rate_at_one


def figure(samples: Samples, statements: int) -> Figure:
    medians = [median(seconds) for seconds in samples.one]
    ratios = [mine / median(theirs) for mine, theirs in zip(medians, samples.bare, strict=True)]
    everything = [second for seconds in samples.one for second in seconds]
    return Figure(
        p50=MS * median(everything),
        p95=MS * percentile_95(everything),
        lowest=MS * min(medians),
        highest=MS * max(medians),
        raw=MS * median([second for seconds in samples.raw for second in seconds]),
        statements=statements,
        times_bare=median(ratios),
        times_bare_spread=(min(ratios), max(ratios)),
        rate_at_one=median(samples.rates_at_one),
        rate_at_eight=median(samples.rates_at_eight),
        p50_at_eight=MS * median([second for seconds in samples.eight for second in seconds]),
    )


def percentile_95(values: Sequence[float]) -> float:
    return max(values) if len(values) < 2 else quantiles(values, n=20, method="inclusive")[-1]
