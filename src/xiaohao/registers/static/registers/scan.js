// What was scanned is kept in the telephone until the server has said that it counted it: a network that
// comes and goes loses nothing, and what is sent twice counts once because every scan has a key of its own.
"use strict";
const form = document.getElementById("scan-form");
const room = document.getElementById("scan-room");
const code = document.getElementById("scan-code");
const photo = document.getElementById("scan-photo");
const problem = document.getElementById("scan-problem");
const storeKey = form.dataset.key;
const LARGEST = 1600; // pixels of a side; a label is read from less, and faster

const waiting = () => JSON.parse(localStorage.getItem(storeKey) || "[]");

function keep(scans) {
  localStorage.setItem(storeKey, JSON.stringify(scans));
  document.getElementById("scan-waiting").textContent = scans.length;
}

function newKey() { // crypto.randomUUID exists on HTTPS only
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function show(scan) {
  const line = document.createElement("li");
  line.id = `scan-${scan.key}`;
  line.textContent = `${scan.code} ${scan.room}：${form.dataset.waiting}`;
  document.getElementById("scan-list").prepend(line);
}

function record(text) {
  const scan = { key: newKey(), code: text.trim(), room: room.value.trim(), at: new Date().toISOString() };
  if (!scan.code) return;
  problem.textContent = "";
  keep([...waiting(), scan]);
  show(scan);
  send();
}

let sending = false;
async function send() {
  const scans = waiting().slice(0, 200);
  if (sending || !scans.length) return;
  sending = true;
  try {
    const answer = await fetch(form.dataset.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ scans }),
    });
    if (answer.redirected || answer.status === 403) { problem.textContent = form.dataset.refused; return; }
    const told = await answer.json();
    if (!answer.ok) { problem.textContent = told.reasons.join("；"); return; }
    problem.textContent = "";
    const counted = new Set(told.answers.map((one) => one.key));
    keep(waiting().filter((scan) => !counted.has(scan.key)));
    for (const one of told.answers) {
      const line = document.getElementById(`scan-${one.key}`);
      if (line) { line.textContent = one.text; line.className = `scan-${one.result}`; }
    }
  } catch {
    // No network: everything is kept, the next try is soon.
  } finally {
    sending = false;
  }
}

async function readPhoto(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const found = jsQR(drawing.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height);
  if (found && found.data) record(found.data);
  else problem.textContent = form.dataset.nothing;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  record(code.value);
  code.value = "";
  code.focus();
});
photo.addEventListener("change", () => {
  if (photo.files.length) readPhoto(photo.files[0]).catch(() => { problem.textContent = form.dataset.nothing; });
  photo.value = "";
});
room.value = sessionStorage.getItem("xiaohao-room") || "";
room.addEventListener("change", () => sessionStorage.setItem("xiaohao-room", room.value));
window.addEventListener("online", send);
setInterval(send, 5000);
keep(waiting());
waiting().forEach(show);
send();
