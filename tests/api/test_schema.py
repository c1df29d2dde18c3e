"""The schema is complete, and its browser lives under the content security policy."""

from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator


def test_the_schema_has_no_error_and_no_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))

    assert not GENERATOR_STATS


def test_every_write_takes_an_idempotency_key_and_tells_its_refusals():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    writes = {path: item["post"] for path, item in schema["paths"].items() if "post" in item}

    for path in writes.keys() - {"/api/v1/auth/token/"}:
        assert "Idempotency-Key" in {parameter["name"] for parameter in writes[path]["parameters"]}, path
        assert {"400", "401", "403", "404", "409", "422"} <= writes[path]["responses"].keys(), path


def test_the_schema_is_open_to_everybody(client, db):
    answer = client.get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})

    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Leihwerk"


def test_the_browser_page_has_no_inline_code(client, db, plain_static_files):
    answer = client.get("/api/v1/docs/")

    assert answer.status_code == 200
    assert b"<style" not in answer.content
    assert answer.content.count(b"<script") == answer.content.count(b"<script defer src=") == 2
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
