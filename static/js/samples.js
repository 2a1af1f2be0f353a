// Fills the address form with a sample at one press, an age too where none was typed. Without it,
// the sample is a link to the page with the fields filled.
document.addEventListener("click", (event) => {
  const sample = event.target.closest?.("[data-samples] a")
  if (!sample) return
  const form = sample.closest("form")
  for (const name of ["street", "city", "zip"]) {
    if (form.elements[name]) form.elements[name].value = sample.dataset[name]
  }
  const age = form.elements.age
  if (age && !age.value) age.value = sample.dataset.age
  event.preventDefault()
  form.querySelector("button[type=submit]").focus()
})
