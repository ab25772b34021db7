/** A list of whole numbers that grows: four bytes each. */
export type Numbers = {
  readonly push: (value: number) => void;
  readonly at: (index: number) => number;
  readonly size: () => number;
};

export function createNumbers(): Numbers {
  let values = new Int32Array(1 << 16);
  let size = 0;
  return {
    push: (value) => {
      if (size === values.length) {
        const larger = new Int32Array(size * 2);
        larger.set(values);
        values = larger;
      }
      values[size] = value;
      size += 1;
    },
    at: (index) => values[index] ?? 0,
    size: () => size,
  };
}
