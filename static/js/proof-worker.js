// Finds the number that a challenge asks for (altcha, version 2): the one whose key, made of the
// nonce and the number, begins as the challenge says.
onmessage = async ({ data: { algorithm, cost, keyLength, keyPrefix, nonce, salt } }) => {
  const start = bytes(nonce)
  const password = new Uint8Array([...start, 0, 0, 0, 0])
  const number = new DataView(password.buffer, start.length)
  const rounds = { name: "PBKDF2", hash: algorithm.split("/")[1], salt: bytes(salt), iterations: cost }
  for (let counter = 0; ; counter++) {
    number.setUint32(0, counter)
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"])
    const derivedKey = hex(await crypto.subtle.deriveBits(rounds, key, keyLength * 8))
    if (derivedKey.startsWith(keyPrefix)) {
      postMessage({ counter, derivedKey })
      return
    }
  }
}

function bytes(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16))
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
