// Seals the realm: what AppSync does not have is removed, and everything that is left, also what has no name, is
// frozen. A handler then finds nothing in which it could leave a trace for the next.
export default (realm) => {
  const KEPT = new Set(
    (
      'Object Array String Number Boolean Math JSON parseInt parseFloat isNaN isFinite NaN Infinity undefined ' +
      'encodeURI encodeURIComponent decodeURI decodeURIComponent'
    ).split(' '),
  );
  const { apply, ownKeys, getOwnPropertyDescriptor, getPrototypeOf, defineProperty } = Reflect;
  const { freeze } = Object;
  const world = globalThis; // which loses this name, too

  const unnamed = [
    (function* () {})(),
    function* () {},
    async () => {},
    async function* () {},
    (async function* () {})(),
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    'a'.matchAll(/a/g),
    [].values().map((one) => one),
    Iterator.from({ next: () => ({ done: true }) }),
    /a/,
    Symbol('a'),
    (function () {
      'use strict';
      return arguments;
    })(),
  ];
  const everything = [world, ...ownKeys(world).map((name) => world[name]), ...unnamed];

  // The statics of RegExp remember the last match; the constructors of functions turn text into code.
  for (const name of ownKeys(RegExp)) {
    if (typeof getOwnPropertyDescriptor(RegExp, name)?.get === 'function' && name !== Symbol.species)
      delete RegExp[name];
  }
  for (const one of [() => {}, ...unnamed.slice(1, 4)]) delete getPrototypeOf(one).constructor;
  for (const name of ['__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__'])
    delete Object.prototype[name];

  // An object may have a property of its own that is called toString or constructor: a frozen data property of its
  // prototype would forbid to set it.
  const settable = (name) => {
    const { value } = getOwnPropertyDescriptor(Object.prototype, name);
    if (value === undefined) return;
    defineProperty(Object.prototype, name, {
      get: () => value,
      set(own) {
        if (this === Object.prototype) throw TypeError(`Object.prototype.${String(name)} cannot be changed.`);
        defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
      },
    });
  };
  for (const name of ownKeys(Object.prototype)) settable(name);

  const parse = JSON.parse;
  // AppSync's JSON.parse answers invalid text with a blank string.
  JSON.parse = (text, reviver) => {
    try {
      return parse(text, reviver);
    } catch {
      return '';
    }
  };
  Math.random = () => realm.random();
  for (const [name, flags] of [
    ['replace', ''],
    ['replaceAll', 'g'],
  ]) {
    const native = String.prototype[name];
    const own = {
      [name](pattern, replacement) {
        const isOurs = pattern instanceof RegExp; // of the parts; a handler has none
        return apply(native, this, [isOurs ? pattern : realm.patternOf(pattern, flags), replacement]);
      },
    };
    defineProperty(String.prototype, name, { value: own[name] });
  }

  // Methods that AppSync does not have; the check of the code finds them by name, and this whatever they are called by.
  const without = (owner, names) => {
    for (const name of names.split(' ')) delete owner[name];
  };
  without(
    String.prototype,
    'charCodeAt localeCompare matchAll padEnd padStart repeat search toLocaleLowerCase toLocaleUpperCase',
  );
  without(Array.prototype, 'copyWithin');
  without(Function.prototype, 'apply bind call');
  without(Array, 'from fromAsync of');
  without(String, 'fromCharCode fromCodePoint');
  without(
    Object,
    'create defineProperties defineProperty freeze getOwnPropertyDescriptor getOwnPropertyDescriptors ' +
      'getOwnPropertyNames getOwnPropertySymbols getPrototypeOf is isExtensible isFrozen isSealed ' +
      'preventExtensions seal setPrototypeOf',
  );
  const nativeSort = Array.prototype.sort;
  const sorted = {
    sort(...compare) {
      if (compare.length > 0) throw TypeError('sort takes no function in APPSYNC_JS.');
      return apply(nativeSort, this, []);
    },
  };
  defineProperty(Array.prototype, 'sort', { value: sorted.sort });

  const seen = new Set();
  const waiting = [...everything, realm.natives, realm.util, realm.extensions, realm.runtime, realm.console];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if ((typeof one !== 'object' && typeof one !== 'function') || one === null || seen.has(one)) continue;
    seen.add(one);
    for (const name of ownKeys(one)) {
      const { value, get, set } = getOwnPropertyDescriptor(one, name);
      waiting.push(value, get, set);
    }
    waiting.push(getPrototypeOf(one));
  }
  for (const name of ownKeys(world)) if (!KEPT.has(name)) delete world[name];
  for (const one of seen) freeze(one);
};
