// Comforts only: without this file the page does all it does.
"use strict";

const $ = (id) => document.getElementById(id);
const form = $("check");

if (form) {
  const text = $("text"), count = $("count"), file = $("file"), drop = $("drop");

  const recount = () => {
    const words = text.value.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu);
    count.textContent = words ? `${count.dataset.words} ${words.length.toLocaleString(document.documentElement.lang)}` : "";
  };
  text.addEventListener("input", recount);
  recount();

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) file.files = event.dataTransfer.files;
    });
  }

  // Another language keeps what was typed: the form goes along.
  for (const link of document.querySelectorAll(".switch a")) {
    link.addEventListener("click", (event) => {
      if (!text.value.trim()) return;
      event.preventDefault();
      file.value = "";
      form.action = "/form" + link.search;
      form.submit();
    });
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter && !event.submitter.classList.contains("primary")) return;
    event.submitter.textContent = form.dataset.busy;
    event.submitter.setAttribute("aria-disabled", "true");
    form.setAttribute("aria-busy", "true");
  });
  // Back from an answer the browser may show the page as it was left.
  const label = form.querySelector(".primary"), idle = label.textContent;
  addEventListener("pageshow", () => {
    label.textContent = idle;
    label.removeAttribute("aria-disabled");
    form.removeAttribute("aria-busy");
  });
}

if ($("error")) $("error").focus();

// The note of a mark beside it, on focus, hover, Enter or touch; Escape puts it away.
const pop = document.createElement("div");
pop.className = "pop";
pop.hidden = true;
pop.setAttribute("aria-hidden", "true"); // the mark's own description says the same
let shown = null;

const hide = () => { pop.hidden = true; shown = null; };

const show = (mark) => {
  const note = $(mark.getAttribute("aria-describedby"));
  if (!note) return;
  const said = note.tagName === "P" ? [note] : [...note.children];
  pop.replaceChildren(...said.map((one) => {
    const line = document.createElement("p");
    line.textContent = one.textContent;
    return line;
  }));
  pop.hidden = false;
  shown = mark;
  const box = mark.getClientRects()[0], width = pop.offsetWidth;
  const left = Math.max(16, Math.min(box.left, document.documentElement.clientWidth - width - 16));
  const above = box.top > pop.offsetHeight + 16;
  pop.style.left = `${left + scrollX}px`;
  pop.style.top = `${scrollY + (above ? box.top - pop.offsetHeight - 8 : mark.getBoundingClientRect().bottom + 8)}px`;
};

const marks = document.querySelectorAll(".text a[href^='#e']");
if (marks.length) document.body.append(pop);
for (const mark of marks) {
  mark.addEventListener("focus", () => show(mark));
  mark.addEventListener("blur", hide);
  mark.addEventListener("mouseenter", () => show(mark));
  mark.addEventListener("mouseleave", () => { if (document.activeElement !== mark) hide(); });
  // The first Enter or touch shows the note, the second goes to it.
  mark.addEventListener("click", (event) => {
    if (shown === mark && mark.dataset.open) return;
    event.preventDefault();
    mark.dataset.open = "1";
    show(mark);
  });
}
addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
