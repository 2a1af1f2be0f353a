// Shows the characters left beside a long text, once they matter, and its lines where these are
// counted too. A text of a supporter's is never cut: it may be too long, and is told to be.
const NEAR = 0.8

start()
document.addEventListener("step:shown", start)

function start() {
  const boxes = "textarea[maxlength]:not([data-counted]), textarea[data-longest]:not([data-counted])"
  for (const box of document.querySelectorAll(boxes)) {
    box.dataset.counted = "yes"
    const left = document.createElement("output")
    left.className = "counter"
    left.htmlFor = box.id
    box.after(left)
    const show = () => {
      const characters = [box.value.length, Number(box.dataset.longest ?? box.maxLength)]
      const lines = [linesOf(box.value), Number(box.dataset.lines ?? Infinity)]
      const [used, most] = ratio(lines) > ratio(characters) ? lines : characters
      left.hidden = used / most < NEAR
      left.textContent = `${used} / ${most}${most === lines[1] ? ` ${box.dataset.linesWord}` : ""}`
      left.toggleAttribute("data-near", used / most > 0.95)
    }
    box.addEventListener("input", show)
    show()
  }
}

function ratio([used, most]) {
  return used / most
}

// As worker/paper/laid_out.py counts them.
function linesOf(text) {
  const written = text.split("\n").filter((line) => line.trim())
  return written.reduce((sum, line) => sum + 1 + Math.floor(line.length / 75), 0)
}
