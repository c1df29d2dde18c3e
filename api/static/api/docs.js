// Starts Swagger UI without inline code, so that the page lives under our content security policy. Its own layout has
// a main landmark beside the title, skips a level of headings, and is light whatever the system prefers: ours does not.
const place = document.getElementById("docs");
const dark = matchMedia("(prefers-color-scheme: dark)");

function shade() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

function inOrder({ React }) {
  function InOrder({ getComponent, specSelectors }) {
    const part = (name) => React.createElement(getComponent(name, true), { key: name });
    if (specSelectors.loadingStatus() !== "success") return null;
    const title = React.createElement("h2", { key: "title" }, "Operations");
    return React.createElement("div", { className: "swagger-ui" }, [
      part("SvgAssets"),
      React.createElement("div", { className: "wrapper", key: "wrapper" }, [
        part("InfoContainer"),
        part("AuthorizeBtnContainer"),
        title,
        part("operations"),
        part("Models"),
      ]),
    ]);
  }
  return { components: { InOrder } };
}

shade();
dark.addEventListener("change", shade);
SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [inOrder],
  layout: "InOrder",
  requestInterceptor(request) {
    request.headers["X-CSRFToken"] = place.dataset.csrf;
    return request;
  },
});
