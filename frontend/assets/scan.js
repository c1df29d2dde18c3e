// Loaded only where a camera is offered: finds QR codes in a picture, by the browser's own means or by zxing.
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";

/** A detector of QR codes; `wasm` is the address of the very zxing_reader.wasm that was built with this file. */
export function detector(wasm) {
  if ("BarcodeDetector" in window) return new window.BarcodeDetector({ formats: ["qr_code"] });
  prepareZXingModule({ overrides: { locateFile: (name, prefix) => (name.endsWith(".wasm") ? wasm : prefix + name) } });
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/** Gives `place` its detector and tells it: the event `scan:ready` carries it. */
export function prepare(place) {
  place.dispatchEvent(new CustomEvent("scan:ready", { bubbles: true, detail: { detector: detector(place.dataset.scanWasm) } }));
}
