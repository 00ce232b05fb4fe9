// The words of one record in this tab: what is kept here, what is pushed, what the server has answered. No screen.
//
// A save_id is a random writer, new whenever a record is opened, and a counter: the same text keeps its save_id, new
// text gets the next one, and `after` names the saves of earlier writers that this one goes on from. The text is kept in
// sessionStorage from the first letter until the server has named exactly this text as saved.

const PAUSE = 400; // ms without typing until a push
const LONGEST = 2000; // ms of typing without a push
const AGAIN = 2000; // ms until a push without an answer is repeated
const SLOWEST = 10000; // ms between two tries of a text that was refused
const AWAY = 3000; // ms without an answer until we say so
const CHAIN = 32; // earlier saves that a push can name
const NEAR = 1000; // characters before the limit from which on they are counted exactly

class Draft {
  constructor({ account, record, version, max_length }) {
    this.account = account;
    this.record = record;
    this.base = version;
    this.limit = max_length;
    this.after = [];
    this.writer = hex(crypto.getRandomValues(new Uint8Array(8)));
    this.counter = 0;
    this.pushes = Date.now(); // not below what an earlier draft at this place has counted to
    this.answered = "";
    this.refusal = null;
    this.delay = AGAIN;
    this.savedAt = null;
    this.unheard = 0;
    this.unheardSince = null;
    this.newSince = null;
  }

  // The text to begin with: what an earlier draft left in this tab, unless it was saved after all.
  begin({ text, saved_as, answer }) {
    const left = recalled(this.key());
    const isLost = left !== null && left.save_id !== saved_as && left.text !== wellFormed(text);
    this.read(isLost ? left.text : text);
    this.isKept = isLost;
    if (isLost) {
      this.base = left.base_version;
      this.after = [left.save_id, ...left.after].slice(0, CHAIN);
      this.sent = { id: null, text: null, isSaved: false };
      this.hasten();
    } else {
      forgo(this.key());
      this.sent = { id: null, text: this.text, isSaved: true };
      if (answer?.save_id === saved_as) this.savedAt = answer?.saved_at ?? null;
    }
    return this.text;
  }

  read(text) {
    this.text = wellFormed(text);
    this.length = this.text.length > this.limit - NEAR ? characters(this.text) : this.text.length;
  }

  typed(text) {
    this.read(text);
    this.isTyped = true;
    this.typedAt = Date.now();
    this.newSince = this.isNew() ? (this.newSince ?? this.typedAt) : null;
    this.keep();
  }

  isNew() {
    return this.text !== this.sent.text;
  }

  isSaved() {
    return this.sent.isSaved && !this.isNew();
  }

  isTooLong() {
    return this.length > this.limit;
  }

  isAway() {
    return this.unheardSince !== null && Date.now() - this.unheardSince > AWAY;
  }

  key() {
    return `kapjournal.unsent.${this.account}.${this.record}`;
  }

  id(counter) {
    return this.writer + counter.toString(16).padStart(16, "0");
  }

  keep() {
    if (this.isForgotten) return;
    if (this.isSaved()) {
      forgo(this.key());
      return;
    }
    const save_id = this.isNew() ? this.id(this.counter + 1) : this.sent.id;
    this.isKept = remember(this.key(), { save_id, after: this.after, base_version: this.base, text: this.text });
  }

  // One push at a time, so that a text changed elsewhere is copied once; after two seconds the newest words go anyway.
  isDue(patience) {
    return Date.now() >= this.due() + patience;
  }

  hasten() {
    this.sent.at = Date.now() - AGAIN;
  }

  due() {
    const words = this.isNew() && this.newSince ? Math.min(this.typedAt + PAUSE, this.newSince + LONGEST) : Infinity;
    if (this.sent.isSaved) return words;
    if (this.refusal !== null) return Math.min(words, this.sent.at + this.delay);
    return this.sent.at + AGAIN;
  }

  // The next push, or null if there is nothing to push.
  push() {
    if (this.isForgotten || this.isSaved() || this.isTooLong()) return null;
    if (this.isNew()) {
      this.counter += 1;
      this.sent = { id: this.id(this.counter), text: this.text, isSaved: false };
    }
    this.keep();
    this.sent.at = Date.now();
    this.newSince = null;
    this.pushes += 1;
    this.unheard += 1;
    this.unheardSince ??= this.sent.at;
    const typed = Boolean(this.isTyped);
    this.isTyped = false;
    return {
      save_id: this.sent.id,
      after: this.after,
      base_version: this.base,
      text: this.text,
      typed,
      record: this.record,
      n: this.pushes,
    };
  }

  hear({ answer, heard }) {
    if (heard === this.pushes) this.wasHeard();
    if (!answer?.save_id.startsWith(this.writer) || answer.save_id < this.answered) return;
    this.wasHeard();
    this.answered = answer.save_id;
    if (answer.message === undefined) this.acknowledged(answer);
    else this.refused(answer);
  }

  wasHeard() {
    this.unheard = 0;
    this.unheardSince = null;
  }

  refused({ save_id, message }) {
    if (save_id !== this.sent.id || this.sent.isSaved) return;
    if (this.refusal !== null) this.delay = Math.min(this.delay * 1.5, SLOWEST);
    this.refusal = message;
  }

  acknowledged({ save_id, version, record, saved_at, copied }) {
    const before = this.key();
    this.record = record;
    this.base = version;
    this.after = [];
    this.isCopy ||= copied;
    if (save_id === this.sent.id) {
      this.sent.isSaved = true;
      this.savedAt = saved_at;
      this.refusal = null;
      this.delay = AGAIN;
    }
    if (this.key() !== before) forgo(before);
    this.keep();
  }
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What UTF-8 and every database can hold; line ends as a text box has them.
function wellFormed(text) {
  return text.replace(/\r\n?/g, "\n").replace(/\0/g, "").replace(/\p{Surrogate}/gu, "\ufffd");
}

function characters(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function recalled(key) {
  try {
    const left = JSON.parse(sessionStorage.getItem(key));
    return typeof left?.text === "string" && Array.isArray(left.after) ? left : null;
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function forgo(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing can be kept here, so nothing is.
  }
}
