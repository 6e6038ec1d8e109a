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
  let unanswered = null; // what was sent while nobody knows whether it was saved
  let held = false; // the button was pressed and waits for the saves
  let asked = false; // the server was asked about it just now: the button is pressed for good
  let saves = Promise.resolve();

  const post = async (text) => {
    const given_up = new AbortController();
    const late = setTimeout(() => given_up.abort(), longest);
    const request = { method: "POST", body: text, headers: { "X-Autosave": "1" } };
    unanswered = text;
    try {
      const answer = await fetch(form.action, { ...request, signal: given_up.signal });
      const found = await answer.json();
      unanswered = null;
      said.textContent = found.said;
      if (answer.ok) form.elements.version.value = found.version;
      else if (answer.status === 409) stopped = true; // the button shows what the other one wrote
    } finally {
      clearTimeout(late);
    }
  };

  // The same text once more: the server says which version it is, whether it came before or not.
  const settle = async () => { if (unanswered) await post(unanswered); };
  const save = async () => {
    if (!stopped) await settle();
    if (!stopped) await post(new FormData(form));
  };

  const queue = (step) => {
    waiting += 1;
    saves = saves.then(step)
      .catch(() => { said.textContent = form.dataset.unsaved; })
      .then(() => { waiting -= 1; });
  };

  // When all saves are through, also those begun meanwhile.
  const submit = (button) => {
    saves.then(() => {
      if (waiting) {
        submit(button);
        return;
      }
      held = false;
      asked = true;
      form.requestSubmit(button);
      asked = false;
    });
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => queue(save), wait);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (asked || (!waiting && !unanswered)) return;
    event.preventDefault();
    if (held) return; // pressed twice
    held = true;
    queue(settle);
    submit(event.submitter);
  });
})();
