// A strict reader of JSON (FORMAT.md, section 3): what JSON.parse lets pass and the format does not is refused.

export class Malformed extends Error {}

/** A number written with a point or an exponent: never a whole number, whatever its value. */
export class Fraction {
  constructor(value) {
    this.value = value;
  }
}

const MAX_LEVELS = 16;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;
const WORDS = new Map([["true", true], ["false", false], ["null", null]]);

export function parseJson(text) {
  let place = 0;

  function take(pattern) {
    pattern.lastIndex = place;
    const found = pattern.exec(text);
    if (found) place = pattern.lastIndex;
    return found;
  }

  function expect(character) {
    take(SPACE);
    if (text[place] !== character) throw new Malformed(`no ${character} at ${place}`);
    place += 1;
  }

  function next(character) {
    take(SPACE);
    if (text[place] !== character) return false;
    place += 1;
    return true;
  }

  function string() {
    take(SPACE);
    const found = take(STRING);
    if (!found) throw new Malformed(`no string at ${place}`);
    const value = JSON.parse(found[0]);
    if (!value.isWellFormed()) throw new Malformed("half of a surrogate pair");
    return value;
  }

  function object(level) {
    const result = Object.create(null);
    if (next("}")) return result;
    do {
      const key = string();
      if (key in result) throw new Malformed("a key occurs twice");
      expect(":");
      result[key] = value(level + 1);
    } while (next(","));
    expect("}");
    return result;
  }

  function array(level) {
    const result = [];
    if (next("]")) return result;
    do result.push(value(level + 1));
    while (next(","));
    expect("]");
    return result;
  }

  function value(level) {
    if (level > MAX_LEVELS) throw new Malformed("nested too deeply");
    if (next("{")) return object(level);
    if (next("[")) return array(level);
    if (text[place] === '"') return string();
    for (const [word, meaning] of WORDS) {
      if (text.startsWith(word, place)) {
        place += word.length;
        return meaning;
      }
    }
    const found = take(NUMBER);
    if (!found) throw new Malformed(`no value at ${place}`);
    const number = Number(found[0]);
    if (!Number.isFinite(number)) throw new Malformed("a number too large");
    return found[1] || found[2] ? new Fraction(number) : number;
  }

  const result = value(1);
  take(SPACE);
  if (place !== text.length) throw new Malformed("more than one value");
  return result;
}

/** The number itself, however it is written. */
export function plain(value) {
  return value instanceof Fraction ? value.value : value;
}

/** A JSON object: neither null, nor a list, nor a number of ours. */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Fraction);
}
