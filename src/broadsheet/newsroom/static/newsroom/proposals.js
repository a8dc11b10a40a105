// Offers, beside a field whose text was refused, the text that may be written, and takes it
// over with one press of a button. What may be written is asked of the desk: nothing here
// knows. Without this script the complaint still says what to write.
"use strict";
(() => {
  const REFUSED = "may not be written";
  const { proposalsUrl } = document.currentScript.dataset;

  const ask = async (texts) => {
    const desk = JSON.parse(document.getElementById("wagtail-config").textContent);
    const answer = await fetch(proposalsUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": desk.CSRF_TOKEN },
      body: JSON.stringify({ texts }),
    });
    if (!answer.ok) throw new Error(`the desk answers ${answer.status}`);
    return (await answer.json()).proposals;
  };

  // What a field holds, as texts, and how to put changed places into it.
  const plain = (input) => ({
    texts: () => [input.value],
    take: ([{ text }]) => {
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    },
  });

  const rich = (editor) => {
    const { EditorState, Modifier, SelectionState } = window.DraftJS;
    const blocks = () => editor.getEditorState().getCurrentContent().getBlocksAsArray();
    const replaced = (content, key, { start, end, proposal }) =>
      Modifier.replaceText(
        content,
        SelectionState.createEmpty(key).merge({ anchorOffset: start, focusOffset: end }),
        proposal,
        content.getBlockForKey(key).getInlineStyleAt(start),
        content.getBlockForKey(key).getEntityAt(start),
      );
    return {
      texts: () => blocks().map((block) => block.getText()),
      take: (proposals) => {
        const state = editor.getEditorState();
        const keys = blocks().map((block) => block.getKey());
        const content = proposals.reduce(
          (before, { places }, number) =>
            places.reduceRight((made, place) => replaced(made, keys[number], place), before),
          state.getCurrentContent(),
        );
        editor.onChange(EditorState.push(state, content, "insert-characters"));
        editor.focus();
      },
    };
  };

  const offer = async (errors) => {
    const input = errors.closest("[data-field]")?.querySelector("input, textarea");
    if (!input) return;
    const holder = input.draftailEditor ? rich(input.draftailEditor) : plain(input);
    const proposals = await ask(holder.texts());
    if (!proposals.some(({ places }) => places.length)) return;
    const proposed = document.createElement("p");
    const words = document.createElement("q");
    words.textContent = proposals.map(({ text }) => text).join("\n");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = "Use this text";
    proposed.dataset.proposal = "";
    proposed.append(words, " ", button);
    button.addEventListener("click", async () => {
      holder.take(await ask(holder.texts())); // it may have been edited since
      proposed.setAttribute("role", "status");
      proposed.textContent = "Taken over. Save again.";
    });
    errors.append(proposed);
  };

  const look = () => {
    for (const errors of document.querySelectorAll("[data-field-errors]:not([data-looked-at])")) {
      if (errors.textContent.includes(REFUSED)) {
        errors.dataset.lookedAt = "";
        offer(errors).catch((problem) => console.warn("No proposal:", problem));
      }
    }
  };

  // Wagtail builds parts of its forms after the page has come.
  document.addEventListener("DOMContentLoaded", () => {
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
})();
