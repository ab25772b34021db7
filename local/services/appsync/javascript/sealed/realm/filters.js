// `util.transform.toSubscriptionFilter`.
export default (realm) => {
  const OPERATORS =
    'eq ne le lte lt ge gte gt contains notContains beginsWith in notIn between containsAny'.split(' ');
  const cross = (groups, others) => groups.flatMap((group) => others.map((other) => [...group, ...other]));

  const testsOf = (fieldName, conditions) =>
    Object.entries(conditions ?? {})
      .filter(([operator]) => OPERATORS.includes(operator))
      .map(([operator, value]) => [{ fieldName, operator, value }]);

  // Groups of conditions of which one must hold: fields and `and` multiply them, operators and `or` add to them.
  const alternatives = (filter, ignored) =>
    Object.entries(filter ?? {}).reduce(
      (groups, [name, value]) => {
        if (name === 'and') return value.reduce((all, one) => cross(all, alternatives(one, ignored)), groups);
        if (name === 'or') {
          const choices = value
            .flatMap((one) => alternatives(one, ignored))
            .filter((group) => group.length > 0);
          return choices.length === 0 ? groups : cross(groups, choices);
        }
        if (ignored.includes(name)) return groups;
        const tests = testsOf(name, value);
        return tests.length === 0 ? groups : cross(groups, tests);
      },
      [[]],
    );

  realm.toSubscriptionFilter = (filter, ignored, rules) => {
    const base = alternatives(filter, ignored ?? []).filter((group) => group.length > 0);
    const each = Object.entries(rules ?? {}).map(([name, rule]) => ({ [name]: rule }));
    const ruleGroups = each.length === 0 ? [[]] : alternatives({ or: each }, []);
    const groups = cross(base.length === 0 ? [[]] : base, ruleGroups).filter((group) => group.length > 0);
    return groups.length === 0 ? null : { filterGroup: groups.map((filters) => ({ filters })) };
  };
};
