// In for four seconds, out for six, until somebody stops it or leaves.

const SECONDS = { in: 4, out: 6 };

class Breath {
  constructor(root) {
    const frame = root.appendChild(document.createElement("div"));
    frame.innerHTML = `<style>${CSS}</style>${HTML}`;
    this.all = frame.querySelector(".breath");
    this.word = frame.querySelector("p");
    this.button = frame.querySelector("button");
    this.button.addEventListener("click", () => (this.timer ? this.stop() : this.go("in")));
  }

  update({ data: [data] }) {
    const isNew = !this.words;
    this.words = data.words;
    if (isNew) {
      this.show("rest", "stop");
      // The browser has to have drawn the small circle once, or it would not grow but stand there large.
      this.timer = setTimeout(() => this.go("in"), 1000);
    }
  }

  go(phase) {
    this.show(phase, "stop");
    this.timer = setTimeout(() => this.go(phase === "in" ? "out" : "in"), SECONDS[phase] * 1000);
  }

  stop() {
    this.close();
    this.show("rest", "start");
  }

  show(phase, offer) {
    this.all.className = `breath ${phase}`;
    this.word.textContent = this.words[phase];
    this.button.textContent = this.words[offer];
  }

  close() {
    clearTimeout(this.timer);
    this.timer = null;
  }
}

// Streamlit calls this at every change of data, and calls what it returns when the component is gone, or at once
// for a call that was overtaken by the next one while it loaded: only the latest call may close.
export default function (component) {
  const root = component.parentElement;
  if (!(root.breath instanceof Breath)) root.breath = new Breath(root);
  const breath = root.breath;
  const call = (breath.call = {});
  breath.update(component);
  return () => {
    if (breath.call === call) breath.close();
  };
}
