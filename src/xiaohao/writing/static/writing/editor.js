// Shows the text of a document with its figures as small plates instead of their marks.
// The text area stays what is saved: every change is written back into it. Without a script it is used as is.
"use strict";
(() => {
  const form = document.querySelector("form.editor");
  const area = form && form.querySelector("textarea[name=body]");
  if (!area) return;
  const known = JSON.parse(document.getElementById("figures-in-text").textContent);
  const TOKEN = /\[\[([^|\[\]\n]{1,40})\|([a-z_]+(?:\.[a-z_]+)+)\]\]/g;
  const GAP = "〔待补：";

  const sheet = document.createElement("div");
  sheet.className = "editor-sheet document-sheet form-control";
  sheet.contentEditable = "true";
  sheet.setAttribute("role", "textbox");
  sheet.setAttribute("aria-multiline", "true");
  sheet.setAttribute("aria-label", form.querySelector(`label[for=${area.id}]`).textContent);
  area.after(sheet);
  area.hidden = true;
  document.querySelectorAll("[data-plain]").forEach((one) => one.remove());

  // --- from text to page ---

  const plate = (number, key) => {
    const one = document.createElement("a");
    const said = known[key];
    one.className = "counted";
    one.contentEditable = "false";
    one.dataset.key = key;
    one.textContent = number;
    if (said) {
      one.title = `${said.title}：${said.counted}`;
      one.href = said.address;
      one.target = "_blank";
    }
    return one;
  };
  const paragraph = (line) => {
    const one = document.createElement("p");
    let at = 0;
    for (const found of line.matchAll(TOKEN)) {
      one.append(line.slice(at, found.index), plate(found[1], found[2]));
      at = found.index + found[0].length;
    }
    one.append(line.slice(at));
    if (!line) one.append(document.createElement("br"));
    return one;
  };
  const draw = (text) => sheet.replaceChildren(...text.split("\n").map(paragraph));
  const HEADINGS = [[/^[一二三四五六七八九十百]{1,5}、/, "document-section"], [/^附件\d{0,2}$/, "document-annex"], [/^｜.*｜$/, "editor-row"]];
  const dress = () => {
    for (const one of sheet.children) {
      const found = HEADINGS.find(([pattern]) => pattern.test(one.textContent));
      one.className = found ? found[1] : "";
    }
  };

  // --- from page to text ---

  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\u00a0/g, " ");
    if (node.nodeName === "BR") return "";
    if (node.dataset && node.dataset.key) return `[[${node.textContent}|${node.dataset.key}]]`;
    return [...node.childNodes].map(read).join("");
  };
  const written = () => {
    const lines = [];
    for (const node of sheet.childNodes) {
      if (node.nodeName === "P" || node.nodeName === "DIV" || !lines.length) lines.push(read(node));
      else lines[lines.length - 1] += read(node); // letters typed beside a paragraph
    }
    return lines.join("\n");
  };
  let pasting = false; // line by line: read once, when all is there
  const changed = () => {
    if (pasting) return;
    area.value = written();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    help();
  };

  // --- typing ---

  const insert = (node) => {
    sheet.focus();
    const chosen = getSelection();
    const place = chosen.rangeCount && sheet.contains(chosen.anchorNode) ? chosen.getRangeAt(0) : document.createRange();
    if (!sheet.contains(place.startContainer)) {
      place.selectNodeContents(sheet.lastElementChild || sheet);
      place.collapse(false);
    }
    place.deleteContents();
    place.insertNode(node);
    place.setStartAfter(node);
    place.collapse(true);
    chosen.removeAllRanges();
    chosen.addRange(place);
    changed();
  };
  document.execCommand("defaultParagraphSeparator", false, "p");
  sheet.addEventListener("input", changed);
  sheet.addEventListener("paste", (event) => {
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    // What is a little too long the server says; tens of megabytes no page holds. A character is one or two units.
    if (area.value.length + text.length > 2 * Number(form.dataset.longest)) {
      document.getElementById("autosave-said").textContent = form.dataset.tooLong;
      return;
    }
    pasting = true;
    try {
      text.split("\n").forEach((line, number) => {
        if (number) document.execCommand("insertParagraph");
        if (line) document.execCommand("insertText", false, line);
      });
    } finally {
      pasting = false;
      changed();
    }
  });
  sheet.addEventListener("drop", (event) => event.preventDefault());

  // --- help beside the text ---

  const gaps = document.getElementById("editor-gaps");
  const outdated = document.getElementById("editor-changed");
  const help = () => {
    dress();
    paint();
    const count = area.value.split(GAP).length - 1;
    gaps.hidden = !count;
    gaps.querySelector("[data-count]").textContent = count;
    const old = [...sheet.querySelectorAll("a.counted")].filter((one) => {
      const said = known[one.dataset.key];
      one.classList.toggle("counted-old", Boolean(said) && said.now !== one.textContent);
      return one.classList.contains("counted-old");
    });
    outdated.hidden = !old.length;
    outdated.querySelector("[data-changed]").replaceChildren(...old.map(offer));
  };
  const offer = (one) => {
    const line = document.createElement("li");
    const button = document.createElement("button");
    const said = known[one.dataset.key];
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = `${said.title} ${one.textContent} → ${said.now}`;
    button.addEventListener("click", () => {
      one.textContent = said.now;
      changed();
    });
    line.append(button);
    return line;
  };
  const gapRanges = () => {
    const found = [];
    const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let at = node.data.indexOf(GAP); at >= 0; at = node.data.indexOf(GAP, at + 1)) {
        const end = node.data.indexOf("〕", at);
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, end < 0 ? node.data.length : end + 1);
        found.push(range);
      }
    }
    return found;
  };
  // Gaps are marked without touching the text, where the browser can.
  const paint = () => {
    if (globalThis.CSS && CSS.highlights) CSS.highlights.set("gap", new Highlight(...gapRanges()));
  };
  let searched = 0;
  gaps.querySelector("[data-next-gap]").addEventListener("click", () => {
    const ranges = gapRanges();
    if (!ranges.length) return;
    const range = ranges[searched++ % ranges.length];
    sheet.focus();
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
  });

  // --- figures to insert: fetched when asked for, because each is counted then ---

  const numbers = document.getElementById("editor-numbers");
  const link = numbers.querySelector("a");
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch(form.dataset.numbers, { headers: { "X-Part": "1" } });
    if (!answer.ok) return;
    numbers.innerHTML = await answer.text();
  });
  numbers.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
  numbers.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-token]");
    if (!button) return;
    const [, number, key] = [...button.dataset.token.matchAll(TOKEN)][0];
    known[key] = { title: button.dataset.title, counted: button.dataset.counted, now: number, address: button.dataset.address };
    insert(plate(number, key));
  });

  draw(area.value);
  help();
})();
