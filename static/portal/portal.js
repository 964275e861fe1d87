// Small comforts; every page works without them. Behaviour hangs on data-portal-*.
(function () {
  "use strict";

  // A menu closes when the user goes elsewhere or presses Escape.
  function closeMenus(except) {
    document.querySelectorAll("details[data-portal-menu][open]").forEach(function (menu) {
      if (menu !== except) {
        menu.open = false;
      }
    });
  }

  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details[data-portal-menu]"));
  });

  document.addEventListener("focusin", function (event) {
    closeMenus(event.target.closest("details[data-portal-menu]"));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") {
      return;
    }
    const menu = document.querySelector("details[data-portal-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // The summary of what is wrong in a form gets the focus, so that it is read first.
  function focusSummary(root) {
    const summary = root.querySelector("[data-portal-focus]");
    if (summary && !summary.closest("[data-portal-quiet]")) {
      summary.focus();
    }
  }

  // A form that is sent twice by a double click is sent once.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.dataset.portalSent === "true") {
      event.preventDefault();
      return;
    }
    if (form.hasAttribute("data-portal-once")) {
      form.dataset.portalSent = "true";
    }
  });

  // The browser's back button may bring back a form that was sent.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-portal-sent]").forEach(function (form) {
      delete form.dataset.portalSent;
    });
  });

  // A filter form sends itself when a choice changes; its button stays for those without scripts.
  document.addEventListener("change", function (event) {
    const form = event.target.form;
    if (form && form.hasAttribute("data-portal-autosubmit") && event.target.matches("select")) {
      form.requestSubmit();
    }
  });

  // A link to a place inside something folded opens it first.
  function unfold(hash) {
    let place = hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    while (place) {
      if (place.tagName === "DETAILS") {
        place.open = true;
      }
      place = place.parentElement;
    }
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      unfold(link.hash);
    }
  });

  unfold(window.location.hash);

  document.addEventListener("htmx:beforeRequest", function (event) {
    event.target.setAttribute("aria-busy", "true");
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    event.target.removeAttribute("aria-busy");
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    focusSummary(event.target);
  });

  focusSummary(document);
})();
