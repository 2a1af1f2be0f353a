// Copies a text at one press and says so on the button. Without it, the text is there to be
// selected.
offerCopies()
document.addEventListener("step:shown", offerCopies)

function offerCopies() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) {
    if (!navigator.clipboard) return
    button.hidden = false
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy).textContent.trim()
      await navigator.clipboard.writeText(text)
      button.setAttribute("aria-live", "polite")
      if (button.dataset.copied) return
      button.dataset.copied = "yes"
      button.prepend("✓ ")
      setTimeout(() => { button.firstChild.remove(); delete button.dataset.copied }, 2500)
    })
  }
}
