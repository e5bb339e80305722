// Sends forms so that nothing typed is lost: without a network the page waits, says so, and sends by itself.
// A form bears the id of its command: sent again it has one effect, and the same answer. Where this does not run,
// the browser sends it as ever.
const SOON = 2_000; // ms before it is tried again, twice as long each time
const LATE = 60_000;
const STALLED = 70_000; // ms without a byte going up or an answer coming down
const LARGE = 100_000; // bytes, from which their going up is seen
const NOT_YET = [408, 502, 503, 504]; // answers that say: nothing was done, try again
let sent; // what is on its way or waits: its form, where to, what was typed, since when

const told = (words, share) => {
  const [box, text, progress, button] = ["sending", "sending-told", "sending-progress", "sending-stop"]
    .map((id) => document.getElementById(id));
  box.classList.toggle("note", Boolean(words));
  if (text.textContent !== words) text.textContent = words; // said once, however often it is tried
  progress.hidden = share === undefined;
  progress.value = share ?? 0;
  button.hidden = !sent?.form.inert;
};
const sentence = (name) => document.getElementById("sending-told").dataset[name];

const wait = (why) => {
  const first = !sent.form.inert;
  clearTimeout(sent.stalled);
  sent.form.inert = true; // what is shown is what will be sent
  told(sentence(why));
  if (first) document.getElementById("sending-stop").focus({ preventScroll: true }); // its own button takes it no more
  sent.again = setTimeout(attempt, sent.pause);
  sent.pause = Math.min(2 * sent.pause, LATE);
};

const watch = () => {
  clearTimeout(sent.stalled);
  sent.stalled = setTimeout(() => { sent.request.abort(); wait("offline"); }, STALLED);
};

function attempt() {
  clearTimeout(sent.again);
  if (!navigator.onLine) { wait("offline"); return; }
  const request = sent.request = new XMLHttpRequest();
  request.open("POST", sent.to);
  request.setRequestHeader("X-Sent-By", "script");
  request.upload.onprogress = ({ loaded, total }) => {
    watch();
    if (total > LARGE) told(sentence("sending"), loaded / total);
  };
  request.onerror = () => wait("offline");
  request.onload = () => (NOT_YET.includes(request.status) ? wait("busy") : answered(request));
  watch();
  if (sent.typed.has("waited_seconds")) {
    sent.typed.set("waited_seconds", Math.max(0, Math.round((Date.now() - sent.since) / 1000)));
  }
  request.send(sent.form.enctype === "multipart/form-data" ? sent.typed : new URLSearchParams(sent.typed));
}

// Nothing is on its way any more: the form may be changed, and sent anew.
const stop = (words = "") => {
  clearTimeout(sent.again);
  clearTimeout(sent.stalled);
  sent.request?.abort();
  sent.form.inert = false;
  sent = undefined;
  told(words);
  dispatchEvent(new Event("pageshow")); // its buttons can be pressed again, as on a page come back to
};

const answered = (request) => {
  const { form } = sent;
  const to = request.getResponseHeader("Location");
  if (to) {
    clearTimeout(sent.stalled);
    sent = undefined; // the page may go
    location.assign(to);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const keeps = [...page.forms].some((other) => other.getAttribute("action") === form.getAttribute("action"));
  const lost = request.status >= 400 && request.status !== 401 && !keeps;
  stop(lost ? page.querySelector("main p")?.textContent.trim() : "");
  if (lost) return; // what was typed stays: the answer's page has no place for it
  document.title = page.title;
  document.body.replaceWith(page.body);
  scrollTo(0, 0);
  (document.querySelector('[role="alert"]') ?? document.getElementById("content")).focus();
};

addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.elements.command_id || form.elements._again) return; // that only shows what was typed
  event.preventDefault();
  if (sent) return; // one after the other
  sent = { form, since: Date.now(), pause: SOON, to: submitter?.getAttribute("formaction") ?? form.getAttribute("action") };
  await Promise.all([...form.querySelectorAll("[type=file]")].map((field) => field.ready));
  sent.typed = new FormData(form);
  if (submitter?.name) sent.typed.append(submitter.name, submitter.value);
  attempt();
});

addEventListener("online", () => { if (sent?.form.inert) { sent.pause = SOON; attempt(); } });
addEventListener("click", ({ target }) => { if (target.id === "sending-stop") stop(); });
addEventListener("beforeunload", (event) => { if (sent?.form.inert) event.preventDefault(); });
