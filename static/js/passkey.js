// Makes or shows a passkey at the press of a button and sends the form with the browser's answer.
// The button appears only where there is such a thing: in a browser that knows passkeys, at a
// secure address.
const button = document.querySelector("[data-passkey]")

if (button && window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  button.hidden = false
  document.querySelector("[data-passkey-none]")?.remove()
  button.addEventListener("click", async () => {
    const trouble = document.querySelector("[data-passkey-trouble]")
    trouble.hidden = true
    try {
      const answer = await ask(button.dataset.passkey)
      document.getElementById(button.dataset.answer).value = JSON.stringify(answer)
      button.form.requestSubmit()
    } catch {
      trouble.hidden = false
    }
  })
}

async function ask(what) {
  const asked = JSON.parse(document.getElementById(button.dataset.options).textContent).publicKey
  const credential = what === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) })
  return credential.toJSON()
}
