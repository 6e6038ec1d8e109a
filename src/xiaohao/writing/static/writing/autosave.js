// Saves a text while somebody types. Without a script the button saves it all the same.
"use strict";
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const said = document.getElementById("autosave-said");
  const wait = 4000; // milliseconds after the last key
  let timer = 0;
  let stopped = false;
  const save = async () => {
    const sent = new FormData(form);
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "X-Autosave": "1" } });
      const found = await answer.json();
      said.textContent = found.said;
      if (answer.ok) form.elements.version.value = found.version;
      else if (answer.status === 409) stopped = true; // the button shows what the other one wrote
    } catch {
      said.textContent = form.dataset.unsaved;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, wait);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
})();
