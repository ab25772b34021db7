// Operators in which APPSYNC_JS is not JavaScript; the code calls these in their place.
export default (realm) => {
  const isEmpty = (value) => value === undefined || value === null;
  // `??`: both sides have run.
  realm.either = (left, right) => left ?? right;
  // `===` and `!==`: null is undefined.
  realm.same = (left, right) => left === right || (isEmpty(left) && isEmpty(right));
  // `switch` and `case`, which compare as `===` does.
  realm.comparable = (value) => value ?? null;
};
