// Has the desk clean what is pasted into running text before the editor takes it, and says
// what was taken out. Without this script the editor keeps what it knows by itself, and the
// desk cleans what is sent.
"use strict";
(() => {
  const { pasteUrl } = document.currentScript.dataset;
  const ours = new WeakSet(); // pastes that come from here

  // A picture in a paste is taken out anyway; written into the HTML it would make it too long.
  const withoutFiles = (html) => html.replace(/\bdata:[a-z-]+\/[^"'\s>]{1000,}/gi, "data:,");

  const ask = async (html) => {
    const desk = JSON.parse(document.getElementById("wagtail-config").textContent);
    const answer = await fetch(pasteUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": desk.CSRF_TOKEN },
      body: JSON.stringify({ html: withoutFiles(html) }),
    });
    if (answer.status === 413) return { html: "", taken_out: [], problem: (await answer.json()).problem };
    if (!answer.ok) throw new Error(`the desk answers ${answer.status}`);
    return answer.json();
  };

  const said = (editor) => {
    const field = editor.closest("[data-field], .w-field") ?? editor.parentElement;
    let place = field.querySelector(":scope > .newsroom-pasted");
    if (!place) {
      place = document.createElement("p");
      place.className = "newsroom-pasted w-help-text";
      place.setAttribute("role", "status");
      field.append(place);
    }
    return place;
  };

  const tell = (editor, { taken_out: takenOut, problem }) => {
    const place = said(editor);
    place.textContent =
      problem ?? (takenOut.length ? `Pasted without ${takenOut.join(", ")}.` : "");
  };

  document.addEventListener(
    "paste",
    async (event) => {
      const editor = event.target.closest?.(".public-DraftEditor-content");
      if (!editor || ours.has(event) || !event.clipboardData) return;
      const html = event.clipboardData.getData("text/html");
      // What was copied in the editor itself is its own, and so is a paste of plain text.
      if (!html || html.includes("data-editor=") || html.includes("data-draftail")) return;
      const plain = event.clipboardData.getData("text/plain");
      event.preventDefault();
      event.stopImmediatePropagation();
      let cleaned;
      try {
        cleaned = await ask(html);
      } catch {
        cleaned = { html: "", taken_out: ["its marks and links: the desk did not answer"] };
      }
      if (!cleaned.problem) {
        const data = new DataTransfer();
        if (cleaned.html) data.setData("text/html", cleaned.html);
        data.setData("text/plain", plain);
        const again = new ClipboardEvent("paste", {
          clipboardData: data,
          bubbles: true,
          cancelable: true,
        });
        ours.add(again);
        event.target.dispatchEvent(again);
      }
      tell(editor, cleaned);
    },
    true,
  );
})();
