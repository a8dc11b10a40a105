/*
 * Keeps what is typed while a draft is being saved.
 *
 * Wagtail takes the form as it is when a save has succeeded for what was saved, so that words
 * typed while the request was on its way are neither saved nor warned of. Here the form counts
 * as saved as it was sent.
 */
(() => {
  const unsaved = (event) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(event.target, "w-unsaved");
  let sent;

  document.addEventListener("w-autosave:save", (event) => {
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
})();
