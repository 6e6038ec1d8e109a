// While the server reads or writes a file, the page that waits for it shows how far it has come.
"use strict";
for (const form of document.querySelectorAll("form[data-progress]")) {
  form.addEventListener("submit", () => {
    setTimeout(() => htmx.ajax("GET", form.dataset.progress, { target: "#progress" }), 800);
  });
}
