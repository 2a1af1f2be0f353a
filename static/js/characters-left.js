// Shows the characters left beside a long text, once they matter. Without it, maxlength still
// holds the line.
const NEAR = 0.8

start()
document.addEventListener("step:shown", start)

function start() {
  for (const box of document.querySelectorAll("textarea[maxlength]:not([data-counted])")) {
    box.dataset.counted = "yes"
    const left = document.createElement("output")
    left.className = "counter"
    left.htmlFor = box.id
    box.after(left)
    const show = () => {
      const used = box.value.length / box.maxLength
      left.hidden = used < NEAR
      left.textContent = `${box.value.length} / ${box.maxLength}`
      left.toggleAttribute("data-near", used > 0.95)
    }
    box.addEventListener("input", show)
    show()
  }
}
