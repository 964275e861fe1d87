// Names for what the admin's own scripts build without one: search boxes and filters.
"use strict";

(() => {
  const labelOf = (field) => {
    const label = field.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    return label ? label.textContent.replace(/[:\s]+$/, "").trim() : "";
  };

  const set = (element, name, value) => {
    if (element && value && element.getAttribute(name) !== value) element.setAttribute(name, value);
  };

  const nameSearchBox = (box) => {
    const field = box.previousElementSibling;
    if (!field || field.tagName !== "SELECT") return;
    const name = labelOf(field) || field.name;
    const shown = box.querySelector(".select2-selection__rendered");
    set(shown, "aria-label", shown && shown.textContent.trim() ? `${name}: ${shown.textContent.trim()}` : name);
    const opener = box.querySelector(".select2-selection");
    if (opener) {
      opener.removeAttribute("aria-labelledby");
      set(opener, "aria-label", name);
      const list = opener.getAttribute("aria-owns");
      if (list) set(opener, "aria-controls", list);
      else opener.removeAttribute("aria-controls");
    }
    box.querySelectorAll(".select2-search__field").forEach((input) => set(input, "aria-label", name));
  };

  const nameAll = () => {
    document.querySelectorAll("select + .select2-container").forEach(nameSearchBox);
    // The list that opens hangs at the end of the page.
    const open = document.querySelector("select + .select2-container--open");
    document.querySelectorAll(".select2-dropdown").forEach((list) => {
      const name = open ? labelOf(open.previousElementSibling) : "";
      list.querySelectorAll(".select2-search__field").forEach((input) => set(input, "aria-label", name));
      list.querySelectorAll("[role=listbox]").forEach((box) => set(box, "aria-label", name));
    });
    document.querySelectorAll(".search-label-icon[aria-label]").forEach((icon) => set(icon, "role", "img"));
  };

  const watch = () => {
    nameAll();
    new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "complete") watch();
  else window.addEventListener("load", watch);
})();
