// Asks the server for a file, hands its bytes to the browser to be saved, and lets go of them.

const TAKES_MS = 60_000; // some browsers read the Blob only after the person has said where to put it
const PATIENCE_MS = 10_000; // after that somebody may ask again
const NEWLINE = 10;

class Download {
  constructor(root) {
    const frame = root.appendChild(document.createElement("div"));
    frame.innerHTML = `<style>${CSS}</style>${HTML}`;
    this.button = frame.querySelector("button");
    this.status = frame.querySelector("p");
    this.button.addEventListener("click", () => this.ask());
  }

  update({ data, setStateValue }) {
    this.send = setStateValue;
    const { label, words, file, content } = unpacked(data);
    this.words = words;
    this.button.textContent = label;
    if (file && file.request === this.asked) {
      this.asked = null;
      save(file, content);
      this.status.textContent = `${words.saved} ${file.note}`.trim();
      setTimeout(() => this.send("got", file.request));
    }
  }

  ask() {
    if (this.asked && Date.now() - this.askedAt < PATIENCE_MS) return; // tapped twice
    this.askedAt = Date.now();
    this.asked = Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-");
    this.status.textContent = this.words.making;
    this.send("asked", this.asked);
  }
}

function unpacked(data) {
  const end = data.indexOf(NEWLINE);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(0, end)));
  return { ...header, content: data.subarray(end + 1) };
}

function save(file, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: file.type }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), TAKES_MS);
}

// Streamlit calls this at every change of data.
export default function (component) {
  const root = component.parentElement;
  if (!(root.download instanceof Download)) root.download = new Download(root);
  root.download.update(component);
}
