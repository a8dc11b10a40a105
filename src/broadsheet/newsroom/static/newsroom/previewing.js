/*
 * Makes the preview's frame fit the screen, drawn smaller but laid out at the chosen width, and
 * keeps that width from one mode to the next. Without it the frame scrolls sideways.
 */
document.addEventListener("DOMContentLoaded", () => {
    const whole = document.querySelector(".previewing");
    if (!whole) {
        return;
    }
    const stage = whole.querySelector(".previewing__stage");
    const frame = stage.querySelector("iframe");
    const widths = [...whole.querySelectorAll("input[name=width]")];
    const KEPT = "broadsheet-preview-width";

    const fit = () => {
        const scale = Math.min(1, stage.clientWidth / frame.offsetWidth);
        frame.style.setProperty("transform", scale < 1 ? `scale(${scale})` : "none");
        stage.style.setProperty("block-size", `${Math.ceil(frame.offsetHeight * scale) + 2}px`);
    };

    const narrow = window.matchMedia("(max-width: 50em)").matches;
    const wanted = window.sessionStorage.getItem(KEPT) || (narrow ? widths[0].value : "");
    widths.filter((width) => width.value === wanted).forEach((width) => {
        width.checked = true;
    });
    widths.forEach((width) =>
        width.addEventListener("change", () => {
            window.sessionStorage.setItem(KEPT, width.value);
            fit();
        }),
    );
    stage.classList.add("previewing__stage--fitted");
    new ResizeObserver(fit).observe(stage);
    fit();
});
