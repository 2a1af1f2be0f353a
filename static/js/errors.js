// Moves the reader to the list of things to fix, on arrival and after a step was swapped in.
const focusErrors = () => document.querySelector("[data-errors]")?.focus()
focusErrors()
document.addEventListener("step:shown", focusErrors)
