// A second press while a form is on its way does nothing; if the answer never comes, the button works
// again. A form with data-again answers with a file: the page stays, and nothing tells it that the
// file has come. Nor is one that opens another window on its way from here.
const PATIENCE_MS = 12000

document.addEventListener("submit", (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return
  if (event.submitter?.formTarget) return
  if (form.dataset.onItsWay) { event.preventDefault(); return }
  form.dataset.onItsWay = "yes"
  event.submitter?.setAttribute("aria-disabled", "true")
  setTimeout(() => release(form), PATIENCE_MS)
})
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-on-its-way]").forEach(release)
})

function release(form) {
  delete form.dataset.onItsWay
  for (const button of form.querySelectorAll("button[aria-disabled]")) {
    button.removeAttribute("aria-disabled")
  }
}
