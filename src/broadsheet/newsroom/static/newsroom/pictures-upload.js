// Uploads many pictures, two at a time, each with its own progress, refusal and form.
//
// Works from a drop or from the file field; all else is buttons and forms, so keyboard and
// phone need nothing of their own. Nothing is lost by a failure: the file stays in its row.
(function () {
    "use strict";

    const AT_ONCE = 2;
    const form = document.querySelector("[data-pictures-upload]");
    if (!form) {
        return;
    }
    const list = document.querySelector("[data-pictures-list]");
    const total = document.querySelector("[data-pictures-total]");
    const template = document.querySelector("[data-pictures-item]");
    const field = form.querySelector("input[type=file]");
    const largest = Number(form.dataset.largest);
    const queue = [];
    const count = { running: 0, all: 0, done: 0, failed: 0 };

    function token() {
        // The cookie's is the newest: signing in again, in another tab, gives another.
        const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
        return cookie ? cookie[1] : form.querySelector("input[name=csrfmiddlewaretoken]").value;
    }

    function say() {
        if (!count.all) {
            total.textContent = "";
            return;
        }
        const failed = count.failed ? ", " + count.failed + " need you" : "";
        total.textContent = count.done + " of " + count.all + " uploaded" + failed + ".";
    }

    function show(item, state, reasons) {
        item.node.querySelector(".picture-upload__state").textContent = state;
        const told = item.node.querySelector(".picture-upload__reasons");
        told.replaceChildren(
            ...(reasons || []).map(function (reason) {
                const line = document.createElement("li");
                if (reason.href) {
                    const link = document.createElement("a");
                    link.href = reason.href;
                    link.textContent = reason.text;
                    line.append(reason.before || "", link, reason.after || "");
                } else {
                    line.textContent = reason;
                }
                return line;
            })
        );
        told.hidden = !told.children.length;
    }

    function offer(item, acts) {
        item.node.querySelectorAll("[data-act]").forEach(function (button) {
            button.hidden = !acts.includes(button.dataset.act);
        });
    }

    function refuse(item, state, reasons, acts) {
        count.failed += 1;
        item.isFailed = true;
        item.node.classList.add("is-refused");
        item.node.querySelector("progress").hidden = true;
        show(item, state, reasons);
        offer(item, acts);
    }

    function reset(item) {
        if (item.isFailed) {
            count.failed -= 1;
            item.isFailed = false;
        }
        item.node.classList.remove("is-refused");
        const bar = item.node.querySelector("progress");
        bar.hidden = false;
        bar.value = 0;
        offer(item, []);
    }

    function enqueue(item) {
        reset(item);
        show(item, "Waits for its turn.");
        queue.push(item);
        next();
    }

    function next() {
        while (count.running < AT_ONCE && queue.length) {
            count.running += 1;
            send(queue.shift());
        }
        say();
    }

    function answerOf(request) {
        try {
            return JSON.parse(request.responseText);
        } catch {
            return null;
        }
    }

    function send(item) {
        const request = new XMLHttpRequest();
        const data = new FormData();
        data.append("file", item.file, item.file.name);
        const collection = form.querySelector("[name=collection]");
        if (collection) {
            data.append("collection", collection.value);
        }
        if (item.isEvenIfKnown) {
            data.append("even_if_known", "1");
        }
        const bar = item.node.querySelector("progress");
        request.upload.addEventListener("progress", function (event) {
            if (event.lengthComputable) {
                bar.value = (100 * event.loaded) / event.total;
                if (event.loaded === event.total) {
                    bar.removeAttribute("value");
                    show(item, "Arrived; it is being looked at.");
                }
            }
        });
        request.addEventListener("loadend", function () {
            count.running -= 1;
            take(item, request);
            next();
        });
        request.open("POST", window.location.pathname);
        request.setRequestHeader("X-CSRFToken", token());
        request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
        show(item, "Uploading.");
        request.send(data);
    }

    function take(item, request) {
        const answer = answerOf(request);
        const again = ["retry", "dismiss"];
        if (request.status === 200 && answer && answer.id) {
            count.done += 1;
            item.node.querySelector("progress").hidden = true;
            item.node.querySelector(".picture-upload__name").textContent = answer.title;
            show(item, "Uploaded. Its sizes are being made.", answer.remarks);
            offer(item, []);
            place(item, answer.form);
        } else if (request.status === 409 && answer && answer.known) {
            const reasons = answer.known.map(function (known) {
                return { before: "It is here already as ", href: known.edit_url, text: known.title, after: ". Use that one, or upload it anyway." };
            });
            refuse(item, "Not uploaded.", reasons, ["anyway", "dismiss"]);
        } else if (answer && answer.reasons) {
            refuse(item, "Not uploaded.", answer.reasons, again);
        } else if (request.status === 413) {
            refuse(item, "Not uploaded.", ["The file is larger than the desk takes; export it again, smaller."], ["dismiss"]);
        } else if (request.status === 0) {
            refuse(item, "Not uploaded.", ["The connection broke. Try again when it is back; the file is still here."], again);
        } else if (request.status === 403) {
            refuse(item, "Not uploaded.", ["You may not upload pictures, or were signed out meanwhile. Sign in in another tab, then try again."], again);
        } else if (request.status === 200) {
            refuse(item, "Not uploaded.", ["You were signed out. Sign in in another tab, then try again; the file is still here."], again);
        } else {
            refuse(item, "Not uploaded.", ["The desk failed (" + request.status + "). Try again; if it stays so, tell whoever runs the paper."], again);
        }
    }

    function place(item, html) {
        const holder = item.node.querySelector(".picture-upload__form");
        holder.innerHTML = html; // made by our own server, escaped there
        const texts = holder.querySelector("form");
        texts.addEventListener("submit", function (event) {
            event.preventDefault();
            describe(item, texts);
        });
    }

    function describe(item, texts) {
        const button = texts.querySelector("[type=submit]");
        const data = new FormData(texts);
        data.set("csrfmiddlewaretoken", token());
        button.disabled = true;
        fetch(texts.action, {
            method: "POST",
            body: data,
            headers: { "X-Requested-With": "XMLHttpRequest" },
        })
            .then(function (response) {
                return response.json().then(function (answer) {
                    place(item, answer.form);
                    if (response.ok) {
                        item.node.querySelector(".picture-upload__name").textContent = answer.title;
                        show(item, "Its texts are saved.");
                        return;
                    }
                    show(item, "Not saved yet; see beside the fields.");
                    const wrong = item.node.querySelector("[aria-invalid=true], .w-field--error input, .w-field--error textarea");
                    if (wrong) {
                        wrong.focus();
                    }
                });
            })
            .catch(function () {
                button.disabled = false;
                show(item, "Not saved: the desk did not answer, or you were signed out. What you typed is still here; try again.");
            });
    }

    function look(item) {
        const image = item.node.querySelector("img");
        const address = URL.createObjectURL(item.file);
        image.addEventListener("load", function () {
            image.hidden = false;
            URL.revokeObjectURL(address);
        });
        image.addEventListener("error", function () {
            URL.revokeObjectURL(address); // the browser cannot show it; the press may
        });
        image.src = address;
    }

    function add(file) {
        const node = template.content.firstElementChild.cloneNode(true);
        const item = { file: file, node: node, isFailed: false, isEvenIfKnown: false };
        node.querySelector(".picture-upload__name").textContent = file.name;
        node.querySelector("progress").setAttribute("aria-label", "Upload of " + file.name);
        node.querySelector("[data-act=retry]").addEventListener("click", function () {
            enqueue(item);
        });
        node.querySelector("[data-act=anyway]").addEventListener("click", function () {
            item.isEvenIfKnown = true;
            enqueue(item);
        });
        node.querySelector("[data-act=dismiss]").addEventListener("click", function () {
            reset(item);
            count.all -= 1;
            node.remove();
            say();
            field.focus();
        });
        list.append(node);
        count.all += 1;
        if (file.size > largest) {
            const limit = Math.floor(largest / 1048576);
            refuse(item, "Not uploaded.", ["The file has " + Math.ceil(file.size / 1048576) + " MB; the desk takes " + limit + ". Export it again, smaller."], ["dismiss"]);
            say();
            return;
        }
        look(item);
        enqueue(item);
    }

    field.addEventListener("change", function () {
        Array.from(field.files).forEach(add);
        field.value = "";
    });
    ["dragover", "drop"].forEach(function (name) {
        // A file dropped beside the place would open in the browser, and all texts be lost.
        document.addEventListener(name, function (event) {
            event.preventDefault();
        });
    });
    form.addEventListener("dragover", function () {
        form.classList.add("is-over");
    });
    ["dragleave", "drop"].forEach(function (name) {
        form.addEventListener(name, function () {
            form.classList.remove("is-over");
        });
    });
    form.addEventListener("drop", function (event) {
        Array.from(event.dataTransfer.files).forEach(add);
    });
    form.addEventListener("submit", function (event) {
        event.preventDefault();
    });
    window.addEventListener("beforeunload", function (event) {
        if (count.running || queue.length) {
            event.preventDefault();
        }
    });
})();
