// Shows new requests as they come. Without this script, the page shows them when it is loaded.
const list = document.querySelector("#requests");
const live = document.querySelector("#live");
const pause = document.querySelector("#pause");
const isPaused = () => pause.getAttribute("aria-pressed") === "true";
const EVERY_MS = 1000;

async function update() {
  if (isPaused() || document.hidden) return;
  const newest = list.querySelector("li[data-number]");
  const response = await fetch(`${list.dataset.rows}?after=${newest ? newest.dataset.number : 0}`);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const rows = (await response.text()).trim();
  live.dataset.state = "live";
  if (!rows) return;
  // The mock has escaped what is in them.
  list.insertAdjacentHTML("afterbegin", rows);
  document.querySelector("#none").hidden = true;
  const count = rows.split("<li data-number=").length - 1;
  live.textContent = count === 1 ? "1 new request" : `${count} new requests`;
}

async function run() {
  try {
    await update();
  } catch {
    live.textContent = "The mock does not respond. Trying again.";
  }
  setTimeout(run, EVERY_MS);
}

pause.hidden = false;
document.querySelector("#refresh").hidden = true;
pause.addEventListener("click", () => {
  const paused = !isPaused();
  pause.setAttribute("aria-pressed", String(paused));
  live.textContent = paused ? "Paused" : "Live";
});
run();
