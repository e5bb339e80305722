// What the pages gain when scripts run. Everything works without this file.
const root = document.documentElement;
root.classList.add("js");

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/service-worker.js").catch(() => {}));
}

// What lets a form wait for the network comes once this device can keep it: the first page stays light.
const sending = document.getElementById("sending");
if (sending) (navigator.serviceWorker?.ready ?? Promise.resolve()).then(() => import(sending.dataset.script));

// One press is one request: a second press waits for the first answer.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

const say = (button, words) => {
  const before = button.textContent;
  button.textContent = words;
  setTimeout(() => { button.textContent = before; }, 2000);
};

addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-position], [data-print]");
  if (!button) return;
  if (button.dataset.copy) {
    navigator.clipboard.writeText(button.dataset.copy).then(() => say(button, button.dataset.done));
  } else if ("print" in button.dataset) {
    print();
  } else {
    const { form } = button;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(4);
      form.elements.longitude.value = coords.longitude.toFixed(4);
      if (button.dataset.position === "fill") say(button, button.dataset.done);
      else form.requestSubmit();
    }, () => say(button, button.dataset.failed), { maximumAge: 60000, timeout: 8000 });
  }
});

// What a choice asks for opens with it.
addEventListener("change", ({ target }) => {
  for (const asked of document.querySelectorAll("[data-opened-by]")) {
    if (asked.dataset.openedBy === `${target.name}=${target.value}`) asked.open = true;
  }
});

// "Until" follows "From": an end is never left on a day before its start.
addEventListener("change", ({ target }) => {
  const end = target.name === "start_date" && target.form.elements.end_date;
  if (!end || !target.value || end.value >= target.value) return;
  end.value = target.value;
  end.classList.add("moved");
  end.addEventListener("animationend", () => end.classList.remove("moved"), { once: true });
});

// What was seen with a network stays readable without one, and says so.
const mark = () => root.classList.toggle("offline", !navigator.onLine);
addEventListener("online", mark);
addEventListener("offline", mark);
mark();

// The summary of what is wrong takes the focus, so that it is read first.
document.querySelector('[role="alert"]')?.focus();
