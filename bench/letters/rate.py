"""How quickly letters go out: ``python -m bench.letters.rate`` or ``./lw bench letters.rate``.

One worker sends so many letters; then a bare loop sends the same mail as often to the same mail server. Prints both
rates and the worker's memory, and ends with 1 if a goal is missed.
"""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from email import policy
from pathlib import Path
from statistics import median
from typing import Final

import psutil

from bench.house.house import House
from bench.letters.sink import SlowSink
from leihwerk.embedded.places import PROJECT
from leihwerk.embedded.running import stoppable

SHARE: Final = 0.25  # of the bare loop's rate
GROWTH: Final = 1.1  # of memory, last quarter by second quarter
PATIENCE: Final = 120.0  # seconds without a single letter
LOOK: Final = 0.25  # seconds between two looks at the worker


def main() -> int:
    parser = ArgumentParser(prog="letters.rate", description=__doc__)
    parser.add_argument("--letters", type=int, default=10_000)
    letters = parser.parse_args().letters
    with stoppable(), SlowSink() as sink:
        house = House([], WORKER_PROCESSES="1", EMAIL_URL=sink.url)
        try:
            house.set_up()
            house.told_by("bench.letters.stage", "rate", letters)
            ours, memory = watched(house, sink, letters)
        finally:
            house.take_away(keep=False)
        bare = bare_rate(sink, letters)
    second, last = (median(memory[len(memory) * part // 4 : len(memory) * (part + 1) // 4]) for part in (1, 3))
    print(f"{letters} letters  one worker {ours:.0f} a second, bare loop {bare:.0f}: {ours / bare:.2f} of it")
    print(f"memory         second quarter {second:.1f} MB, last quarter {last:.1f} MB: {last / second:.2f} times")
    missed = [f"at least {SHARE} of the bare loop"] * (ours < SHARE * bare)
    missed += [f"memory at most {GROWTH} times"] * (last > GROWTH * second)
    print("\n".join(missed) or "Every goal is reached.")
    return int(bool(missed))


def watched(house: House, sink: SlowSink, letters: int) -> tuple[float, list[float]]:
    """Letters a second between the first and the last, and the worker's memory in MB from look to look."""
    moments, memory, last_at = [], list[float](), time.monotonic()
    seen = 0
    while seen < letters and time.monotonic() - last_at < PATIENCE:
        time.sleep(LOOK)
        arrived = len(sink.mails)
        if arrived > seen:
            seen, last_at = arrived, time.monotonic()
            moments.append((last_at, arrived))
            memory.append(memory_of(house))
    (began, first), (ended, final) = moments[0], moments[-1]
    return (final - first) / (ended - began), memory


def memory_of(house: House) -> float:
    parent = psutil.Process(house.pids("worker")[0])
    family: list[psutil.Process] = [parent, *parent.children()]
    return float(sum(process.memory_info().rss for process in family)) / 2**20


def bare_rate(sink: SlowSink, letters: int) -> float:
    """The same mail, as often, over one connection from another process."""
    with tempfile.NamedTemporaryFile(suffix=".eml") as mail:
        mail.write(sink.mails[0].as_bytes(policy=policy.SMTP))  # smtplib leaves the line ends of bytes alone
        mail.flush()
        command = [sys.executable, "-m", "bench.letters.rate", "--bare", f"{sink.port}", mail.name, f"{letters}"]
        done = subprocess.run(command, cwd=PROJECT, env=dict(os.environ), check=True, stdout=subprocess.PIPE, text=True)
    return letters / float(done.stdout)


def bare_loop(port: int, mail: bytes, times: int) -> float:
    """Seconds that a loop around ``sendmail`` takes."""
    began = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(times):
            server.sendmail("bare@loop.example", [f"{number}@schule.example"], mail)
    return time.monotonic() - began


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bare"]:
        print(bare_loop(int(sys.argv[2]), Path(sys.argv[3]).read_bytes(), int(sys.argv[4])))
        sys.exit(0)
    sys.exit(main())
