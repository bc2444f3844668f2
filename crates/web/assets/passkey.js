// Asks the browser for the reader's passkey and sends what it answers with the form that asked. Nothing else: the page works it out, the server
// judges it. Runs only on the pages where one signs or signs in (WebAuthn Level 3, sections 5.1.3 and 5.1.4).
"use strict";

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) =>
  list.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) }));

async function sign(form) {
  const { challenge, party, passkeys } = form.dataset;
  const made = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(challenge),
      rpId: party,
      allowCredentials: known(passkeys || ""),
      userVerification: "required",
    },
  });
  form.elements.credential.value = text(made.rawId);
  form.elements.authenticator_data.value = text(made.response.authenticatorData);
  form.elements.client_data.value = text(made.response.clientDataJSON);
  form.elements.signature.value = text(made.response.signature);
}

async function register(form) {
  const { challenge, party, partyName, user, userName, passkeys } = form.dataset;
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(challenge),
      rp: { id: party, name: partyName },
      user: { id: bytes(user), name: userName, displayName: userName },
      pubKeyCredParams: [{ type: "public-key", alg: -8 }, { type: "public-key", alg: -7 }],
      excludeCredentials: known(passkeys || ""),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
    },
  });
  form.elements.client_data.value = text(made.response.clientDataJSON);
  form.elements.attestation.value = text(made.response.attestationObject);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  for (const part of form.querySelectorAll("[data-scripted]")) part.hidden = false;
  const failed = form.querySelector("[data-failed]");
  form.addEventListener("submit", async (event) => {
    // A button of its own sends the form as it is.
    if (event.submitter && event.submitter.name) return;
    event.preventDefault();
    failed.hidden = true;
    try {
      await (form.dataset.passkey === "register" ? register(form) : sign(form));
    } catch {
      failed.hidden = false;
      failed.focus();
      return;
    }
    HTMLFormElement.prototype.submit.call(form);
  });
}
