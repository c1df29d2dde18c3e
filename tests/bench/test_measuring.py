"""Everything that is measured answers. How quickly is judged by ``make bench``, never by a test."""

import json
import os
import subprocess
import sys

from django.conf import settings

from bench.measuring.cases import all_cases
from leihwerk.embedded.places import PROJECT


def test_the_measurement_goes_through_and_has_figures(tmp_path):
    environment = os.environ | {"DATABASE_URL": settings.DATABASE_URL, "LEIHWERK_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "bench", "--quick"]
    done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    (written,) = (tmp_path / "bench").iterdir()
    found = json.loads(written.read_text())
    assert found["admissions"]["tiny"]["undecided"] == 0
    assert set(found["figures"]["tiny"]) == {case.name for case in all_cases()}
    for figure in found["figures"]["tiny"].values():
        assert figure["p50"] > 0
        assert figure["raw"] > 0
        assert figure["rate_at_eight"] > 0
