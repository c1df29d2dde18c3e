// Loaded only where a camera is offered: finds QR codes in its picture, by the browser's own means or by zxing, and
// types what it found into the scan form, as a hand scanner would.
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";

const PAUSE = 150; // milliseconds between two looks
const AGAIN = 3000; // milliseconds until the same code counts again

/** A detector of QR codes; `wasm` is the address of the very zxing_reader.wasm that was built with this file. */
export function detector(wasm) {
  if ("BarcodeDetector" in window) return new window.BarcodeDetector({ formats: ["qr_code"] });
  prepareZXingModule({ overrides: { locateFile: (name, prefix) => (name.endsWith(".wasm") ? wasm : prefix + name) } });
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/** Offers the camera at `place`, if there is one at all. */
export function prepare(place) {
  if (!navigator.mediaDevices?.getUserMedia) return;
  const video = place.querySelector("video");
  const [on, off] = [place.querySelector("[data-camera-on]"), place.querySelector("[data-camera-off]")];
  const problem = place.querySelector("[data-camera-problem]");
  let stream = null;

  const show = (isOn) => {
    video.hidden = off.hidden = !isOn;
    on.hidden = isOn;
  };
  on.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      problem.textContent = "";
    } catch {
      problem.textContent = problem.dataset.cameraProblem;
      return;
    }
    video.srcObject = stream;
    await video.play();
    show(true);
    look(video, detector(place.dataset.scanWasm), () => stream);
  });
  off.addEventListener("click", () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    show(false);
  });
  place.hidden = false;
}

async function look(video, finder, stream) {
  let last = { code: "", at: 0 };
  while (stream()) {
    const [found] = await finder.detect(video).catch(() => []);
    const now = Date.now();
    if (found && (found.rawValue !== last.code || now - last.at > AGAIN)) type(found.rawValue);
    if (found) last = { code: found.rawValue, at: now };
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

function type(code) {
  const form = document.querySelector("[data-scan-form]");
  form.elements.code.value = code;
  form.requestSubmit();
}
