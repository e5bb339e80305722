// Photos: made lighter on the phone before they leave, and shown as they were chosen.
// What cannot be read here is sent as it is; where this does not run, the browser's own field does it all.
const WIDEST = 2000; // pixels: somewhat more than is kept
const QUALITY = 0.85;
const LIGHT = 400_000; // bytes: not worth the while
const MOST = { photo: 12_000_000, pdf: 3_000_000 }; // bytes that are taken

const lighter = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const part = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * part);
  canvas.height = Math.round(picture.height * part);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "white"; // a drawing's background may be seen through
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  if (!made || made.size >= file.size) return file;
  return new File([made], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
};

const readable = (bytes) => new Intl.NumberFormat(document.documentElement.lang, {
  style: "unit", unit: "megabyte", maximumFractionDigits: 1, minimumFractionDigits: 1,
}).format(Math.max(bytes, 100_000) / 1_000_000);

const chosen = (field, file) => {
  const told = field.parentElement.querySelector(".chosen");
  const heavy = file && file.size > (file.type === "application/pdf" ? MOST.pdf : MOST.photo);
  field.setCustomValidity(heavy ? told.dataset.heavy : "");
  URL.revokeObjectURL(told.querySelector("img")?.src);
  told.replaceChildren();
  if (!file) return;
  if (file.type.startsWith("image/")) {
    const picture = new Image();
    picture.className = "thumb";
    picture.alt = "";
    picture.onerror = () => picture.remove(); // of a kind that this browser does not show
    picture.src = URL.createObjectURL(file);
    told.append(picture);
  }
  const words = document.createElement("span");
  words.className = "grow";
  words.textContent = `${file.name}, ${readable(file.size)}${heavy ? `. ${told.dataset.heavy}` : ""}`;
  told.append(words);
};

const prepare = async (field) => {
  const [file] = field.files;
  let sent = file;
  chosen(field);
  if (file && file.size > LIGHT && file.type !== "application/pdf") {
    const told = field.parentElement.querySelector(".chosen");
    told.textContent = told.dataset.shrinking;
    sent = await lighter(file).catch(() => file);
    if (field.files[0] !== file) return; // another was chosen meanwhile
  }
  if (sent !== file) {
    const files = new DataTransfer();
    files.items.add(sent);
    field.files = files.files;
  }
  chosen(field, sent);
};

addEventListener("change", ({ target }) => {
  if (target.matches(".file > input")) target.ready = prepare(target); // a form waits for it before it leaves
});

// Only the button that says so asks for the camera: the other one keeps the gallery.
addEventListener("click", ({ target }) => {
  const button = target.closest("[data-camera]");
  if (!button) return;
  const field = document.getElementById(button.dataset.camera);
  field.setAttribute("capture", "environment");
  field.click();
  field.removeAttribute("capture");
});
