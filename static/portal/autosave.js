// Forms that save themselves: data-portal-autosave. Without this file the Save button does it.
(function () {
  "use strict";

  const PAUSE = 1000;
  const LONGEST_WAIT = 60000;

  function start(form) {
    const status = form.querySelector("[data-portal-autosave-status]");
    const token = form.querySelector("[name=state_token]");
    if (!status || !token) {
      return;
    }
    const touched = new Set();
    let timer = 0;
    let wait = 2000;
    let isDirty = false;
    let isChanged = false; // by somebody else: only a person can go on from there
    let isLeft = false;
    let busy = null;
    let submitter = null;

    function say(text, state) {
      if (status.textContent !== text) {
        status.textContent = text;
      }
      status.dataset.state = state;
    }

    function later(pause) {
      clearTimeout(timer);
      timer = setTimeout(send, pause);
    }

    function isTyped(control) {
      return control.name && control.name !== "csrfmiddlewaretoken" && control.type !== "submit";
    }

    function clearMessages() {
      form.querySelectorAll(".invalid-feedback, [data-portal-message]").forEach(function (message) {
        form.querySelectorAll("[aria-describedby~='" + message.id + "']").forEach(function (control) {
          const others = control.getAttribute("aria-describedby").split(" ").filter(function (id) {
            return id !== message.id;
          });
          if (others.length) {
            control.setAttribute("aria-describedby", others.join(" "));
          } else {
            control.removeAttribute("aria-describedby");
          }
        });
        message.remove();
      });
      form.querySelectorAll("[aria-invalid], .is-invalid").forEach(function (control) {
        control.removeAttribute("aria-invalid");
        control.classList.remove("is-invalid");
      });
      form.parentElement.querySelectorAll(".error-summary").forEach(function (summary) {
        summary.remove();
      });
    }

    function showMessage(name, texts) {
      const controls = Array.from(form.elements).filter(function (control) {
        return control.name === name && control.type !== "hidden";
      });
      if (!controls.length) {
        return;
      }
      const message = document.createElement("div");
      message.id = "autosave_error_" + name;
      message.className = "invalid-feedback d-block";
      message.dataset.portalMessage = "";
      message.textContent = texts.join(" ");
      controls.forEach(function (control) {
        control.setAttribute("aria-invalid", "true");
        control.classList.add("is-invalid");
        const described = control.getAttribute("aria-describedby");
        control.setAttribute("aria-describedby", described ? described + " " + message.id : message.id);
      });
      const last = controls[controls.length - 1];
      const place = form.querySelector("[data-portal-message-for='" + name + "']");
      if (place) {
        place.append(message);
      } else {
        (last.closest(".form-check") || last).after(message);
      }
      const closed = last.closest("details:not([open])");
      if (closed) {
        closed.open = true;
      }
    }

    function showInvalid(answer) {
      clearMessages();
      // A field to which the person has not come yet gets no message: only the count tells.
      Object.keys(answer.fields).forEach(function (name) {
        if (answer.state === "partly" || touched.has(name)) {
          showMessage(name, answer.fields[name]);
        }
      });
      say([answer.message].concat(answer.general).join(". "), answer.state);
    }

    // Hidden fields follow what is stored; what a person types in is left alone.
    function setValues(values) {
      Object.keys(values).forEach(function (name) {
        const control = form.elements.namedItem(name);
        if (control && control.type === "hidden") {
          control.value = values[name];
        }
      });
    }

    function setShown(shown) {
      Object.keys(shown).forEach(function (key) {
        document.querySelectorAll("[data-portal-shown='" + key + "']").forEach(function (place) {
          if (place instanceof HTMLProgressElement) {
            place.value = shown[key];
          } else {
            place.textContent = shown[key];
          }
        });
      });
    }

    function take(answer) {
      wait = 2000;
      setValues(answer.values || {});
      setShown(answer.shown || {});
      if (answer.state === "saved") {
        clearMessages();
        token.value = answer.token;
        if (!isDirty) {
          say(answer.message, "saved");
        }
      } else if (answer.state === "invalid" || answer.state === "partly") {
        showInvalid(answer);
      } else {
        isChanged = answer.state === "changed";
        say(answer.message, answer.state);
      }
    }

    function fail() {
      isDirty = true;
      say(status.dataset.offline, "offline");
      later(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }

    function read(response) {
      const kind = response.headers.get("Content-Type") || "";
      if (response.status >= 500) {
        throw new Error("try again");
      }
      if (response.redirected || !kind.startsWith("application/json")) {
        return { state: "refused", message: status.dataset.refused };
      }
      return response.json();
    }

    function send() {
      clearTimeout(timer);
      if (!isDirty || isChanged || busy) {
        return;
      }
      isDirty = false;
      const body = new URLSearchParams(new FormData(form)).toString();
      busy = fetch(form.action, {
        method: "POST",
        body: body,
        headers: {
          "X-Portal-Autosave": "1",
          "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
          Accept: "application/json",
        },
        credentials: "same-origin",
        keepalive: body.length < 60000, // goes on when the page is left; browsers allow 64 kB
      }).then(read).then(take, fail).then(function () {
        busy = null;
        if (submitter) {
          form.requestSubmit(submitter);
        } else if (isDirty && status.dataset.state !== "offline") {
          later(PAUSE);
        }
      });
    }

    function typed() {
      isDirty = true;
      if (status.dataset.state === "saved") {
        status.dataset.state = "typing";
      }
      later(PAUSE);
    }

    form.addEventListener("input", function (event) {
      if (isTyped(event.target)) {
        typed();
      }
    });

    form.addEventListener("change", function (event) {
      if (isTyped(event.target)) {
        touched.add(event.target.name);
        typed();
      }
    });

    form.addEventListener("focusout", function (event) {
      if (isTyped(event.target)) {
        touched.add(event.target.name);
      }
    });

    // The state that the form carries must be the newest: it is sent after the answer.
    form.addEventListener("submit", function (event) {
      clearTimeout(timer);
      if (busy) {
        event.preventDefault();
        submitter = event.submitter;
        return;
      }
      isDirty = false;
    });

    window.addEventListener("online", send);

    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") {
        send();
      }
    });

    window.addEventListener("pagehide", function () {
      isLeft = isDirty || busy !== null;
      send();
    });

    // The back button may bring back a page that is older than what is stored.
    window.addEventListener("pageshow", function (event) {
      if (event.persisted && isLeft) {
        location.reload();
      }
    });
  }

  document.querySelectorAll("form[data-portal-autosave]").forEach(start);
})();
