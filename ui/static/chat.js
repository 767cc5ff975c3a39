/* Repères: what Gradio leaves to do around the chat. Works without eval (security policy).
   WORDS holds its French sentences (ui.chat_texts). */
(() => {
  "use strict";
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scrollTo = (element, block) =>
    element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

  /* A call opens its card; Escape, from a card, goes back to the call that opened it. */
  let call = null;
  const show = (link) => {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details"))
      fold.open = true;
    for (const former of document.querySelectorAll(".active")) former.classList.remove("active");
    target.classList.add("active");
    if (link.matches(".appel")) call = link;
    const turn = target.id.replace("source-", "").split("-")[0];
    const marks = document.querySelectorAll(`#reponse-${turn} a.appel[href="#${target.id}"]`);
    if (!link.matches(".appel")) call = marks[0] || call;
    (link.matches(".appel") ? link : call)?.classList.add("active");
    scrollTo(target, target.classList.contains("carte") ? "nearest" : "start");
    target.focus({ preventScroll: true });
    return true;
  };

  const back = () => {
    if (!call || !call.isConnected) return false;
    document.querySelector(".carte.active")?.classList.remove("active");
    scrollTo(call, "nearest");
    call.focus({ preventScroll: true });
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const chip = event.target.closest && event.target.closest("details.puce[open]");
    if (chip) {
      chip.open = false;
      chip.querySelector("summary").focus();
    } else if (event.target.closest && event.target.closest(".carte")) back();
  });

  /* Something moves at once when a question leaves, before the server's first step. */
  const html = document.documentElement;
  const status = () => document.getElementById("etat")?.textContent.trim() || "";
  let before = "";
  let given = 0; // how many answers may go: one that is asked again, all when a person clears
  const leave = (again) => {
    before = status();
    given = again ? 1 : 0;
    html.classList.add("parti");
  };

  /* Without its server the page stays readable, keeps the question, and says when to go on. */
  const KEPT = "reperes-question";
  const box = () => document.querySelector("#question textarea");
  let lost = "";
  let leaving = false;
  let asked = "";
  window.addEventListener("pagehide", () => { leaving = true; });
  const tell = (words, action) => {
    let notice = document.getElementById("liaison");
    if (!notice) {
      notice = document.createElement("div");
      notice.id = "liaison";
      notice.setAttribute("role", "alert");
      document.body.append(notice);
    }
    notice.textContent = words;
    if (!action) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = WORDS.reload;
    button.addEventListener("click", reload);
    notice.append(" ", button);
  };
  const reload = () => {
    const question = box()?.value || (busy() ? asked : "");
    if (question) sessionStorage.setItem(KEPT, question);
    location.reload();
  };
  const listen = () => {
    if (leaving) return;
    plainFetch("/api/health").then(
      (answer) => {
        if (!answer.ok) return setTimeout(listen, 3000);
        lost = "back";
        tell(WORDS.back, true);
      },
      () => setTimeout(listen, 3000),
    );
  };
  const offline = () => {
    if (lost || leaving) return;
    lost = "away";
    html.classList.add("hors-ligne");
    html.classList.remove("parti");
    tell(WORDS.away);
    setTimeout(listen, 1000);
  };
  const plainFetch = window.fetch.bind(window);
  const failed = (error) => { if (error.name !== "AbortError") offline(); };
  const ended = () => { if (busy()) plainFetch("/api/health").catch(offline); }; // or a server that stops
  const watch = (reader) =>
    reader.read().then((read) => (read.done ? ended() : watch(reader)), failed);
  window.fetch = (resource, options) => {
    const address = String(resource.url || resource);
    const answered = plainFetch(resource, options);
    if (address.includes("/gradio_api/"))
      answered.then((answer) => {
        const stream = address.includes("/queue/data") && answer.ok && answer.clone().body;
        if (stream) watch(stream.getReader());
        if (!answer.ok) html.classList.remove("parti"); // refused: nothing goes on
      }, failed);
    return answered;
  };
  const restore = () => {
    const kept = box() && sessionStorage.getItem(KEPT);
    if (!kept) return;
    sessionStorage.removeItem(KEPT);
    box().value = kept;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };
  const departs = (event) => {
    const target = event.target.closest ? event.target : document.body;
    if (event.type === "keydown") return event.key === "Enter" && !event.shiftKey && target.matches("#question textarea");
    return target.closest("#envoyer, .suggestions button, button.relancer") !== null;
  };
  for (const kind of ["click", "keydown"])
    document.addEventListener(kind, (event) => {
      if (event.target.closest && event.target.closest("#effacer")) given = Infinity;
      if (!departs(event)) return;
      if (lost) {
        event.preventDefault();
        event.stopImmediatePropagation();
        if (lost === "back") reload();
        else tell(WORDS.away);
        return;
      }
      asked = box()?.value || "";
      document.getElementById("liaison")?.remove();
      leave(event.target.closest("button.relancer"));
    }, true);

  /* Controls inside our HTML: each says its change to Gradio through one hidden field and button. */
  let wanted = "";
  const busy = () => document.querySelector("#envoyer:disabled") !== null;
  const say = (change) => {
    const field = document.querySelector("#changement :is(textarea, input)");
    const button = document.getElementById("reposer");
    if (!field || !button || busy()) return;
    field.value = change;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => button.click(), 0);
  };
  const change = (button) => {
    const choice = button.closest(".choix");
    const field = choice && choice.querySelector("select, input");
    const own = choice && choice.closest("details.puce");
    const filled = field && button.previousElementSibling === field;
    wanted = own ? own.id : "";
    if (!filled || field.value) say(button.value + (filled ? field.value : ""));
  };

  /* Copies: the clipboard where the browser gives it (a safe address), else a hidden selection. */
  const copyOf = (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "hors-ecran";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  };
  const copy = (button) => {
    const said = button.parentElement.querySelector(".dit");
    const answer = (words) => {
      said.textContent = "";
      setTimeout(() => { said.textContent = words; }, 50);
      button.focus();
    };
    copyOf(document.getElementById(button.value).textContent)
      .then(() => answer(WORDS.copied), () => answer(WORDS.notCopied));
  };
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".panneau :is(.groupe, .autres):not([open])")];
    for (const one of folded) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest) return;
    const link = event.target.closest("a.appel, a.retour, a.voisine");
    const button = event.target.closest("button.relancer, button.copier, button.imprimer");
    if (link && show(link)) event.preventDefault();
    if (button && button.matches(".relancer")) change(button);
    else if (button && button.matches(".copier")) copy(button);
    else if (button) window.print();
  });

  /* Chips fold on a narrow screen; once the question was put again, focus comes back to its chip. */
  let chips = null;
  let unfolded = false;
  const scope = () => {
    const found = document.querySelector("#cadre .plis");
    if (found === chips) return;
    if (chips) unfolded = chips.open;
    chips = found;
    if (!found) return;
    const lost = document.activeElement === document.body;
    const chip = wanted && document.getElementById(wanted);
    if (window.matchMedia("(max-width: 40rem)").matches) found.open = unfolded;
    if (chip && lost) chip.querySelector("summary").focus({ preventScroll: true });
    wanted = "";
  };

  /* A new question, then its answer, comes into view; the state of the answer is read out. */
  let shown = "";
  let answers = 0;
  const follow = () => {
    for (const state of document.querySelectorAll("#etat, #avis-etat"))
      if (!state.hasAttribute("role")) state.setAttribute("role", "status");
    const all = document.querySelectorAll("#conversation .echange");
    const last = all[all.length - 1];
    const key = last ? last.id + (last.querySelector(".en-cours") ? "" : " answered") : "";
    if (last && key !== shown) scrollTo(last, "start");
    if (key !== shown || status() !== before) html.classList.remove("parti");
    shown = key;
    const held = document.querySelectorAll("#conversation .pied").length;
    if (held < answers - given) tell(WORDS.forgotten);
    answers = held;
  };

  /* Arrows go from one reason to the next, as in any group of radio buttons. */
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches("#avis-raison input")) return;
    event.preventDefault();
    const all = [...document.querySelectorAll("#avis-raison input")];
    const next = all[(all.indexOf(event.target) + step + all.length) % all.length];
    next.focus();
    next.click();
  });

  /* The form on an answer comes into view; once sent, the thanks take the focus that it had. */
  let opened = null;
  let said = null;
  let over = true;
  const opinion = () => {
    const title = document.querySelector("#avis-raison [data-testid=block-info]");
    if (!title || !document.getElementById("avis-envoyer")) opened = null;
    else if (title !== opened) {
      opened = title;
      title.closest("fieldset").setAttribute("aria-label", title.textContent.trim());
      scrollTo(document.getElementById("avis-formulaire"), "nearest");
    }
    const message = document.querySelector("#avis-etat p");
    const ended = !document.querySelector("#avis-choix, #avis-formulaire");
    if (message && (message !== said || ended !== over)) {
      scrollTo(message, "nearest");
      if (ended && document.activeElement === document.body) message.focus({ preventScroll: true });
    }
    said = message;
    over = ended;
  };
  /* Gradio titles whatever the server refuses in English, in a button that holds another. */
  const refusals = () => {
    for (const title of document.querySelectorAll(".toast-title")) {
      const words = title.firstChild; // beside it, how many there are
      if (words.textContent.trim() === "Error") words.textContent = `${WORDS.refused} `;
    }
    for (const header of document.querySelectorAll(".toast-header[role]")) {
      header.removeAttribute("role");
      header.removeAttribute("tabindex");
      header.querySelector("button").setAttribute("aria-label", WORDS.close);
    }
  };
  html.lang = "fr";
  const changed = () => {
    follow();
    restore();
    scope();
    opinion();
    refusals();
  };
  new MutationObserver(changed).observe(document.documentElement, { childList: true, subtree: true });
  changed();
})();
