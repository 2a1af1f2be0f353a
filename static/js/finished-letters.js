// Says beside finished letters that something was changed since they were made.
document.addEventListener("input", ({ target }) => {
  target.form?.querySelector("[data-changed]")?.removeAttribute("hidden")
})
