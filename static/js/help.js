// Escape closes what stands behind the page's question mark, and the focus is back on the mark.
// Without scripts a second press on it does.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.page-help[open]")
  if (!open) return
  open.open = false
  open.querySelector("summary").focus()
})
