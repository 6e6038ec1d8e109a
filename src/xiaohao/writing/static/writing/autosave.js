// Saves a text while somebody types, one save after the other: each needs the version the one before it made.
// Without a script the button saves it all the same.
"use strict";
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const said = document.getElementById("autosave-said");
  const wait = 4000; // milliseconds after the last key
  const longest = 20000; // milliseconds for an answer
  let timer = 0;
  let stopped = false;
  let waiting = 0; // saves that were begun or wait for their turn
  let saves = Promise.resolve();

  const save = async () => {
    if (stopped) return;
    const given_up = new AbortController();
    const late = setTimeout(() => given_up.abort(), longest);
    const request = { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" } };
    try {
      const answer = await fetch(form.action, { ...request, signal: given_up.signal });
      const found = await answer.json();
      said.textContent = found.said;
      if (answer.ok) form.elements.version.value = found.version;
      else if (answer.status === 409) stopped = true; // the button shows what the other one wrote
    } catch {
      said.textContent = form.dataset.unsaved;
    } finally {
      clearTimeout(late);
    }
  };

  const queue = () => {
    waiting += 1;
    saves = saves.then(save).then(() => { waiting -= 1; });
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(queue, wait);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!waiting) return;
    event.preventDefault();
    const button = event.submitter;
    saves.then(() => form.requestSubmit(button));
  });
})();
