// Starts the viewer of the reference, which this mock serves itself: nothing is loaded from, or sent to, anywhere else.
const place = document.querySelector("#reference");
Scalar.createApiReference(place, {
  url: place.dataset.document,
  theme: "none",
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: "",
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: "never",
  persistAuth: false,
  documentDownloadType: "none",
  defaultOpenFirstTag: true,
});
// Buttons that the viewer leaves without a name get one from what they open.
const name = () => {
  for (const button of place.querySelectorAll("button:not([aria-label])")) {
    if (!button.innerText.trim() && !button.title && !button.querySelector(".sr-only"))
      button.setAttribute("aria-label", button.getAttribute("aria-controls") ? "Show or hide more" : "More");
  }
};
new MutationObserver(name).observe(place, { childList: true, subtree: true });
