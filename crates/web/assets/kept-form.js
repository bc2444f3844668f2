// Keeps on the device what an officer fills in on the spot, photographs too, until it is sent: a connection that breaks takes nothing away. Nothing leaves the
// device by it, and without it the page works as it did. Knows nothing of what the fields mean.
"use strict";

const NAME = "panjereh-kept-forms";
/** What nobody came back for goes after a week. */
const KEPT_MS = 7 * 24 * 3600 * 1000;
/** So long after the last key something is kept. */
const PAUSE_MS = 300;

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("forms", { keyPath: "form" });
  const database = await answer(request);
  // Whoever signs out in another window deletes it all, and waits for nobody.
  database.onversionchange = () => database.close();
  return database;
}

const forms = (database, mode) => database.transaction("forms", mode).objectStore("forms");

/** Deletes what is another's, what is old, and what `isGone`. */
async function clear(database, owner, isGone) {
  const old = Date.now() - KEPT_MS;
  const kept = await answer(forms(database, "readonly").getAll());
  for (const one of kept)
    if (one.owner !== owner || one.at < old || isGone(one)) await answer(forms(database, "readwrite").delete(one.form));
}

/** What stands in a form. What is hidden is the page's own: it is never kept, least of all the session's secret. */
function filled(form) {
  const fields = [];
  const files = [];
  for (const field of form.elements) {
    if (!field.name || ["hidden", "submit", "button", "fieldset"].includes(field.type)) continue;
    if (field.type === "file") for (const file of field.files) files.push([field.name, file]);
    else if (["radio", "checkbox"].includes(field.type)) field.checked && fields.push([field.name, field.value]);
    else if (field.value !== "") fields.push([field.name, field.value]);
  }
  return { fields, files };
}

/** Whether somebody changed a field since the page came. */
const isTouched = (field) =>
  field.type === "file"
    ? field.files.length > 0
    : "checked" in field && ["radio", "checkbox"].includes(field.type)
      ? field.checked !== field.defaultChecked
      : field.value !== (field.defaultValue ?? "");

function restore(form, { fields, files }) {
  const named = (name) => [...form.elements].filter((field) => field.name === name);
  for (const [name, value] of fields) {
    const own = named(name);
    if (own.some(isTouched)) continue;
    for (const field of own) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === value || (field.type === "checkbox" && field.checked);
      else if (field.type !== "file" && field.type !== "hidden") field.value = value;
    }
  }
  for (const field of form.elements) {
    const own = files.filter(([name]) => name === field.name);
    if (field.type !== "file" || own.length === 0 || isTouched(field)) continue;
    const chosen = new DataTransfer();
    for (const [, file] of own) chosen.items.add(file);
    field.files = chosen.files;
  }
}

async function keep(form, database) {
  const { keep: name, owner } = form.dataset;
  const { fields, files } = filled(form);
  const put = (files) => answer(forms(database, "readwrite").put({ form: name, owner, at: Date.now(), fields, files }));
  // Where there is no room for the photographs there may be for the words.
  await put(files).catch(() => put([]));
}

async function attend(form) {
  const database = await open();
  const [own, owner] = [form.dataset.keep, form.dataset.owner];
  const about = own.split("/")[0] + "/";
  await clear(database, owner, (one) => one.form.startsWith(about) && one.form !== own);
  const kept = await answer(forms(database, "readonly").get(own));
  if (kept) {
    restore(form, kept);
    form.querySelector("[data-kept]").hidden = false;
  }
  let pause = 0;
  const now = () => {
    clearTimeout(pause);
    return keep(form, database).catch(() => {});
  };
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(now, PAUSE_MS);
  });
  form.addEventListener("change", now);
  addEventListener("pagehide", now);
  form.addEventListener("submit", (event) => {
    now();
    const away = form.querySelector("[data-away]");
    away.hidden = navigator.onLine;
    if (navigator.onLine) return;
    // The browser's own page of errors would say less, and hide what is filled in.
    event.preventDefault();
    away.focus();
  });
  document.documentElement.dataset.kept = "ready";
}

async function forget({ keepGone, owner }) {
  const database = await open();
  await clear(database, owner, (one) => one.form.startsWith(keepGone + "/"));
  document.documentElement.dataset.kept = "gone";
}

const failed = () => (document.documentElement.dataset.kept = "failed");
for (const form of document.querySelectorAll("form[data-keep]")) attend(form).catch(failed);
for (const gone of document.querySelectorAll("[data-keep-gone]")) forget(gone.dataset).catch(failed);
// Whoever signs out leaves nothing behind.
if (document.querySelector("[data-keep-nothing]"))
  answer(indexedDB.deleteDatabase(NAME)).then(() => (document.documentElement.dataset.kept = "nothing"), failed);
