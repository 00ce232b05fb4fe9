// Rows of eleven numbers. Tapping the chosen one again takes it back.

const NUMBERS = Array.from({ length: 11 }, (_, number) => number);

class Ratings {
  constructor(root) {
    this.root = root.appendChild(document.createElement("div"));
    this.root.innerHTML = `<style>${CSS}</style><form></form>`;
    this.rows = this.root.querySelector("form");
    this.rows.onsubmit = (event) => event.preventDefault();
    this.chosen = {};
  }

  update({ data: [{ form, rows }], setStateValue }) {
    this.send = setStateValue;
    if (form !== this.form) {
      this.form = form;
      this.chosen = Object.fromEntries(rows.filter((it) => it.value !== null).map((it) => [it.name, it.value]));
      this.shown = null;
    }
    const shown = JSON.stringify(rows.map((it) => [it.name, it.legend]));
    if (shown === this.shown) return;
    this.shown = shown;
    this.rows.replaceChildren(...rows.map((row) => this.row(row)));
  }

  row({ name, legend }) {
    const row = document.createElement("fieldset");
    row.appendChild(document.createElement("legend")).textContent = legend;
    row.append(...NUMBERS.map((number) => this.number(name, number)));
    return row;
  }

  number(name, number) {
    const label = document.createElement("label");
    const input = label.appendChild(document.createElement("input"));
    input.type = "radio";
    input.name = name;
    input.value = number;
    input.checked = this.chosen[name] === number;
    input.onclick = () => this.tapped(name, number, input);
    label.appendChild(document.createElement("span")).textContent = number;
    return label;
  }

  tapped(name, number, input) {
    if (this.chosen[name] === number) {
      delete this.chosen[name];
      input.checked = false;
    } else {
      this.chosen[name] = number;
    }
    this.send("chosen", { form: this.form, ratings: { ...this.chosen } });
  }
}

export default function (component) {
  const root = component.parentElement;
  root.ratings ??= new Ratings(root);
  root.ratings.update(component);
}
