// Keeps the sign-in token in this tab, tells the server what the tab holds, and has the page drawn when it must be.

const TOKEN = "kapjournal.token";
const UNSENT = "kapjournal.unsent.";
const CONNECTION = "data-test-connection-state";
const SCRIPT = "data-test-script-state";
const LOADED_AGAIN = "kapjournal.loaded_again";
const MINUTE_MS = 60_000;
const PAUSE_MS = 300; // longer than Streamlit rests between two runs that belong together

// What outlives the component, which Streamlit makes anew for every page.
const memory = (window.kapjournalMemory ??= {
  carriedOut: null, // the last order
  spare: null, // the token where sessionStorage does not work: lives as long as this page
  asked: 0,
  reported: null, // what the server was told last; told again on every page, each page would be drawn twice
  due: false, // whether an order is still to be told back
  stirred: 0, // when somebody last tapped or typed, or a run began or ended
  place: place(),
  above: false, // whether a new page is still to be shown from its top
});

class Tab {
  constructor() {
    this.waiting = null;
    this.ask = () => this.askAgain();
    window.addEventListener("kapjournal:draw-again", this.ask);
    this.watching = new MutationObserver((changes) => this.changed(changes));
    const app = document.querySelector(`[${CONNECTION}]`);
    if (app) this.watching.observe(app, { attributeFilter: [CONNECTION, SCRIPT] });
  }

  update({ data: [data], setStateValue }) {
    this.send = setStateValue;
    this.arrive();
    if (data.order && data.order.id !== memory.carriedOut) {
      memory.carriedOut = data.order.id;
      memory.due = true;
      if (data.order.write === null) this.erase();
      else this.write(data.order.write);
    }
    if (memory.due) this.reportWhenQuiet();
    else setTimeout(() => this.report());
  }

  write(token) {
    const account = token.split(".")[0];
    memory.spare = token;
    attempt(() => sessionStorage.setItem(TOKEN, token));
    this.forget(account);
  }

  erase() {
    memory.spare = null;
    attempt(() => sessionStorage.removeItem(TOKEN));
    this.forget(null);
  }

  // Editors that are still on the screen are told first, or they would put their words back.
  forget(except) {
    window.dispatchEvent(new CustomEvent("kapjournal:forget", { detail: { except } }));
    attempt(() => {
      for (const key of Object.keys(sessionStorage)) {
        if (key.startsWith(UNSENT) && !key.startsWith(`${UNSENT}${except}.`)) sessionStorage.removeItem(key);
      }
    });
  }

  // The server takes an order as carried out and need not hear of it. Told at once, it would stop drawing the page
  // that comes after a sign-in, begin with the one before it again, and what an editor sends meanwhile would find no
  // place on either: Streamlit's page breaks down then, and stays empty. A tap that it overtook would be lost.
  reportWhenQuiet() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      if (isDrawing() || Date.now() - memory.stirred < PAUSE_MS) this.reportWhenQuiet();
      else this.report();
    }, PAUSE_MS);
  }

  report() {
    if (this.isClosed) return;
    clearTimeout(this.waiting);
    memory.due = false;
    const token = memory.spare ?? attempt(() => sessionStorage.getItem(TOKEN));
    const value = { known: true, token, asked: memory.asked };
    const text = JSON.stringify(value);
    if (text === memory.reported) return;
    memory.reported = text;
    this.send("tab", value);
  }

  // A report from here, outside of every fragment, makes the server draw the whole page: see `drawAgain` in editor.js.
  askAgain() {
    memory.asked += 1;
    this.report();
  }

  changed(changes) {
    memory.stirred = Date.now();
    if (changes.some((it) => it.attributeName === CONNECTION)) {
      this.connectionIs(changes[0].target.getAttribute(CONNECTION));
    }
    this.arrive();
  }

  // Streamlit leaves a new page where the old one was scrolled to; what was saved is told at the top.
  arrive() {
    if (memory.place !== place()) memory.above = true;
    memory.place = place();
    if (memory.above) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    memory.above &&= isDrawing();
  }

  // Streamlit does not draw anything when the connection returns to a page that stood still. A restarted server
  // would know nothing of the page and ignore what happens in its fragments.
  connectionIs(state) {
    if (state === "CONNECTED") setTimeout(this.ask);
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.waiting);
    window.removeEventListener("kapjournal:draw-again", this.ask);
    this.watching.disconnect();
  }
}

// Which page, and which question of it; the entry may change its id while somebody writes.
function place() {
  const here = new URL(location.href);
  here.searchParams.delete("entry");
  return here.href;
}

// Streamlit's page can break down for good, and is blank then. Loaded again, it stands where it was: who is here, the
// place and the words in the box are kept in the tab. Once a minute at most, lest it takes the server all its time.
function loadAgainIfBlank(pause = PAUSE_MS) {
  setTimeout(() => {
    if (document.querySelector(`[${SCRIPT}]`)) return;
    const last = attempt(() => Number(sessionStorage.getItem(LOADED_AGAIN)));
    if (last === null) return;
    const rest = Math.min(last + MINUTE_MS - Date.now(), MINUTE_MS);
    if (rest > 0) loadAgainIfBlank(rest);
    else if (attempt(() => sessionStorage.setItem(LOADED_AGAIN, Date.now()) ?? true)) location.reload();
  }, pause);
}

function isDrawing() {
  const state = document.querySelector(`[${SCRIPT}]`)?.getAttribute(SCRIPT);
  return state != null && state !== "notRunning";
}

function attempt(act) {
  try {
    return act() ?? null;
  } catch {
    return null;
  }
}

// One for the whole page, that outlives every component on it.
if (!window.kapjournalLoadsAgain) {
  window.kapjournalLoadsAgain = true;
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, () => (memory.stirred = Date.now()), { capture: true, passive: true });
  }
  for (const kind of ["error", "unhandledrejection"]) window.addEventListener(kind, () => loadAgainIfBlank());
}

// Streamlit calls this at every change of data, and calls what it returns when the component is gone, or at once
// for a call that was overtaken by the next one while it loaded: only the latest call may close.
export default function (component) {
  const root = component.parentElement;
  if (!(root.tab instanceof Tab) || root.tab.isClosed) {
    root.tab?.close();
    root.tab = new Tab();
  }
  const tab = root.tab;
  const call = (tab.call = {});
  tab.update(component);
  return () => {
    if (tab.call === call) tab.close();
  };
}
