// Words, dates and digits in the page's language. Knows nothing of certificates' form.

/** How the names of what a certificate says of a load begin. */
const LOAD = "load.";

export class Say {
  constructor(config) {
    const locale = config.language === "fa" ? "fa-IR-u-ca-persian-nu-arabext" : "en-GB";
    this.config = config;
    this.moments = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: config.timezone });
    this.days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
    this.numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  }

  /** A word, with what stands in braces filled in. */
  word(key, filled = {}) {
    const text = this.config.words[`gate-${key}`] ?? `⟦gate-${key}⟧`;
    return text.replace(/\{(\w+)\}/g, (whole, name) => filled[name] ?? whole);
  }

  has(key) {
    return this.config.words[`gate-${key}`] !== undefined;
  }

  /** Seconds since 1970 UTC. */
  moment(seconds) {
    return this.moments.format(new Date(seconds * 1000));
  }

  count(number) {
    return this.numbers.format(number);
  }

  /** What a certificate is called. */
  title({ service, kind, zone }) {
    const own = zone === this.config.zone ? this.config.services[service] : undefined;
    return own?.certificates[kind] ?? spoken(kind);
  }

  /** Its public facts, in words. */
  facts({ service, facts }) {
    const known = this.config.services[service]?.facts ?? {};
    const shown = facts.filter(([name]) => !name.startsWith("holder") && !name.startsWith(LOAD));
    return shown.map(([name, text]) => [known[name]?.title ?? spoken(name), this.value(known[name]?.type ?? "text", text)]);
  }

  /** What may leave with it, in words: goods, how much, and what all of it weighs. */
  load({ facts }) {
    const named = new Map(facts);
    const quantity = named.get(`${LOAD}quantity`)?.split(", ").map((each) => this.quantity(each)).join(this.config.language === "fa" ? "، " : ", ");
    const gross = named.get(`${LOAD}gross-mass`);
    const lines = [["load-commodity", named.get(`${LOAD}commodity`)], ["load-quantity", quantity], ["load-gross-mass", gross && this.quantity(`${gross} KGM`)]];
    return lines.filter(([, text]) => text !== undefined).map(([key, text]) => [this.word(key), spoken(text)]);
  }

  /** What all of it weighs, in kilograms as the certificate states it. */
  gross({ facts }) {
    return new Map(facts).get(`${LOAD}gross-mass`);
  }

  quantity(text) {
    const [number, unit] = text.split(" ");
    const words = this.config.words[`gate-unit-${unit}`] ?? unit ?? "";
    return `${/^\d{1,15}(\.\d+)?$/.test(number) ? this.numbers.format(Number(number)) : number} ${words}`.trim();
  }

  value(type, text) {
    const [kind, list] = type.split(" ");
    if (kind === "code") return this.config.codes[list]?.[text] ?? spoken(text);
    if (kind === "yes-no") return this.word(text === "true" ? "yes" : "no");
    if (kind === "number" && /^-?\d{1,15}(\.\d+)?$/.test(text)) return this.numbers.format(Number(text));
    const day = kind === "date" ? Date.parse(`${text}T00:00:00Z`) : NaN;
    return Number.isNaN(day) ? spoken(text) : this.days.format(day);
  }

  /** What the holder is called. */
  holder({ holder, facts }) {
    const named = new Map(facts);
    const latin = this.config.language === "fa" ? undefined : named.get("holder-latin");
    return spoken(latin ?? named.get("holder") ?? holder ?? "");
  }
}

/** What somebody wrote, without controls and without the marks that turn the text around it (Unicode Standard Annex 9). */
export const spoken = (text) => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
