// Copies a text at one press and says so on the button. Without it, the text is there to be selected.
start()
document.addEventListener("step:shown", start)

function start() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) {
    if (!navigator.clipboard) return
    button.hidden = false
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim())
      const word = button.textContent
      button.textContent = "✓ " + word
      button.setAttribute("aria-live", "polite")
      setTimeout(() => { button.textContent = word }, 2500)
    })
  }
}
