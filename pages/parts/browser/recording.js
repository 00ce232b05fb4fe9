// One recording of an account in this tab, from the microphone until the server has named it as saved. No screen.
//
// It stands on `window`, not in the box that shows it: Streamlit may take the box away and put a new one there. The
// server gets it part by part, says how many parts it has, and saves the whole once it has all. A server that was
// killed in between has none and gets them anew.

const PART = 128 * 1024; // bytes of a push
const AGAIN = 2000; // ms until a push without an answer is repeated
const SLOWEST = 10000; // ms between two tries of a push that is not answered, or of a recording that was refused
const AWAY = 3000; // ms without an answer until we say so
const SLICE = 1000; // ms of sound that the recorder hands over at once
const ROOM = 64 * 1024; // bytes that the last slice may have
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const BITS = 48_000; // a second: speech, clearly

class Recording {
  constructor(account) {
    this.account = account;
    this.state = "idle"; // asking, recording, unsaved, saved
    this.problem = null; // refused, missing, silent
    this.pushes = Date.now();
    this.recalled = this.recall();
    addEventListener("kapjournal:forget", ({ detail }) => detail.except === account || this.discard());
    addEventListener("beforeunload", (event) => this.state === "recording" && event.preventDefault());
  }

  async recall() {
    const left = await recallSealed(this.account);
    if (left && this.state === "idle") this.isReady({ ...left, isKept: true });
  }

  // The microphone

  async start(about, { bytes, seconds }) {
    await this.recalled;
    if (this.state !== "idle" && this.state !== "saved") return;
    this.state = "asking";
    this.problem = null;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
      this.recorder = new MediaRecorder(this.stream, { mimeType, audioBitsPerSecond: BITS });
    } catch (error) {
      this.problem = error.name === "NotAllowedError" ? "refused" : "missing";
      this.discard();
      return;
    }
    if (this.state !== "asking") return this.letGo();
    this.about = about;
    this.isLongest = false;
    const slices = [];
    let size = 0;
    this.recorder.ondataavailable = ({ data }) => {
      slices.push(data);
      size += data.size;
      if (size > bytes - ROOM) this.isTooLong();
    };
    this.recorder.onstop = () => this.end(new Blob(slices));
    this.startedAt = Date.now();
    this.recorder.start(SLICE);
    this.limit = setTimeout(() => this.isTooLong(), seconds * 1000);
    this.state = "recording";
    this.stayAwake();
  }

  isTooLong() {
    this.isLongest = true;
    this.stop();
  }

  stop() {
    clearTimeout(this.limit);
    this.length = this.seconds();
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  async end(blob) {
    this.letGo();
    const bytes = new Uint8Array(await blob.arrayBuffer());
    if (this.state !== "recording") return;
    if (bytes.length === 0) {
      this.state = "idle";
      this.problem = "silent";
      return;
    }
    const id = hex(crypto.getRandomValues(new Uint8Array(16)));
    const it = { id, about: this.about, length: this.length ?? this.seconds(), bytes };
    this.isReady(it);
    const isKept = await keepSealed(this.account, it);
    if (this.id === id && this.state === "unsaved") this.isKept = isKept;
    else dropSealed(this.account, id);
  }

  letGo() {
    clearTimeout(this.limit);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.awake?.release();
    this.stream = this.recorder = this.awake = null;
  }

  async stayAwake() {
    try {
      this.awake = await navigator.wakeLock.request("screen");
      if (this.state !== "recording") this.letGo();
    } catch {
      // The screen may go dark; most phones go on recording.
    }
  }

  seconds() {
    return Math.floor((Date.now() - this.startedAt) / 1000);
  }

  // Pushing

  isReady({ id, about, length, bytes, isKept = false }) {
    Object.assign(this, { id, about, length, bytes, isKept, state: "unsaved" });
    this.count = Math.ceil(bytes.length / PART);
    this.next = 0;
    this.refusal = this.unheardSince = null;
    this.unheard = 0;
    this.hasten();
  }

  hasten() {
    this.dueAt = 0;
    this.delay = AGAIN;
  }

  isDue() {
    return this.state === "unsaved" && Date.now() >= this.dueAt;
  }

  isAway() {
    return this.unheardSince !== null && Date.now() - this.unheardSince > AWAY;
  }

  push() {
    this.dueAt = Date.now() + this.delay;
    this.delay = Math.min(this.delay * 1.5, SLOWEST);
    this.pushes += 1;
    this.unheard += 1;
    this.unheardSince ??= Date.now();
    return {
      recording: this.id,
      number: this.next,
      count: this.count,
      seconds: this.length,
      about: this.about,
      data: base64(this.bytes.subarray(this.next * PART, (this.next + 1) * PART)),
      n: this.pushes,
    };
  }

  hear({ answer, heard }) {
    if (this.state !== "unsaved") return false;
    if (heard === this.pushes) this.wasHeard();
    if (answer?.recording !== this.id) {
      // A server that has heard nothing yet has just been started.
      if (heard === null && this.unheard > 1) this.goOn(0);
      return false;
    }
    this.wasHeard();
    if (answer.saved_at) return this.isSaved(answer.saved_at);
    if (answer.message) this.refusal = answer.message;
    else if (answer.parts !== this.next) this.goOn(answer.parts);
    return false;
  }

  wasHeard() {
    this.unheard = 0;
    this.unheardSince = null;
  }

  goOn(parts) {
    this.next = Math.min(parts, this.count - 1);
    this.refusal = null;
    this.hasten();
  }

  isSaved(time) {
    this.state = "saved";
    this.savedAt = time;
    this.bytes = this.refusal = null;
    dropSealed(this.account, this.id);
    return true;
  }

  discard() {
    if (this.recorder) this.recorder.onstop = null;
    this.letGo();
    if (this.id) dropSealed(this.account, this.id);
    this.state = "idle";
    this.bytes = this.id = this.refusal = null;
  }
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

// The recording of an account in this tab; one of somebody else is forgotten by its own listener.
function recordingOf(account) {
  const all = (window[Symbol.for("kapjournal.recordings")] ??= {});
  return (all[account] ??= new Recording(account));
}
