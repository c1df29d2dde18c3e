// The entry on every page: htmx, and what pages ask for by a data attribute. HTML works without it.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false, // the content security policy forbids it anyway
  includeIndicatorStyles: false, // no inline styles
  attributesToSettle: ["class"], // "style" would be an inline style, too
  historyCacheSize: 0, // a shared desk PC keeps no pages
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "403", swap: true, error: false }, // refusals say where they want to stand (HX-Retarget)
    { code: "409", swap: true, error: false },
    { code: "422", swap: true, error: false }, // a form with mistakes
    { code: "[45]..", swap: false, error: true },
  ],
});

// data-focus: what went wrong is read out and reached first.
const focusProblem = (root) => root.querySelector("[data-focus]")?.focus({ preventScroll: false });
focusProblem(document);
document.addEventListener("htmx:afterSettle", () => focusProblem(document));

// What is typed while an answer is on its way stays: the answer knows only what was there when it was asked for. Of a
// field that the answer has emptied, what came since stays.
const typed = (root) => [...root.querySelectorAll("input[id]:not([type=hidden], [type=checkbox], [type=radio]), textarea[id]")];
const asked = new WeakMap();
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  asked.set(detail.xhr, new Map(typed(document).map((field) => [field.id, field.value])));
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const then = asked.get(detail.xhr) ?? new Map();
  const later = typed(detail.target).filter(({ id, value }) => then.has(id) && then.get(id) !== value);
  if (!later.length) return;
  const focused = document.activeElement?.id;
  const keep = () => {
    for (const { id, value } of later) {
      const field = document.getElementById(id);
      if (!field) continue;
      const goesOn = !field.value && value.startsWith(then.get(id));
      field.value = goesOn ? value.slice(then.get(id).length) : value;
      if (id === focused) field.focus();
    }
  };
  document.addEventListener("htmx:afterSettle", keep, { once: true });
});

// data-tick-all="name": one box ticks all boxes of that name in its form.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-tick-all]")) return;
  for (const box of target.form.querySelectorAll(`[name="${target.dataset.tickAll}"]`)) box.checked = target.checked;
});

// Enter goes on: it presses the button that data-enter names, or reaches the first of data-next's (a|b) that is there.
// With both, the button is for a field that says something.
document.addEventListener("keydown", (event) => {
  const { target: field, key } = event;
  if (key !== "Enter" || event.isComposing || !field.matches("[data-enter], [data-next]")) return;
  event.preventDefault();
  const { enter, next } = field.dataset;
  if (enter && (field.value.trim() || !next)) return document.querySelector(enter).click();
  next.split("|").map((place) => document.querySelector(place)).find(Boolean)?.focus();
});

// <video data-scan data-scan-module="…/scan.js" data-scan-wasm="…/zxing_reader.wasm">
for (const place of document.querySelectorAll("[data-scan-module]")) {
  import(place.dataset.scanModule).then(({ prepare }) => prepare(place));
}

// data-from-hash: what a QR code carries behind the #, which no server ever sees, fills the field.
const field = document.querySelector("[data-from-hash]");
if (field && !field.value) field.value = location.hash.slice(1, 41);

// On a narrow screen the tab one is on may stand further right than the screen goes.
for (const tabs of document.querySelectorAll(".tabs")) {
  const current = tabs.querySelector("[aria-current]");
  if (current) tabs.scrollLeft = current.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
}
