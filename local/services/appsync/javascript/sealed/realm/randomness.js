// Random bits come in with each call as a seed; the realm has no source of its own.
export default (realm) => {
  const { arrayFrom } = realm.natives;
  // sfc32, seeded anew for each call with 128 bits.
  const random32 = () => {
    const s = realm.call.seed;
    const t = (s[0] + s[1] + s[3]) | 0;
    s[3] = (s[3] + 1) | 0;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = (s[2] + (s[2] << 3)) | 0;
    s[2] = (s[2] << 21) | (s[2] >>> 11);
    s[2] = (s[2] + t) | 0;
    return t >>> 0;
  };
  const random = () => (random32() * 2097152 + (random32() >>> 11)) / 9007199254740992;
  const hex = (count) => arrayFrom({ length: count }, () => (random32() & 15).toString(16)).join('');
  const digits = (value, alphabet, count) => {
    const base = BigInt(alphabet.length);
    let left = value;
    return arrayFrom({ length: count }, () => {
      const digit = alphabet[Number(left % base)];
      left /= base;
      return digit;
    })
      .toReversed()
      .join('');
  };
  const randomBits = (words) =>
    arrayFrom({ length: words }, random32).reduce((all, word) => (all << 32n) | BigInt(word), 0n);

  const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const KSUID_EPOCH_SECONDS = 1_400_000_000n;

  realm.random = random;
  realm.autoId = () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[random32() & 3]}${hex(3)}-${hex(12)}`;
  // 48 bits of time and 80 random ones.
  realm.autoUlid = () => {
    const bits = (BigInt(realm.call.now) << 80n) | (randomBits(3) & ((1n << 80n) - 1n));
    return digits(bits, CROCKFORD, 26);
  };
  // 32 bits of time since an epoch of its own and 128 random ones.
  realm.autoKsuid = () => {
    const seconds = BigInt(Math.floor(realm.call.now / 1000)) - KSUID_EPOCH_SECONDS;
    return digits(((seconds & 0xffffffffn) << 128n) | randomBits(4), BASE62, 27);
  };
};
