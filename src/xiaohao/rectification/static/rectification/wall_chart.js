"use strict";
// The wall display: shows one area at a time (a long one in parts), turns over slowly, and can fill the screen.
// The chart refreshes itself by htmx; after each refresh the same page is shown again.
(() => {
  const SECONDS_PER_PAGE = 20;
  let page = 0;
  let paused = false;

  const bodies = () => [...document.querySelectorAll(".chart tbody[data-area]")];

  // A page is as many whole areas as fit on the screen, or a part of a long area below its heading.
  function pages() {
    bodies().forEach((body) => body.classList.remove("area-hidden"));
    const table = document.querySelector(".chart");
    if (!table) return [];
    const space = Math.max(300, window.innerHeight - (table.getBoundingClientRect().top + window.scrollY)
      - table.tHead.offsetHeight - 16);
    const found = [];
    const heights = new Map();
    for (const body of bodies()) {
      heights.set(body.dataset.area, (heights.get(body.dataset.area) || 0) + body.offsetHeight);
    }
    let heading = null, used = 0;
    for (const body of bodies()) {
      const height = body.offsetHeight;
      if (body.classList.contains("area")) {
        heading = body;
        if (found.length && used + heights.get(body.dataset.area) <= space) {
          found.at(-1).push(heading);
          used += height;
        } else {
          used = height;
          found.push([heading]);
        }
      } else if (used + height > space && found.at(-1).length > 1) {
        found.push([heading, body]);
        used = heading.offsetHeight + height;
      } else {
        found.at(-1).push(body);
        used += height;
      }
    }
    return found;
  }

  function show() {
    const found = pages();
    if (!found.length) return;
    page = page % found.length;
    const shown = new Set(found[page]);
    bodies().forEach((body) => body.classList.toggle("area-hidden", !shown.has(body)));
    document.getElementById("wall-page").textContent = `${page + 1} / ${found.length}`;
  }

  function wireButtons() {
    const fullscreen = document.getElementById("wall-fullscreen");
    if (document.fullscreenEnabled) {
      fullscreen.hidden = false;
      fullscreen.addEventListener("click", () => {
        if (document.fullscreenElement) document.exitFullscreen();
        else document.documentElement.requestFullscreen();
      });
    }
    const pause = document.getElementById("wall-pause");
    pause.hidden = false;
    pause.addEventListener("click", () => {
      paused = !paused;
      pause.textContent = paused ? pause.dataset.resume : pause.dataset.pause;
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (!document.body.classList.contains("display-wall")) return;
    wireButtons();
    show();
    window.addEventListener("resize", show);
    document.body.addEventListener("htmx:afterSettle", show);
    window.setInterval(() => { if (!paused) { page += 1; show(); } }, SECONDS_PER_PAGE * 1000);
  });
})();
