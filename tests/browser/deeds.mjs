// What the stories of the screens' main acts share: each is told at a phone's and at a desk's size, in
// Chinese and in English, and finds what it presses by role and by the catalogue's words.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe } from "node:test";
import { Browser, invite, world } from "./harness.mjs";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

/** All words of a language, a file per feature as the screens read them. */
function catalogue(locale) {
  const folder = join(process.cwd(), "ui/src/locales", locale);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(files.map((name) => [name.slice(0, -".json".length), JSON.parse(readFileSync(join(folder, name), "utf8"))]));
}
const WORDS = { "zh-CN": catalogue("zh-CN"), en: catalogue("en") };

/** As an expression; where a line must not break, its space is another one. */
const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&").replaceAll(" ", "\\s");

/** Words of a key. What is not named may be anything: then, and where a number chooses the form, it is an expression. */
function wordsOf(locale, key, named) {
  const found = key.split(".").reduce((words, part) => words?.[part], WORDS[locale]);
  if (typeof found !== "string") throw new Error(`${locale} has no ${key}`);
  const forms = found.split(" | ").map((form) => form.replace(/\{(\w+)\}/gu, (hole, name) => named[name] ?? hole));
  if (forms.length === 1 && !/\{\w+\}/u.test(forms[0])) return forms[0];
  const patterns = forms.map((form) => form.split(/\{\w+\}/u).map(escaped).join(".*"));
  return new RegExp(`^(${patterns.join("|")})$`, "u");
}

/** A screen or a part of one, as somebody with these words sees it. */
export class Part {
  constructor(where, locale) {
    this.where = where;
    this.locale = locale;
  }
  say(key, named = {}) {
    return wordsOf(this.locale, key, named);
  }
  /** Begins with these words, whatever follows. */
  begins(key, named = {}) {
    return new RegExp(`^${escaped(this.say(key, named))}`, "u");
  }
  the(role, key, named) {
    return this.where.getByRole(role, { name: this.say(key, named), exact: true });
  }
  part(role, key, named) {
    return new Part(this.the(role, key, named), this.locale);
  }
  text(key, named) {
    return this.where.getByText(this.say(key, named), { exact: true }).first();
  }
  /** An input that takes a photo or a file. */
  file(key) {
    return this.where.getByLabel(this.say(key), { exact: true }).first();
  }
  async press(key, named) {
    await this.the("button", key, named).first().click();
  }
  async pick(key, named) {
    await this.the("radio", key, named).first().click();
  }
  async fill(key, words) {
    await this.the("textbox", key).fill(words);
  }
}

/** A person's browser at one size and in one language. */
export class Seat extends Part {
  static async opened(size, locale) {
    const browser = new Browser({ ...size, locale: locale === "en" ? "en-GB" : locale });
    const seat = new Seat(await browser.open(), locale);
    return Object.assign(seat, { browser, page: seat.where, wide: size.width > 1000 });
  }
  async go(path) {
    await this.page.goto(`${world.url}/#${path}`);
  }
  /** The part of the address after its last stroke. */
  get id() {
    return this.page.url().split("/").at(-1);
  }
  async at(path) {
    await this.page.waitForURL((url) => path.test(url.hash));
  }
  async enrol(who) {
    await this.page.goto(invite(who).link);
    await this.enter(who);
  }
  /** From the filled form to 今日. */
  async enter(who) {
    await this.press("enrol.done");
    await this.the("heading", "enrol.you_are", { name: who }).waitFor();
    await this.press("enrol.enter");
    await this.the("navigation", "shell.nav").waitFor();
  }
  /** All that was written here has arrived at the relay. */
  async synced() {
    await this.page.getByRole("link", { name: this.wide ? this.say("kit.sync.safe") : new RegExp(escaped(this.say("kit.sync.safe_brief")), "u") }).waitFor();
  }
}

/** A hazard at 恒源化工, by a person without a screen. */
export async function hazard(person, text) {
  const [{ site }] = await person.ask("Sites", { query: "恒源", near: null, limit: 1 });
  await person.ask("Report", {
    from: null, item: null, site: site.id, place: null, complaint: false, text, location: "", level: "general",
    clause: null, basis: "", due: null, who: null, photos: [], loc: null, corrected: null,
  });
  await person.ask("Sync", {});
}

let turn = Promise.resolve();
/** One after the other: an import is refused when the register changed after its preview. */
export function inTurn(work) {
  turn = turn.then(work, work);
  return turn;
}

/** Each language at each size. */
export const TIMES = ["zh-CN", "en"].flatMap((locale) => [PHONE, DESK].map((size) => ({ locale, size, wide: size === DESK })));

/**
 * Tells the same story four times, two side by side (each has browsers of its own, and a machine may
 * have two cores), each time with `people` at seats of their own; `tell` gets them by name.
 */
export function everywhere(people, tell) {
  describe("at both sizes in both languages", { concurrency: 2 }, () => {
    for (const { locale, size, wide } of TIMES) {
      describe(`${locale}, ${size.width}×${size.height}`, { concurrency: 1 }, () => {
        const seats = {};
        before(async () => {
          for (const who of people) seats[who] = await Seat.opened(size, locale);
        });
        // What was on the screens when a deed failed tells why.
        afterEach(async ({ name, passed }) => {
          if (passed) return;
          for (const [who, { page }] of Object.entries(seats)) console.error(`${name}: ${who} at ${page.url()}\n${await page.locator("body").innerText()}`);
        });
        after(async () => {
          for (const seat of Object.values(seats)) await seat.browser.drop();
        });
        tell(seats, { wide });
      });
    }
  });
}
