// Adds what is typed into a field of chips without a new page, and takes what is unticked away.
// Without it, the button beside the field does, and an unticked chip goes when the form is sent.
for (const chips of document.querySelectorAll("[data-chips]")) {
  const input = chips.querySelector("input[list]")
  const button = chips.querySelector("button")
  const chosen = chips.querySelector("[data-chosen]")
  const said = chips.querySelector("[data-said]")

  button.addEventListener("click", (event) => { if (add()) event.preventDefault() })
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && add()) event.preventDefault()
  })
  // A suggestion that was picked arrives whole; typed letters never do.
  input.addEventListener("input", ({ inputType }) => {
    if (!inputType || inputType === "insertReplacementText") add()
  })
  chosen.addEventListener("change", ({ target }) => {
    if (target.checked) return
    offer(target.value, target.nextElementSibling.textContent)
    target.closest("li").remove()
    input.focus()
    input.dispatchEvent(new Event("chips:changed", { bubbles: true }))
  })

  // False where nothing is called so: then the page says it.
  function add() {
    const typed = input.value.trim().toLowerCase()
    const options = [...input.list.options]
    const option = options.find((one) => one.value.toLowerCase() === typed || one.dataset.code?.toLowerCase() === typed)
    if (!option) return false
    const box = Object.assign(document.createElement("input"), {
      type: "checkbox", name: chips.dataset.chips, value: option.dataset.code, checked: true,
    })
    const label = Object.assign(document.createElement("label"), { className: "chip" })
    label.append(box, Object.assign(document.createElement("span"), { textContent: option.value }))
    const item = document.createElement("li")
    item.append(label)
    chosen.append(item)
    option.remove()
    input.value = ""
    said.textContent = label.textContent
    input.dispatchEvent(new Event("chips:changed", { bubbles: true }))
    return true
  }

  function offer(code, label) {
    const option = Object.assign(document.createElement("option"), { value: label })
    option.dataset.code = code
    input.list.append(option)
  }
}
