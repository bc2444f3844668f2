// Judges registrations and assertions of passkeys by `@simplewebauthn/server`, somebody else's relying party: node passkey.mjs MODULE, then one
// question a line on the standard input. The answer is {"verified": bool, ...}, or {"verified": false, "why": text}.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { verifyAuthenticationResponse, verifyRegistrationResponse } = await import(pathToFileURL(process.argv[2]));

for await (const line of createInterface({ input: process.stdin })) {
  const { kind, id, challenge, origin, party, client_data, attestation, authenticator_data, signature, key } =
    JSON.parse(line);
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: party, requireUserVerification: true };
  const response = { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
  let answer;
  try {
    if (kind === 'register') {
      response.response = { clientDataJSON: client_data, attestationObject: attestation };
      const found = await verifyRegistrationResponse({ ...expected, response, supportedAlgorithmIDs: [-8, -7] });
      const made = found.registrationInfo?.credential;
      answer = { verified: found.verified, id: made?.id, key: made && Buffer.from(made.publicKey).toString('hex') };
    } else {
      response.response = { clientDataJSON: client_data, authenticatorData: authenticator_data, signature };
      const credential = { id, publicKey: new Uint8Array(Buffer.from(key, 'hex')), counter: 0 };
      const found = await verifyAuthenticationResponse({ ...expected, response, credential });
      answer = { verified: found.verified, counter: found.authenticationInfo?.newCounter };
    }
  } catch (error) {
    answer = { verified: false, why: String(error) };
  }
  console.log(JSON.stringify(answer));
}
