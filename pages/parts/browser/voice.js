// The button that records: shows the Recording of this account and pushes its parts when they are due.
//
// sound.js, sealed_tab.js, recording.js and the files beside this one, as the constants HTML and CSS, arrive before its first line.

const TICK = 200; // ms
const GONE = 2000; // ms after which a box that was taken away is not put back: somebody has left the page
const REDRAW = 300; // ms after which the page is drawn again, see `drawAgain` in editor.js

class Voice {
  constructor(root) {
    this.frame = root.appendChild(document.createElement("div"));
    this.frame.innerHTML = `<style>${CSS}</style>${HTML}`;
    for (const part of ["voice", "main", "name", "time", "discard", "status", "problem", "spoken"]) {
      this[part] = this.frame.querySelector(`.${part}`);
    }
    this.main.onclick = () => this.tapped();
    this.discard.onclick = () => this.thrownAway();
    this.timer = setInterval(() => this.tick(), TICK);
  }

  update({ data: [data], setStateValue }) {
    this.send = setStateValue;
    this.data = data;
    const recording = recordingOf(data.account);
    if (recording !== this.recording) this.attend(recording);
    // The server need not go on holding the last part.
    if (recording.hear(data)) setTimeout(() => this.send("part", null));
    this.show();
  }

  attend(recording) {
    this.leave();
    this.recording = recording;
    recording.boxes = (recording.boxes ?? 0) + 1;
  }

  leave() {
    const { recording } = this;
    if (!recording) return;
    recording.boxes -= 1;
    setTimeout(() => recording.boxes === 0 && recording.stop(), GONE);
  }

  async tapped() {
    if (this.recording.state === "recording") this.recording.stop();
    else {
      const started = this.recording.start(this.data.about, this.data.limits);
      this.show();
      await started;
    }
    this.show();
  }

  thrownAway() {
    this.recording.discard();
    this.send("part", null);
    this.main.focus();
    this.show();
  }

  tick() {
    if (this.recording?.isDue() && !isRunning()) {
      this.send("part", this.recording.push());
      if (this.recording.unheard % 3 === 2) this.drawAgain();
    }
    this.show();
  }

  // A push from inside a fragment is dropped by a server that has never drawn the fragment.
  drawAgain() {
    setTimeout(() => dispatchEvent(new CustomEvent("kapjournal:draw-again")), REDRAW);
  }

  // Saying

  show() {
    const { recording, data } = this;
    if (!recording) return;
    const { state } = recording;
    const isRecording = state === "recording";
    this.voice.classList.toggle("recording", isRecording);
    say(this.name, isRecording ? data.words.stop : data.label);
    this.main.disabled = state === "asking";
    this.main.hidden = state === "unsaved";
    this.discard.hidden = state !== "unsaved" || !recording.refusal;
    say(this.discard, data.words.discard);
    say(this.time, isRecording ? clock(recording.seconds()) : state === "unsaved" ? clock(recording.length) : "");
    say(this.problem, recording.refusal ?? data.words[recording.problem] ?? "");
    if (say(this.status, this.statusText())) say(this.spoken, this.status.textContent);
  }

  statusText() {
    const { recording, data } = this;
    const { state } = recording;
    const { words } = data;
    if (state === "asking") return words.asking;
    if (state === "recording") return words.recording;
    if (state === "saved") return words.saved.replace("{time}", recording.savedAt);
    if (state !== "unsaved") return "";
    const longest = recording.isLongest ? `${words.longest} ` : "";
    if (!recording.isAway() && !recording.refusal) return longest + words.unsaved;
    return longest + (recording.isKept ? words.kept : words.only_here);
  }

  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.timer);
    this.leave();
    this.frame.remove();
  }
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function isRunning() {
  return document.querySelector("[data-test-script-state=running]") !== null;
}

// See the end of editor.js.
export default function (component) {
  const root = component.parentElement;
  if (!(root.voice instanceof Voice) || root.voice.isClosed) {
    root.voice?.close();
    root.voice = new Voice(root);
  }
  const voice = root.voice;
  const call = (voice.call = {});
  voice.update(component);
  return () => {
    if (voice.call === call) voice.close();
  };
}
