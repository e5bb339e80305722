// Finds neighbours as a name is typed: asks what the button beside the field asks, and lists whom the answer lists.
// Whatever is typed, ticked or chosen stays as it is. Where this does not run, or gets no answer, the button does it.
const PAUSE_MS = 300;
let pause;
let asking;

const inputOf = (choice) => choice.querySelector("input") ?? choice;
const typedIn = (input) => input.type === "text";

const keyOf = (choice) => {
  const input = inputOf(choice);
  return typedIn(input) ? input.name : input.value;
};

const isUsed = (choice) => {
  const input = inputOf(choice);
  return input.checked || input.selected || (typedIn(input) && input.value !== "") || input === document.activeElement;
};

// What is listed is never replaced, so that it keeps its state and the focus; who is new comes where the answer has her.
const list = (choices, answered) => {
  const listed = new Map([...choices.children].map((choice) => [keyOf(choice), choice]));
  const wanted = new Set([...answered.children].map(keyOf));
  for (const [key, choice] of listed) if (!wanted.has(key) && !isUsed(choice)) choice.remove();
  let next = choices.firstElementChild;
  for (const choice of [...answered.children]) {
    const here = listed.get(keyOf(choice));
    if (here) next = here.nextElementSibling;
    else choices.insertBefore(choice, next);
  }
};

const show = (form, answer) => {
  form.elements.found.value = answer.querySelector("[name=found]").value;
  document.getElementById("told").textContent = answer.getElementById("told").textContent.trim();
  for (const choices of form.querySelectorAll("[data-choices]")) {
    const answered = answer.getElementById(choices.id);
    if (answered.closest("details[open]")) choices.closest("details").open = true;
    list(choices, answered);
  }
};

const lookFor = async (form) => {
  const { signal } = asking = new AbortController();
  const told = document.getElementById("told");
  told.textContent = told.dataset.asking;
  const typed = new FormData(form);
  for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
  typed.append("search", "yes");
  try {
    const answer = await fetch(form.elements.search.formAction, { method: "POST", body: typed, signal });
    if (!answer.ok) throw new Error(answer.statusText);
    show(form, new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    if (!signal.aborted) told.textContent = told.dataset.failed;
  }
};

// A name typed further is another question: what was asked before is waited for no more.
const ask = (field, wait) => {
  clearTimeout(pause);
  asking?.abort();
  pause = setTimeout(lookFor, wait, field.form);
};

addEventListener("input", ({ target }) => { if (target.id === "find") ask(target, PAUSE_MS); });
addEventListener("keydown", (event) => {
  if (event.target.id !== "find" || event.key !== "Enter" || event.isComposing) return;
  event.preventDefault(); // it would send the form
  ask(event.target, 0);
});
