/** Places in the text of jsonata 2.0.6, each of which it has once, and what stands there instead. */
const CHANGES: ReadonlyMap<string, string> = new Map([
  ['result = input[key];', 'if (Object.hasOwn(input, key)) result = input[key];'],
  ['var groups = {};', 'var groups = Object.create(null);'],
  ['groups.hasOwnProperty(key)', '(key in groups)'],
  ['result[key] = value;', 'setField(result, key, value);'],
  ['var bindings = {};', 'var bindings = Object.create(null);'],
  ['bindings.hasOwnProperty(name)', '(name in bindings)'],
  ['result[prop] = obj[prop];', 'setField(result, prop, obj[prop]);'],
  ['var merge = {};', 'var merge = Object.create(null);'],
  ['obj[key] = arg[key];', 'setField(obj, key, arg[key]);'],
  ['result[item] = entry;', 'setField(result, item, entry);'],
  ['match.isPrototypeOf(result)', 'Object.prototype.isPrototypeOf.call(match, result)'],
  ['match[prop] = update[prop];', 'setField(match, prop, update[prop]);'],
]);
/** All at once: every start waits for this, and one after the other takes more than twice as long. */
const ANY_PLACE = new RegExp([...CHANGES.keys()].map(RegExp.escape).join('|'), 'g');

/**
 * JSONata on AWS knows the fields of a value and nothing else. The library also finds what JavaScript gives to every
 * object, such as `constructor`, and loses or trips over fields and variables of such names.
 */
export function withOwnFieldsOnly(text: string): string {
  const places: string[] = [];
  const changed = text.replaceAll(ANY_PLACE, (place) => {
    places.push(place);
    return CHANGES.get(place) ?? place;
  });
  const other = [...CHANGES.keys()].find((place) => places.filter((found) => found === place).length !== 1);
  if (other !== undefined) throw new Error(`jsonata has changed around: ${other}`);
  return changed;
}

/** An assignment to `__proto__` would make no field of it. */
export function setField(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  else object[name] = value;
}
