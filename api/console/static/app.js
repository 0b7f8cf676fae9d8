// Improves pages that are whole without it: says that something changed, arrows between tabs.
"use strict";

(() => {
  const live = document.getElementById("live");
  const said = document.getElementById("said");
  const news = document.getElementById("news");

  function say() {
    if (said) {
      said.textContent = "";
      said.textContent = said.dataset.words;
    }
  }

  if (live && news) {
    live.addEventListener("news", () => {
      news.hidden = false;
    });
  } else if (live) {
    document.addEventListener("htmx:after:swap", say);
  }

  document.addEventListener("keydown", (event) => {
    const tab = event.target instanceof Element && event.target.closest(".tabs a");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!tab || !step) {
      return;
    }
    const all = [...tab.closest(".tabs").querySelectorAll("a")];
    const next = all[(all.indexOf(tab) + step + all.length) % all.length];
    next.focus();
    event.preventDefault();
  });
})();
