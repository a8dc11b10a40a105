/*
 * Keeps what is typed while a draft is being saved, and what is pressed meanwhile.
 *
 * Wagtail takes the form as it is when a save has succeeded for what was saved, so that words
 * typed while the request was on its way are neither saved nor warned of. Here the form counts
 * as saved as it was sent.
 *
 * A button pressed while a save is on its way would send the form with the name of the version
 * before that save, and the desk would answer that somebody was faster: oneself. Here the press
 * waits for the answer, and no save by itself begins after it. Wagtail begins one at the answer
 * if the form has changed meanwhile, and it would carry the act that was pressed: what is to be
 * published would be, and nobody would be told.
 */
(() => {
  const unsaved = (event) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(event.target, "w-unsaved");
  let sent;
  let isSaving = false;
  let isLeaving = false;
  let pressed = null;
  const LEFT_BY_A_STEP =
    "input[type=hidden]:is([name=action-workflow-action], [name^=workflow-action-])";

  document.addEventListener(
    "w-autosave:save",
    (event) => {
      if (!isLeaving && !pressed) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // nobody shall show that it saves
    },
    true,
  );
  document.addEventListener("w-autosave:save", (event) => {
    isSaving = true;
    sent = unsaved(event)?.formData;
  });
  // Bubbles up here after Wagtail's own listener, on the form, has cleared the mark.
  document.addEventListener("w-autosave:success", (event) => {
    const controller = unsaved(event);
    if (!controller || sent === undefined) return;
    // Its next look, within half a second, finds what differs, and asks for another save.
    controller.initialFormData = sent;
    controller.previousFormData = sent;
  });

  // Wagtail leaves in the form the time of the version it was opened with, and overwrites that
  // version from the second save on: a press after it would be answered that somebody was faster.
  document.addEventListener("w-autosave:success", (event) => {
    const { revision_id: id, revision_created_at: at } = event.detail?.response ?? {};
    const fields = event.target.elements;
    if (!id || !at || !fields?.loaded_revision_id) return;
    fields.loaded_revision_id.value = id;
    fields.loaded_revision_created_at.value = at;
  });

  // Wagtail's listeners, which take over the name of the new version, come before a timer.
  const answered = () => {
    isSaving = false;
    if (pressed) setTimeout(() => pressed && press(pressed.form, pressed.submitter));
  };
  document.addEventListener("w-autosave:success", answered);
  document.addEventListener("w-autosave:error", answered);

  // Whoever asks whether anybody is signed in marks the acts it adds to the form alike.
  const forget = () => {
    for (const act of document.querySelectorAll("input[data-pressed]")) act.remove();
  };

  const forgetAll = (form) => {
    forget();
    for (const left of form.querySelectorAll(LEFT_BY_A_STEP)) left.remove();
  };

  const press = (form, submitter) => {
    if (submitter) forget();
    if (!submitter?.disabled) {
      form.requestSubmit(submitter ?? undefined);
      return;
    }
    // Wagtail disables a button that was pressed; a disabled one submits nothing.
    if (submitter.name) {
      const { name, value } = submitter;
      const act = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      act.dataset.pressed = "";
      form.append(act);
    }
    form.requestSubmit();
  };

  // On the form, so that whoever asks on the document whether anybody is signed in has had the
  // answer; and before Wagtail's own listeners there, which take the form for sent.
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form[data-edit-form]");
    const hold = (event) => {
      isLeaving = !isSaving;
      if (!isSaving) {
        pressed = null;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = { form, submitter: event.submitter };
    };
    form?.addEventListener("submit", hold, true);
    // Wagtail returns a story with a comment by form.submit(), which asks nobody: neither here
    // nor whether anybody is signed in.
    if (form) form.submit = () => form.requestSubmit();
  });

  // A step of the review leaves its name in the form. When it was held and did not leave, the
  // next button would take that step too; so each press begins without what an earlier one left.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("button");
      if (button?.type !== "submit" || !button.form?.matches("form[data-edit-form]")) return;
      forgetAll(button.form);
    },
    true,
  );
  document.addEventListener("accounts:put-off", (event) => {
    pressed = null;
    forgetAll(event.target);
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false; // somebody came back to the page as it was left
    forget();
  });
})();
