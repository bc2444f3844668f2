// What stays on the device: the pack, the settings, the passages and the one-time passes that left (IndexedDB).
// Knows nothing of certificates.

const NAME = "panjereh-gate";
const VERSION = 1;

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore("state");
      database.createObjectStore("passages", { keyPath: "id" }).createIndex("at", "at");
      database.createObjectStore("used");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Runs `work` in one transaction, and gives its answer once all of it is written. */
async function within(stores, mode, work) {
  const transaction = (await open()).transaction(stores, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  const result = await work(transaction);
  await done;
  return result;
}

export const get = (key) => within("state", "readonly", (all) => answer(all.objectStore("state").get(key)));
export const set = (key, value) => within("state", "readwrite", (all) => answer(all.objectStore("state").put(value, key)));

/** When a one-time pass left through this gate; nothing if it did not. */
export const usedAt = (name) => within("used", "readonly", (all) => answer(all.objectStore("used").get(name)));

/**
 * Notes a passage; with `once`, only if that one-time pass has not left here before, also in another tab at the same moment.
 * Whether it was noted.
 */
export async function note(passage, once) {
  try {
    await within(["passages", "used"], "readwrite", async (all) => {
      if (once) all.objectStore("used").add(passage.at, once);
      all.objectStore("passages").add(passage);
    });
    return true;
  } catch (error) {
    if (error.name === "ConstraintError") return false;
    throw error;
  }
}

/** All passages, the newest first. */
export async function passages() {
  const all = await within("passages", "readonly", (stores) => answer(stores.objectStore("passages").index("at").getAll()));
  return all.reverse();
}

/** Writes down what the zone said of passages, by their ids. */
export function settle(outcomes) {
  return within("passages", "readwrite", async (all) => {
    const store = all.objectStore("passages");
    for (const { id, outcome } of outcomes) {
      const passage = await answer(store.get(id));
      if (passage) store.put({ ...passage, outcome });
    }
  });
}

/** Forgets passages that were handed in before a moment. */
export function forget(before) {
  return within("passages", "readwrite", async (all) => {
    const store = all.objectStore("passages");
    const old = await answer(store.index("at").getAll(IDBKeyRange.upperBound(before)));
    for (const { id, outcome } of old) if (outcome && outcome !== "differs") store.delete(id);
  });
}
