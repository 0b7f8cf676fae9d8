// Draws the diagram of a case with the live position; without it the server's drawing stays.
"use strict";

(() => {
  const place = document.getElementById("viewer");
  const drawing = document.getElementById("drawing");
  const narrow = !window.matchMedia("(min-width: 900px)").matches;
  if (!place || narrow || typeof bpmnvisu === "undefined") {
    return; // on a narrow screen the server's drawing scrolls and stays readable
  }
  const ids = (text) => text.split(" ").filter(Boolean);

  function centre(element) {
    if (element) {
      const there = element.getBoundingClientRect();
      const here = place.getBoundingClientRect();
      place.scrollLeft += there.left - here.left - (here.width - there.width) / 2;
    }
  }

  async function draw() {
    const answer = await fetch(place.dataset.source, { credentials: "same-origin" });
    if (!answer.ok) {
      return;
    }
    const source = await answer.text();
    place.hidden = false;
    const viewer = new bpmnvisu.BpmnVisualization({
      container: place,
      navigation: { enabled: false },
    });
    // Labels as SVG text: as HTML they would need style attributes, which the policy blocks.
    viewer.graph.setHtmlLabels(false);
    viewer.load(source); // at its own size: fitted to the page its names could not be read
    const elements = viewer.bpmnElementsRegistry;
    elements.addCssClasses(ids(place.dataset.taken), "been");
    elements.addCssClasses(ids(place.dataset.active), "at-work");
    drawing.hidden = true;
    centre(place.querySelector(".at-work"));
  }

  draw().catch(() => {
    place.hidden = true;
    drawing.hidden = false;
  });
})();
