// While the server reads or writes a file, the page that waits for it shows how far it has come.
"use strict";
const form = document.getElementById("import-form");
form.addEventListener("submit", () => {
  setTimeout(() => htmx.ajax("GET", form.dataset.progress, { target: "#import-progress" }), 800);
});
