// What is thrown where bytes are not what they should be: the part that is wrong and the fault, both as codes that words are found by.
// The codes are those of the crate `credential`.

export class Damage extends Error {
  constructor(place, fault) {
    super(`${place}: ${fault}`);
    this.place = place;
    this.fault = fault;
  }
}
