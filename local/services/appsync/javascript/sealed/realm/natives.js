// Methods that the parts need and that handlers do not have: taken here, before the realm is sealed.
export default (realm) => {
  const { call } = Function.prototype;
  const taken = (method) => call.bind(method);
  realm.natives = {
    charCodeAt: taken(''.charCodeAt),
    matchAll: taken(''.matchAll),
    padEnd: taken(''.padEnd),
    padStart: taken(''.padStart),
    repeat: taken(''.repeat),
    arrayFrom: Array.from.bind(Array),
  };
};
