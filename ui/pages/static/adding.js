// Progress of a file being sent, and of a publication. Without it, the pages work by plain forms.
"use strict";

function follow(state) {
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("suivi");
      if (!next) location.reload(); // the server was restarted, and says what became of it
      if (next && next.innerHTML !== state.innerHTML) state.innerHTML = next.innerHTML;
      if (next && next.dataset.etat === "running") follow(state);
    } catch {
      follow(state); // the server may be busy: ask again
    }
  }, 1000);
}

// Sends one file; tells how far it is, then gives what the server says of it.
function sent(form, file, told) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const refused = (text) => done({ file, refused: [text] });
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) told(`Envoi de ${file.name}…`, (100 * event.loaded) / event.total);
    };
    request.upload.onload = () => told(`Lecture de ${file.name}…`);
    request.onload = () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const fault = page.getElementById("faute");
      const faults = fault ? [...fault.querySelectorAll("li")] : [];
      const texts = (faults.length || !fault ? faults : [fault]).map((one) => one.textContent);
      if (request.status >= 400 && !texts.length) {
        const said = page.querySelector("main .avis, main .chapeau");
        texts.push(said ? said.textContent : "Le fichier n'a pas pu être envoyé : recommencez.");
      }
      done({ file, refused: texts, address: request.status < 400 && !texts.length && request.responseURL });
    };
    request.onerror = () => refused("Le serveur ne répond plus : vérifiez qu'il tourne, recommencez.");
    if (file.size > Number(form.elements.fichier.dataset.max)) {
      refused("Ce fichier dépasse 25 Mo : enregistrez-le sans ses images, ou découpez-le.");
      return;
    }
    const body = new FormData();
    body.append("cle", form.elements.cle.value);
    body.append("fichier", file);
    request.open("POST", form.action);
    request.send(body);
  });
}

// What was read whole, before the list of what wasn't.
function summary(all, read, faults) {
  const whole = read > 1 ? `${read} fichiers lus` : "1 fichier lu";
  if (!faults) return `${whole}.`;
  const left = all.length - read;
  const missing = all.length === 1 ? `« ${all[0].file.name} » n'a pas été lu en entier` : left > 1 ? `${left} fichiers refusés ou lus en partie` : "1 fichier refusé ou lu en partie";
  return `${read ? `${whole}, ` : ""}${missing} :`;
}

async function send(form) {
  const box = form.querySelector(".avance");
  const bar = box.querySelector("progress");
  const words = box.querySelector("span");
  const outcome = form.querySelector(".bilan");
  const button = form.querySelector("button");
  const field = form.elements.fichier;
  const files = [...field.files];
  if (!files.length) return;
  document.getElementById("faute")?.remove();
  button.disabled = true;
  outcome.hidden = true;
  outcome.replaceChildren();
  box.hidden = bar.hidden = false;
  box.classList.remove("refus");
  const most = Number(field.dataset.nombre);
  if (files.length > most) {
    bar.hidden = true;
    button.disabled = false;
    field.value = "";
    box.classList.add("refus");
    words.textContent = `Vous avez choisi ${files.length} fichiers, et ${most} au plus s'envoient à la fois : recommencez en plusieurs envois.`;
    return;
  }
  const all = [];
  for (const file of files) {
    const rank = files.length > 1 ? ` (${all.length + 1} sur ${files.length})` : "";
    const told = (text, value) => {
      if (value === undefined) bar.removeAttribute("value");
      else bar.value = value;
      if (words.textContent !== text + rank) words.textContent = text + rank;
    };
    told(`Envoi de ${file.name}…`, 0);
    all.push(await sent(form, file, told));
  }
  if (all.length === 1 && all[0].address && !all[0].address.endsWith("/ajouter")) {
    location.assign(all[0].address);
    return;
  }
  const faults = all.flatMap((one) =>
    one.refused.map((text) => (text.includes(one.file.name) || one.refused.length > 1 ? text : `« ${one.file.name} » : ${text}`)),
  );
  const alone = all.length === 1 && faults.length === 1; // said at once, without a list
  for (const text of alone ? [] : faults) {
    const line = document.createElement("li");
    line.className = "refus";
    line.textContent = text;
    outcome.append(line);
  }
  const read = all.filter((one) => one.address).length;
  bar.hidden = true;
  button.disabled = false;
  field.value = "";
  outcome.hidden = alone || !faults.length;
  box.classList.toggle("refus", faults.length > 0);
  words.textContent = alone ? faults[0] : summary(all, read, faults.length);
  try {
    const page = new DOMParser().parseFromString(await (await fetch("/ajouter")).text(), "text/html");
    document.getElementById("lus").replaceWith(page.getElementById("lus"));
  } catch {
    location.reload();
  }
}

const state = document.getElementById("suivi");
if (state) follow(state);
const form = document.querySelector("form.envoi");
if (form) {
  const field = form.elements.fichier;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  field.addEventListener("change", () => field.files.length && send(form));
  for (const name of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(name, (event) => {
      form.classList.toggle("vise", name === "dragover");
      if (name === "dragleave" || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (name === "drop") {
        field.files = event.dataTransfer.files;
        send(form);
      }
    });
  }
}
