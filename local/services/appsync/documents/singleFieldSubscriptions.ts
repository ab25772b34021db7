import { GraphQLError, SingleFieldSubscriptionsRule, type ValidationRule } from 'graphql';

/**
 * A subscription has one field. The library's rule collects the fields without variables and throws where `@include` or
 * `@skip` asks for one: whether that field is there is seen when the subscription starts.
 */
export const singleFieldSubscriptions: ValidationRule = (context) => {
  const rule = SingleFieldSubscriptionsRule(context);
  const check = 'OperationDefinition' in rule ? rule.OperationDefinition : undefined;
  return {
    OperationDefinition: (node, ...where) => {
      try {
        if (typeof check === 'function') check.call(undefined, node, ...where);
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
      }
    },
  };
};
