// The entry on every page: htmx, and what pages ask for by a data attribute. HTML works without it.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false, // the content security policy forbids it anyway
  includeIndicatorStyles: false, // no inline styles
  historyCacheSize: 0, // a shared desk PC keeps no pages
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "409", swap: true, error: false }, // a refusal is a page, too
    { code: "422", swap: true, error: false }, // and so is a form with mistakes
    { code: "[45]..", swap: false, error: true },
  ],
});

// <video data-scan data-scan-module="…/scan.js" data-scan-wasm="…/zxing_reader.wasm">
for (const place of document.querySelectorAll("[data-scan-module]")) {
  import(place.dataset.scanModule).then(({ prepare }) => prepare(place));
}
