// Passages kept while reading, for a trainer's session; and what its pages do better with a script.
// Everything but keeping passages works by plain forms without it. Kept in this tab's memory only
// (sessionStorage), and told to the other tabs of the product that are open.
(() => {
  "use strict";
  const KEY = "reperes-seance";
  const MOST = 30;
  const PREVIEW = 160;

  const sound = (kept) =>
    (Array.isArray(kept) ? kept : [])
      .filter((one) => one && typeof one.place === "string" && typeof one.words === "string")
      .slice(0, MOST);
  const read = () => {
    try {
      return sound(JSON.parse(sessionStorage.getItem(KEY) || "[]"));
    } catch {
      return [];
    }
  };
  const channel = window.BroadcastChannel ? new BroadcastChannel(KEY) : null;
  const write = (kept, tell = true) => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(sound(kept)));
    } catch {
      return; // no memory is given to the page: nothing is kept
    }
    if (tell) channel?.postMessage({ kept: read() });
    show();
  };
  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data?.asks && read().length) channel.postMessage({ kept: read(), first: true });
      else if (data?.kept && !(data.first && read().length)) write(data.kept, false);
    };
  }

  // The buttons « Ajouter à ma séance », wherever the page puts them and whenever it does.
  const wordsOf = (button) => {
    const around = button.closest(".carte, .passage") || document.querySelector("main") || document;
    const found = ["mark.cite", "mark", "blockquote"].map((one) => around.querySelector(one));
    const line = (found.find(Boolean)?.textContent || "").replace(/\s+/g, " ").trim();
    return line.length > PREVIEW ? `${line.slice(0, PREVIEW)}…` : line;
  };
  const mark = () => {
    const places = new Set(read().map((one) => one.place));
    for (const button of document.querySelectorAll("button.garder")) {
      const pressed = String(places.has(button.value));
      if (button.hidden) button.hidden = false;
      if (button.getAttribute("aria-pressed") !== pressed)
        button.setAttribute("aria-pressed", pressed);
    }
  };
  const toggle = (button) => {
    const kept = read();
    const others = kept.filter((one) => one.place !== button.value);
    const added = { place: button.value, words: wordsOf(button) };
    write(others.length < kept.length ? others : [...kept, added]);
  };

  // The list of what was kept, in the pages of the session.
  const row = (one, choosing) => {
    const item = document.createElement("li");
    const line = document.createElement(choosing ? "label" : "span");
    if (choosing) {
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", name: "ajouter", value: one.place, checked: true });
      line.append(box, " ");
    }
    line.append(one.words || one.place);
    item.append(line);
    return item;
  };
  const list = () => {
    const section = document.querySelector(".gardes");
    if (!section) return;
    const kept = read();
    const choosing = section.closest("form.seance") !== null;
    section.hidden = kept.length === 0;
    section.querySelector("ul").replaceChildren(...kept.map((one) => row(one, choosing)));
  };
  const show = () => {
    mark();
    list();
  };

  // Exercices of the theme chosen alone: the server refuses the others too.
  const offered = () => {
    const theme = document.querySelector(".seance-demande #theme");
    const years = theme?.form.querySelector("#exercice");
    if (!theme || !years) return;
    const told = theme.selectedOptions[0].dataset.exercices;
    const known = told === undefined ? null : told.split(" ");
    for (const one of years.options) {
      one.disabled = one.hidden = known !== null && one.value !== "" && !known.includes(one.value);
      if (one.disabled && one.selected) years.value = "";
    }
  };

  // Something says that the server works; a file arrives without a new page.
  const wait = (event) => {
    const line = event.target.querySelector(".attente");
    if (!line || event.defaultPrevented) return;
    if (event.target.matches(".seance-demande")) {
      event.preventDefault();
      follow(new URLSearchParams(new FormData(event.target)), line);
      return;
    }
    const file = event.submitter?.name === "format";
    line.textContent = file ? "Je prépare le fichier : il arrive dès qu'il est prêt…" : "Je rassemble les preuves et je prépare la séance…";
    if (file) setTimeout(() => { line.textContent = ""; }, 15000);
  };

  // The steps of a session in the making, then its page; the page alone if they can't be read.
  const follow = async (asked, line) => {
    line.textContent = "Je rassemble les preuves…";
    try {
      const answer = await fetch(`/seance/etapes?${asked}`);
      if (answer.ok && answer.body) {
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let step = await reader.read(); !step.done; step = await reader.read())
          line.textContent = step.value.trim().split("\n").pop();
      }
    } catch {
      // the page that follows says what is wrong
    }
    location.assign(`/seance?${asked}`);
  };

  // A question of the quiz is checked without a new page; if that fails, with one.
  const check = async (form, button) => {
    const given = new URLSearchParams(new FormData(form));
    given.append(button.name, button.value);
    const answer = await fetch("/seance/quiz", { method: "POST", body: given });
    if (!answer.ok) throw new Error("quiz");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const name = `#q${button.value}`;
    for (const place of [`${name} .reponses`, `${name} .correction`, "#score"])
      document.querySelector(place).innerHTML = page.querySelector(place).innerHTML;
  };
  let plain = false;

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!plain && event.target.matches("form.quiz") && button?.name === "verifier") {
      event.preventDefault();
      check(event.target, button).catch(() => {
        plain = true;
        button.click();
      });
    }
    wait(event);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".seance-demande #theme")) offered();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (button?.matches(".garder")) toggle(button);
    else if (button?.matches("#contenu .vider")) write([]);
    else if (button?.matches("#contenu .imprimer")) window.print();
    const link = event.target.closest?.('a[href^="/seance?theme="]');
    const line = document.querySelector(".seance-demande .attente");
    if (link && line && !event.defaultPrevented && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      line.scrollIntoView({ block: "center" });
      follow(new URL(link.href).searchParams, line);
    }
  });
  window.addEventListener("pageshow", () => {
    for (const line of document.querySelectorAll(".attente")) line.textContent = "";
  });
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(":is(form.seance details, details.volet):not([open])")];
    for (const one of folded) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  let due = false;
  const later = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      mark();
    });
  };
  const start = () => {
    for (const button of document.querySelectorAll("#contenu .imprimer, #contenu .vider"))
      button.hidden = false;
    if (document.querySelector(".gardes[data-vider]")) write([]);
    else show();
    offered();
    channel?.postMessage({ asks: true });
    const target = document.querySelector("form.seance") && location.hash.slice(1);
    if (target) document.getElementById(target)?.focus();
    new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
