// A text box that does not lose a word.
//
// What is typed is kept in the tab at once (sessionStorage), pushed to the server until the server answers, and dropped
// from the tab only when the server has named exactly this text as saved. A save_id is a random writer, new whenever a
// record is opened, and a counter: the same text keeps its save_id, new text gets the next one.
//
// HTML and CSS, the files beside this one, arrive as constants before its first line.

const PAUSE = 400; // ms without typing until a push
const LONGEST = 2000; // ms of typing without a push
const AGAIN = 2000; // ms until a push without an answer is repeated
const SLOWEST = 10000; // ms between two tries of a text that was refused
const AWAY = 3000; // ms without an answer until we say so
const HOLD = 1500; // ms that a tap on a link waits for the words before it
const SETTLE = 1000; // ms that a status stands until it is spoken
const TICK = 100;
const FOCUS = 1000; // ms of trying to come back from a dialog
const REDRAW = 300; // ms after which the page is drawn again, see `drawAgain`
const CHAIN = 32; // earlier saves that a push can name
const NEAR = 1000; // characters before the limit from which on they are counted

class Editor {
  constructor(root) {
    this.root = root;
    this.frame = root.appendChild(document.createElement("div"));
    this.frame.innerHTML = `<style>${CSS}</style>${HTML}`;
    for (const part of ["editor", "status", "count", "problem", "copied", "spoken"]) {
      this[part] = this.frame.querySelector(`.${part}`);
    }
    this.label = this.frame.querySelector("label");
    this.area = this.frame.querySelector("textarea");
    this.area.oninput = () => this.typed();
    this.area.onblur = () => this.left();
    this.listening = new AbortController();
    const { signal } = this.listening;
    addEventListener("pagehide", () => this.hurry(), { signal });
    addEventListener("kapjournal:forget", (event) => this.forget(event.detail.except), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.hurry(), { signal });
    document.addEventListener("pointerdown", (event) => this.touched(event), { signal, capture: true });
    document.addEventListener("click", (event) => this.clicked(event), { signal, capture: true });
  }

  // Opening

  update({ data, setStateValue }) {
    this.send = setStateValue;
    this.words = data.words;
    this.limit = data.max_length;
    this.dress(data);
    const place = `${data.account}.${data.record}`;
    if (!this.place) this.open(data);
    else this.hear(data);
    if (place !== this.place && place !== `${this.account}.${this.record}`) {
      this.leave();
      this.open(data);
    }
    this.place = place;
    this.show();
    this.letGo();
  }

  dress({ label, placeholder, tall, large }) {
    say(this.label, label);
    if (this.area.placeholder !== placeholder) this.area.placeholder = placeholder;
    this.editor.classList.toggle("tall", tall);
    this.editor.classList.toggle("large", large);
  }

  open(data) {
    this.account = data.account;
    this.record = data.record;
    this.base = data.version;
    this.after = [];
    this.writer = hex(crypto.getRandomValues(new Uint8Array(8)));
    this.counter = 0;
    this.pushes = Date.now(); // not below what an earlier editor of this place has counted to
    this.answered = "";
    this.refusal = null;
    this.delay = AGAIN;
    this.savedAt = null;
    this.unheardSince = null;
    this.unheard = 0;
    this.isCopy = false;
    this.byHand = false;
    this.newSince = null;
    this.recall(data);
  }

  // What an earlier editor left in this tab goes into the box, unless it was saved after all.
  recall(data) {
    const left = recalled(this.key());
    const saved = wellFormed(data.text);
    const lost = left && left.save_id !== data.saved_as && left.text !== saved ? left : null;
    this.fill(lost ? lost.text : saved);
    if (lost) {
      this.base = lost.base_version;
      this.after = [lost.save_id, ...lost.after].slice(0, CHAIN);
      this.sent = { id: null, text: null, saved: false };
      this.sentAt = 0;
      this.kept = true;
      this.watch();
    } else {
      forgo(this.key());
      this.sent = { id: null, text: this.text, saved: true };
      this.kept = false;
    }
  }

  fill(text) {
    if (this.area.value !== text) this.area.value = text;
    this.read();
  }

  read() {
    this.text = wellFormed(this.area.value);
    this.length = this.text.length > this.limit - NEAR ? characters(this.text) : this.text.length;
  }

  // Typing

  typed() {
    this.read();
    this.byHand = true;
    this.typedAt = Date.now();
    this.newSince = this.isNew() ? (this.newSince ?? this.typedAt) : null;
    this.keep();
    this.show();
    this.watch();
  }

  key() {
    return `kapjournal.unsent.${this.account}.${this.record}`;
  }

  id(counter) {
    return this.writer + counter.toString(16).padStart(16, "0");
  }

  isNew() {
    return this.text !== this.sent.text;
  }

  isSaved() {
    return this.sent.saved && !this.isNew();
  }

  isTooLong() {
    return this.length > this.limit;
  }

  keep() {
    if (this.forgotten) return;
    if (this.isSaved()) {
      forgo(this.key());
      return;
    }
    const save_id = this.isNew() ? this.id(this.counter + 1) : this.sent.id;
    this.kept = remember(this.key(), { save_id, after: this.after, base_version: this.base, text: this.text });
  }

  // Pushing

  watch() {
    this.timer ??= setInterval(() => this.tick(), TICK);
  }

  tick() {
    if (Date.now() >= this.due()) this.push();
    this.show();
    this.letGo();
    if (this.isSaved() || this.forgotten) this.rest();
  }

  rest() {
    clearInterval(this.timer);
    this.timer = null;
  }

  // One push at a time, so that a text changed elsewhere is copied once; after two seconds the newest words go anyway.
  due() {
    const words = this.isNew() && this.newSince ? Math.min(this.typedAt + PAUSE, this.newSince + LONGEST) : Infinity;
    if (this.sent.saved) return words;
    if (this.refusal !== null) return Math.min(words, this.sentAt + this.delay);
    return this.sentAt + AGAIN;
  }

  push() {
    if (this.closed || this.forgotten || this.isSaved() || this.isTooLong()) return;
    if (this.isNew()) {
      this.counter += 1;
      this.sent = { id: this.id(this.counter), text: this.text, saved: false };
    }
    this.keep();
    this.newSince = null;
    this.sentAt = Date.now();
    this.unheardSince ??= this.sentAt;
    this.unheard += 1;
    this.pushes += 1;
    this.send("save", {
      save_id: this.sent.id,
      after: this.after,
      base_version: this.base,
      text: this.text,
      typed: this.byHand,
      record: this.record,
      n: this.pushes,
    });
    this.byHand = false;
    this.isPushing = true;
    setTimeout(() => (this.isPushing = false));
    if (this.unheard > 1) this.drawAgain();
  }

  // A push from inside a fragment is dropped by a server that has never drawn the fragment, and it draws nothing but the
  // fragment even if a button was tapped in the same moment: Streamlit joins what happens in one task into one message.
  // `resume` stands outside of every fragment and asks for the whole page, later, so as to be a message of its own.
  drawAgain() {
    setTimeout(() => dispatchEvent(new CustomEvent("kapjournal:draw-again")), REDRAW);
  }

  hurry() {
    this.read();
    if (this.isNew()) this.push();
  }

  left() {
    this.hurry();
    const dialog = connectionDialog();
    if (dialog) this.comeBack(dialog);
  }

  // Without a server, Streamlit opens a dialog that takes the keyboard away in the middle of a word. The status says the
  // same more quietly, so the dialog is closed, and letters typed meanwhile go where they were meant.
  comeBack(dialog) {
    const catching = new AbortController();
    document.addEventListener("keydown", (event) => this.caught(event), { signal: catching.signal, capture: true });
    dialog.querySelector("button").click();
    const until = Date.now() + FOCUS;
    const back = () => {
      this.area.focus({ preventScroll: true });
      if (this.hasFocus() || this.closed || Date.now() > until) catching.abort();
      else setTimeout(back);
    };
    setTimeout(back);
  }

  caught(event) {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.area.setRangeText(event.key, this.area.selectionStart, this.area.selectionEnd, "end");
    this.typed();
  }

  hasFocus() {
    return this.root.activeElement === this.area;
  }

  // The words go when a finger goes down, to be ahead of whatever its tap does.
  touched(event) {
    if (event.composedPath()[0] !== this.area) this.hurry();
  }

  clicked(event) {
    this.touched(event);
    this.holdBack(event);
    if (this.isPushing && !this.held) this.drawAgain();
  }

  // Leaving the page drops a push that the server has not begun to read, so a tap on a link waits for the words.
  holdBack(event) {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node.tagName === "A");
    if (!link || link === this.passing || !leadsAway(link)) return;
    if (this.isSaved() || this.isTooLong() || this.forgotten || this.isAway()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = { link, until: Date.now() + HOLD };
    this.watch();
  }

  letGo() {
    if (!this.held || (!this.isSaved() && Date.now() < this.held.until)) return;
    this.passing = this.held.link;
    this.held = null;
    this.passing.click();
    this.passing = null;
  }

  // Answers

  hear({ answer, heard }) {
    if (heard === this.pushes) this.wasHeard();
    const isOurs = answer?.save_id.startsWith(this.writer) && answer.save_id >= this.answered;
    if (isOurs) {
      this.wasHeard();
      this.answered = answer.save_id;
      if (answer.message !== undefined) this.refused(answer);
      else this.acknowledged(answer);
    }
    // A server that has heard nothing yet has just been started: do not make the words wait.
    if (heard === null && this.sent.id && !this.isSaved()) setTimeout(() => this.push());
  }

  wasHeard() {
    this.unheardSince = null;
    this.unheard = 0;
  }

  refused({ save_id, message }) {
    if (save_id !== this.sent.id || this.sent.saved) return;
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
      this.sent.saved = true;
      this.savedAt = saved_at;
      this.refusal = null;
      this.delay = AGAIN;
    }
    if (this.key() !== before) forgo(before);
    this.keep();
  }

  // Saying

  isAway() {
    return this.unheardSince !== null && Date.now() - this.unheardSince > AWAY;
  }

  show() {
    const counted = { count: grouped(this.length), limit: grouped(this.limit) };
    const isTooLong = this.isTooLong();
    say(this.problem, isTooLong ? filled(this.words.too_long, counted) : (this.refusal ?? ""));
    say(this.count, this.length > this.limit - NEAR && !isTooLong ? filled(this.words.count, counted) : "");
    say(this.copied, this.isCopy ? this.words.copied : "");
    this.area.setAttribute("aria-invalid", String(isTooLong));
    if (say(this.status, this.statusText())) {
      clearTimeout(this.voice);
      this.voice = setTimeout(() => say(this.spoken, this.status.textContent), SETTLE);
    }
  }

  statusText() {
    if (this.isSaved()) return this.savedAt ? filled(this.words.saved, { time: this.savedAt }) : "";
    if (this.isTooLong() || !this.isAway()) return this.words.unsaved;
    return this.kept ? this.words.kept : this.words.only_here;
  }

  // Going

  forget(except) {
    if (this.account === except) return;
    this.forgotten = true;
    this.rest();
  }

  leave() {
    this.hurry();
    this.keep();
    this.rest();
    clearTimeout(this.voice);
  }

  // The words of an editor that makes room are in the tab already; what is left is the place of the caret.
  replace(other) {
    const { selectionStart, selectionEnd } = other.area;
    this.area.setSelectionRange(selectionStart, selectionEnd);
    if (other.hasFocus()) this.area.focus({ preventScroll: true });
    other.frame.remove();
  }

  close() {
    this.leave();
    this.closed = true;
    this.listening.abort();
  }
}

function say(element, text) {
  const isNews = element.textContent !== text;
  if (isNews) element.textContent = text;
  return isNews;
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What UTF-8 and every database can hold; line ends as the box has them.
function wellFormed(text) {
  return text.replace(/\r\n?/g, "\n").replace(/\0/g, "").replace(/\p{Surrogate}/gu, "\ufffd");
}

function characters(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function connectionDialog() {
  const dialogs = [...document.querySelectorAll("[role=dialog]")];
  return dialogs.find((dialog) => dialog.querySelector("h2")?.textContent === "Connection error");
}

function leadsAway(link) {
  return link.origin === location.origin && link.protocol.startsWith("http") && !link.target && !link.download;
}

function recalled(key) {
  try {
    const left = JSON.parse(sessionStorage.getItem(key));
    return left && typeof left.text === "string" && Array.isArray(left.after) ? left : null;
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

// Streamlit calls this at every change of data, and calls what it returns when the component is gone, or at once
// for a call that was overtaken by the next one while it loaded: only the latest call may close. After an update of the
// server, an editor made by an older version of this file makes room for one of this version.
export default function (component) {
  const root = component.parentElement;
  const former = root.editor;
  if (!(former instanceof Editor) || former.closed) {
    former?.close();
    root.editor = new Editor(root);
  }
  const editor = root.editor;
  const call = (editor.call = {});
  editor.update(component);
  if (former && former !== editor) editor.replace(former);
  return () => {
    if (editor.call === call) editor.close();
  };
}
