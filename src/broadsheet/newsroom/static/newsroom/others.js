// Names the buttons that stand for others who have a form open: Wagtail shows a face alone, and who
// listens to the page hears "button". What the face is a picture of lies hidden in it.
"use strict";
(() => {
  const name = () => {
    for (const button of document.querySelectorAll("button.w-editing-sessions__session")) {
      const said = button.querySelector(".w-editing-sessions__popup")?.textContent;
      if (said) button.setAttribute("aria-label", said.replace(/\s+/g, " ").trim());
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    name();
    const header = document.querySelector(".w-slim-header");
    if (header) new MutationObserver(name).observe(header, { childList: true, subtree: true });
  });
})();
