// Lets an editor say where to look in a picture: by pointing, or by two sliders.
//
// The form keeps pixels of the original, in Wagtail's own hidden fields.
(function () {
    "use strict";

    const place = document.querySelector("[data-picture-focus]");
    if (!place) {
        return;
    }
    const width = Number(place.dataset.width);
    const height = Number(place.dataset.height);
    const picture = place.querySelector(".picture-focus__picture");
    const mark = place.querySelector(".picture-focus__mark");
    const sliders = [place.querySelector("[data-focus-x]"), place.querySelector("[data-focus-y]")];
    const kept = ["x", "y", "width", "height"].map(function (name) {
        return document.querySelector("[name=focal_point_" + name + "]");
    });

    // Where the part lies that keeps the point as near its middle as the edges allow.
    function share(point, whole, part) {
        if (whole - part < 1) {
            return 50;
        }
        const start = Math.min(Math.max(point * whole - part / 2, 0), whole - part);
        return (100 * start) / (whole - part);
    }

    function show() {
        const x = Number(sliders[0].value) / 100;
        const y = Number(sliders[1].value) / 100;
        mark.style.left = 100 * x + "%";
        mark.style.top = 100 * y + "%";
        mark.hidden = kept[0].value === "";
        place.querySelectorAll("[data-shape]").forEach(function (crop) {
            const sides = crop.dataset.shape.split(":").map(Number);
            const ratio = sides[0] / sides[1];
            const across = share(x, width, Math.min(width, height * ratio));
            const down = share(y, height, Math.min(height, width / ratio));
            crop.style.objectPosition = across + "% " + down + "%";
        });
    }

    function keep() {
        kept[0].value = Math.round((Number(sliders[0].value) / 100) * width);
        kept[1].value = Math.round((Number(sliders[1].value) / 100) * height);
        kept[2].value = kept[3].value = 1;
        kept[0].dispatchEvent(new Event("change", { bubbles: true }));
        show();
    }

    function point(event) {
        const box = picture.getBoundingClientRect();
        const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
        at.forEach(function (part, axis) {
            sliders[axis].value = Math.round(100 * Math.min(Math.max(part, 0), 1));
        });
        keep();
    }

    picture.addEventListener("click", point);
    sliders.forEach(function (slider) {
        slider.addEventListener("input", keep);
    });
    place.querySelector("[data-focus-clear]").addEventListener("click", function () {
        kept.forEach(function (field) {
            field.value = "";
        });
        sliders.forEach(function (slider) {
            slider.value = 50;
        });
        kept[0].dispatchEvent(new Event("change", { bubbles: true }));
        show();
    });
    show();
})();
