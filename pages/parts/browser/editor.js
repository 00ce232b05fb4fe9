// The text box: shows a Draft, pushes it when it is due, and says how it stands.
//
// draft.js and the files beside this one, as the constants HTML and CSS, arrive before its first line.

const HOLD = 1500; // ms that a tap on a link waits for the words before it
const SETTLE = 1000; // ms that a status stands until it is spoken
const FOCUS = 1000; // ms of trying to come back from a dialog
const REDRAW = 300; // ms after which the page is drawn again, see `drawAgain`
const BUSY = 5000; // ms that a push waits for a script to end
const GONE = 2000; // ms within which a box that was taken away and put back gets its keyboard back
const TICK = 100;

const PARTING = Symbol.for("kapjournal.parting"); // on window: the caret of the box that was taken away last

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

  update({ data: [data], setStateValue }) {
    this.send = setStateValue;
    this.words = data.words;
    this.dress(data);
    this.hear(data);
    const place = `${data.account}.${data.record}`;
    const isElsewhere = place !== this.place && place !== `${this.draft?.account}.${this.draft?.record}`;
    this.place = place;
    if (isElsewhere) this.open(data);
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
    this.leave();
    this.draft = new Draft(data);
    const text = this.draft.begin(data);
    if (this.area.value !== text) this.area.value = text;
    this.goOn(window[PARTING]);
    this.watch();
  }

  hear(data) {
    this.draft?.hear(data);
    // A server that has heard nothing yet has just been started: do not make the words wait.
    if (data.heard === null && this.draft?.unheard) this.draft.hasten();
  }

  // Pushing

  typed() {
    this.draft.typed(this.area.value);
    this.show();
    this.watch();
  }

  watch() {
    this.timer ??= setInterval(() => this.tick(), TICK);
  }

  rest() {
    clearInterval(this.timer);
    this.timer = null;
  }

  // A push that Streamlit runs right behind a drawing of the whole page makes it take this box away and put a new one
  // there, without caret and keyboard: words wait for the script to end.
  tick() {
    if (this.draft.isDue(isRunning() ? BUSY : 0)) this.push();
    this.show();
    this.letGo();
    if (this.draft.isSaved() || this.draft.isForgotten) this.rest();
  }

  push() {
    const save = this.isClosed ? null : this.draft.push();
    if (!save) return;
    this.send("save", save);
    this.isPushing = true;
    setTimeout(() => (this.isPushing = false));
    if (this.draft.unheard % 3 === 2) this.drawAgain();
  }

  hurry() {
    this.draft.read(this.area.value);
    if (this.draft.isNew()) this.push();
  }

  // A push from inside a fragment is dropped by a server that has never drawn the fragment, and it draws nothing but the
  // fragment even if a button was tapped in the same moment: Streamlit joins what happens in one task into one message.
  // `resume` stands outside of every fragment and asks for the whole page, later, so as to be a message of its own.
  drawAgain() {
    setTimeout(() => {
      if (isRunning()) this.drawAgain();
      else dispatchEvent(new CustomEvent("kapjournal:draw-again"));
    }, REDRAW);
  }

  // Taps elsewhere

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
    const { draft } = this;
    if (draft.isSaved() || draft.isTooLong() || draft.isForgotten || draft.isAway()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = { link, until: Date.now() + HOLD };
    this.watch();
  }

  letGo() {
    if (!this.held || (!this.draft.isSaved() && Date.now() < this.held.until)) return;
    this.passing = this.held.link;
    this.held = null;
    this.passing.click();
    this.passing = null;
  }

  // The keyboard

  hasFocus() {
    return this.root.activeElement === this.area;
  }

  // Streamlit sometimes takes a box away and puts a new one there; who was writing goes on at the same letter.
  goOn(parting) {
    if (parting?.place !== this.place || Date.now() - parting.at > GONE) return;
    this.area.setSelectionRange(parting.start, parting.end);
    if (parting.isInUse) this.area.focus({ preventScroll: true });
  }

  left() {
    this.leftAt = Date.now();
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
      if (this.hasFocus() || this.isClosed || Date.now() > until) catching.abort();
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

  // Saying

  show() {
    const { length, limit, refusal, isCopy } = this.draft;
    const isTooLong = this.draft.isTooLong();
    const counted = { count: grouped(length), limit: grouped(limit) };
    say(this.problem, isTooLong ? filled(this.words.too_long, counted) : (refusal ?? ""));
    say(this.count, length > limit - NEAR && !isTooLong ? filled(this.words.count, counted) : "");
    say(this.copied, isCopy ? this.words.copied : "");
    this.area.setAttribute("aria-invalid", String(isTooLong));
    if (say(this.status, this.statusText())) {
      clearTimeout(this.voice);
      this.voice = setTimeout(() => say(this.spoken, this.status.textContent), SETTLE);
    }
  }

  statusText() {
    const { draft, words } = this;
    if (draft.isSaved()) return draft.savedAt ? filled(words.saved, { time: draft.savedAt }) : "";
    if (draft.isTooLong() || !draft.isAway()) return words.unsaved;
    return draft.isKept ? words.kept : words.only_here;
  }

  // Going

  forget(except) {
    if (this.draft.account === except) return;
    this.draft.isForgotten = true;
    this.rest();
  }

  leave() {
    if (!this.draft) return;
    this.hurry();
    this.draft.keep();
    this.rest();
    clearTimeout(this.voice);
  }

  close() {
    if (this.isClosed) return;
    const { selectionStart: start, selectionEnd: end } = this.area;
    const isInUse = this.hasFocus() || Date.now() - this.leftAt < TICK; // taking a box away takes its keyboard first
    window[PARTING] = { place: this.place, isInUse, start, end, at: Date.now() };
    this.leave();
    this.isClosed = true;
    this.listening.abort();
    this.frame.remove();
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

function connectionDialog() {
  const dialogs = [...document.querySelectorAll("[role=dialog]")];
  return dialogs.find((dialog) => dialog.querySelector("h2")?.textContent === "Connection error");
}

function isRunning() {
  return document.querySelector("[data-test-script-state=running]") !== null;
}

function leadsAway(link) {
  return link.origin === location.origin && link.protocol.startsWith("http") && !link.target && !link.download;
}

// Streamlit calls this at every change of data, and calls what it returns when the component is gone, or at once
// for a call that was overtaken by the next one while it loaded: only the latest call may close. After an update of the
// server, an editor made by an older version of this file makes room for one of this version.
export default function (component) {
  const root = component.parentElement;
  const former = root.editor;
  if (!(former instanceof Editor) || former.isClosed) {
    former?.close();
    root.editor = new Editor(root);
  }
  const editor = root.editor;
  const call = (editor.call = {});
  editor.update(component);
  return () => {
    if (editor.call === call) editor.close();
  };
}
