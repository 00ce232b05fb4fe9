// Plays a recording: asks the server for the sound only when somebody wants to hear it, and keeps it no longer than the
// page stands. The sound never has an address on the server.

const PATIENCE = 15000; // ms until we say that nothing came

class Player {
  constructor(root) {
    this.frame = root.appendChild(document.createElement("div"));
    this.frame.innerHTML = `<style>${CSS}</style>${HTML}`;
    for (const part of ["play", "name", "problem", "spoken"]) this[part] = this.frame.querySelector(`.${part}`);
    this.audio = this.frame.querySelector("audio");
    this.audio.onerror = () => this.audio.src && this.failed(this.words.unplayable);
    this.play.onclick = () => this.wanted();
  }

  update({ data: [data], setTriggerValue }) {
    this.words = data.words;
    this.ask = setTriggerValue;
    say(this.name, data.label);
    this.audio.setAttribute("aria-label", data.label);
    if (data.problem) this.failed(data.problem);
    if (data.sound && !this.address) this.take(data);
  }

  wanted() {
    this.play.disabled = true;
    say(this.problem, "");
    say(this.spoken, this.words.fetching);
    this.waiting = setTimeout(() => this.failed(this.words.late), PATIENCE);
    this.ask("wanted", true);
  }

  failed(words) {
    clearTimeout(this.waiting);
    this.play.disabled = false;
    say(this.spoken, "");
    say(this.problem, words);
  }

  async take({ sound, media }) {
    clearTimeout(this.waiting);
    say(this.spoken, "");
    const bytes = Uint8Array.from(atob(sound), (letter) => letter.charCodeAt(0));
    this.address = URL.createObjectURL(new Blob([bytes], { type: media }));
    this.audio.src = this.address;
    this.play.hidden = true;
    this.audio.hidden = false;
    await this.measure();
    if (this.isClosed) return;
    this.audio.focus({ preventScroll: true });
    this.audio.play().catch(() => {}); // some browsers want another tap
  }

  // What a browser records does not say how long it is; looking for its end tells.
  async measure() {
    await once(this.audio, "loadedmetadata");
    if (Number.isFinite(this.audio.duration)) return;
    this.audio.currentTime = Number.MAX_SAFE_INTEGER;
    await once(this.audio, "durationchange");
    this.audio.currentTime = 0;
  }

  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    clearTimeout(this.waiting);
    this.audio.pause();
    if (this.address) URL.revokeObjectURL(this.address);
    this.frame.remove();
  }
}

function once(target, event) {
  return new Promise((resolve) => target.addEventListener(event, resolve, { once: true }));
}

// See the end of editor.js.
export default function (component) {
  const root = component.parentElement;
  if (!(root.player instanceof Player) || root.player.isClosed) {
    root.player?.close();
    root.player = new Player(root);
  }
  const player = root.player;
  const call = (player.call = {});
  player.update(component);
  return () => {
    if (player.call === call) player.close();
  };
}
