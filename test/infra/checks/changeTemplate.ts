/** A part of a template: tests change it in ways that no type of a resource allows. */
type Shape = ReturnType<typeof JSON.parse>;

type Resource = { readonly Type: string; Properties: Shape; DeletionPolicy?: string };

/** What a test may do to a template. A change that finds nothing to change throws. */
export type Template = {
  readonly each: (type: string, change: (properties: Shape) => void) => void;
  readonly add: (resource: Resource) => void;
  readonly keep: (type: string, policy: string) => void;
  readonly machine: (members: Readonly<Record<string, unknown>>) => void;
  readonly state: (name: string, members: Readonly<Record<string, unknown>>) => void;
  readonly retry: (name: string, error: string) => void;
  readonly schema: (from: string, to: string) => void;
  readonly allow: (action: string, resource: unknown) => void;
  readonly dropStatement: (type: string, sid: string) => void;
  readonly variable: (name: string, value: unknown) => void;
  readonly output: (name: string, value: unknown) => void;
};

/** The template with a change in it. */
export function changeTemplate(text: string, change: (template: Template) => void): Record<string, unknown> {
  const template: { Resources: Record<string, Resource>; Outputs: Record<string, unknown> } =
    JSON.parse(text);
  const all = (type: string): readonly Resource[] => {
    const found = Object.values(template.Resources).filter(({ Type }) => Type === type);
    if (found.length === 0) throw new Error(`There is no ${type} to change.`);
    return found;
  };
  const each: Template['each'] = (type, changeOne) =>
    all(type).forEach(({ Properties }) => changeOne(Properties));
  const definition = (changeMachine: (machine: Shape) => void): void =>
    each('AWS::StepFunctions::StateMachine', (properties) => {
      properties.DefinitionString = changeJoined(properties.DefinitionString, changeMachine);
    });
  change({
    each,
    add: (resource) => void (template.Resources['Added'] = resource),
    keep: (type, policy) => all(type).forEach((resource) => void (resource.DeletionPolicy = policy)),
    machine: (members) => definition((machine) => void Object.assign(machine, members)),
    state: (name, members) => definition(({ States }) => void Object.assign(States[name], members)),
    retry: (name, error) =>
      definition(({ States }) => States[name].Retry.push({ ErrorEquals: [error], MaxAttempts: 1 })),
    schema: (from, to) =>
      each('AWS::AppSync::GraphQLSchema', (properties) => {
        if (!properties.Definition.includes(from)) throw new Error(`The schema has no ${from}.`);
        properties.Definition = properties.Definition.replace(from, to);
      }),
    allow: (Action, Resource) =>
      each('AWS::IAM::Policy', ({ PolicyDocument }) =>
        PolicyDocument.Statement.push({ Effect: 'Allow', Action, Resource }),
      ),
    dropStatement: (type, sid) =>
      each(type, ({ PolicyDocument }) => {
        PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Sid }: Shape) => Sid !== sid);
      }),
    variable: (name, value) =>
      each('AWS::Lambda::Function', (properties) => {
        properties.Environment = { Variables: { ...properties.Environment?.Variables, [name]: value } };
      }),
    output: (name, value) => void (template.Outputs[name] = { Value: value }),
  });
  return template;
}

/** A definition is text with references in it: they become placeholders while it is changed. */
function changeJoined(joined: Shape, change: (machine: Shape) => void): Shape {
  const parts: readonly Shape[] = joined['Fn::Join'][1];
  const references = parts.filter((part) => typeof part !== 'string');
  const text = parts
    .map((part) => (typeof part === 'string' ? part : `@@${references.indexOf(part)}@@`))
    .join('');
  const machine: Shape = JSON.parse(text);
  change(machine);
  const changed = JSON.stringify(machine)
    .split(/@@(\d+)@@/)
    .map((part, index) => (index % 2 === 0 ? part : references[Number(part)]));
  return { 'Fn::Join': ['', changed] };
}
