// Keeps one recording of an account in this tab until it is saved: sealed in IndexedDB, its key in sessionStorage.
//
// IndexedDB holds megabytes but belongs to the whole browser and outlives the tab; the key does not. Who closes the tab
// or signs out leaves bytes that nobody can open, and the next recording sweeps them away.

const BASE = "kapjournal";
const STORE = "voice";
const STALE = 24 * 3600 * 1000; // ms; no sign-in lasts longer

// Resolves to whether the recording is kept.
async function keepSealed(account, { id, bytes, ...more }) {
  try {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await tabKey(secret), bytes);
    await inStore("readwrite", (store) => {
      sweep(store);
      return store.put({ id, at: Date.now(), iv, sealed });
    });
    sessionStorage.setItem(tabPlace(account), JSON.stringify({ id, secret: hex(secret), ...more }));
    return true;
  } catch {
    return false;
  }
}

// Resolves to what `keepSealed` was given, or null.
async function recallSealed(account) {
  try {
    const left = JSON.parse(sessionStorage.getItem(tabPlace(account)));
    if (!left) return null;
    const { secret, ...more } = left;
    const { iv, sealed } = await inStore("readonly", (store) => store.get(left.id));
    const key = await tabKey(Uint8Array.from(secret.match(/../g), (byte) => parseInt(byte, 16)));
    return { ...more, bytes: new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)) };
  } catch {
    return null;
  }
}

async function dropSealed(account, id) {
  try {
    sessionStorage.removeItem(tabPlace(account));
    await inStore("readwrite", (store) => store.delete(id));
  } catch {
    // Nothing can be kept here, so nothing is.
  }
}

function tabPlace(account) {
  return `kapjournal.unsent.${account}.voice`; // `resume` erases what begins like this at sign-out
}

function tabKey(secret) {
  return crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function sweep(store) {
  store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    if (cursor.value.at < Date.now() - STALE) cursor.delete();
    cursor.continue();
  };
}

function inStore(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(BASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const base = opening.result;
      const transaction = base.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.addEventListener("complete", () => base.close());
    };
  });
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
