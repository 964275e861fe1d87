// Says in words below the schedule when it runs.
"use strict";

(() => {
  const words = JSON.parse(document.getElementById("readable-crontabs").textContent);
  const label = document.getElementById("periodic-task-script").dataset.label;
  const choice = document.getElementById("id_crontab");
  const copied = document.querySelector(".field-crontab_translation");
  if (copied) copied.hidden = true;
  if (!choice) return;

  const note = document.createElement("div");
  note.className = "help";
  note.setAttribute("role", "status");
  choice.closest(".form-row").append(note);
  const show = () => {
    const text = words[choice.value];
    note.textContent = text ? `${label} ${text}` : "";
  };
  choice.addEventListener("change", show);
  show();
})();
