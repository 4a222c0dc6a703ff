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
// What the viewer leaves out for those who see or point at nothing, by selector.
const FIXES = {
  ".scalar-code-copy:not([aria-label])": (each) => each.setAttribute("aria-label", "Copy to the clipboard"),
  ".cm-content:not([aria-label])": (each) => each.setAttribute("aria-label", "Body"),
  "ul.endpoints:not([tabindex])": (each) => each.setAttribute("tabindex", "0"),
  "button[role=none]": (each) => each.removeAttribute("role"),
  "[role=combobox]:not([aria-expanded])": (each) => each.setAttribute("role", "textbox"),
  "[role=dialog] section[aria-live], .scalar-app-layout > section[aria-live]": (each) =>
    each.getAttribute("aria-label") === "Announcements" || each.setAttribute("aria-label", "Announcements"),
};
let opener = null;
// What is behind the dialog of a request is out of reach while it is open; then focus returns to where it was.
const guard = () => {
  const behind = document.querySelector("main.references-rendered");
  const dialog = document.querySelector(".scalar-app-layout");
  const isOpen = Boolean(dialog?.checkVisibility({ visibilityProperty: true }));
  if (!behind || behind.contains(dialog) || behind.inert === isOpen) return;
  behind.inert = isOpen;
  if (!isOpen) opener?.focus();
};
document.addEventListener("focusin", ({ target }) => {
  if (target.closest("main.references-rendered")) opener = target;
});
document.addEventListener("transitionend", guard);
const complete = () => {
  guard();
  for (const [selector, fix] of Object.entries(FIXES)) document.querySelectorAll(selector).forEach(fix);
  for (const each of document.querySelectorAll("button[aria-controls]:not([aria-expanded])"))
    if (!document.getElementById(each.getAttribute("aria-controls"))) each.removeAttribute("aria-controls");
};
new MutationObserver(complete).observe(document.body, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["style", "class", "aria-controls"],
});
