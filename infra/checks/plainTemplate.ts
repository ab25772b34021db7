type Json = { readonly [name: string]: unknown };

export type PlainResource = {
  readonly name: string;
  readonly type: string;
  readonly properties: Json;
  /** What CloudFormation does with it when it leaves the stack. */
  readonly deletionPolicy: string;
};
export type PlainTemplate = {
  readonly metadata: Json;
  readonly resources: readonly PlainResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
};

/** A template in which references are readable text: `<OrdersBucket.Arn>`, and `<steps/failOrder.Arn>` for a function. Throws for an intrinsic that small evaluators do not know. */
export function plainTemplate(template: Json): PlainTemplate {
  const declared = Object.entries(objectAt(template, 'Resources')).map(([id, resource]) => ({
    id,
    type: String(objectOf(resource)['Type']),
    deletionPolicy: String(objectOf(resource)['DeletionPolicy'] ?? 'Delete'),
    properties: objectAt(objectOf(resource), 'Properties'),
  }));
  const names = new Map(declared.map(({ id, properties }) => [id, nameOf(id, properties)]));
  const outputs = Object.entries(objectAt(template, 'Outputs'));
  return {
    metadata: objectAt(template, 'Metadata'),
    resources: declared.map(({ id, type, properties, deletionPolicy }) => ({
      name: names.get(id) ?? id,
      type,
      deletionPolicy,
      properties: objectOf(plain(properties, names)),
    })),
    outputs: Object.fromEntries(
      outputs.map(([name, output]) => [name, plain(objectOf(output)['Value'], names)]),
    ),
  };
}

export function resourcesOf({ resources }: PlainTemplate, type: string): readonly PlainResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The only resource of a type. */
export function theOnly(template: PlainTemplate, type: string): Json {
  const [only, ...others] = resourcesOf(template, type);
  if (only === undefined || others.length > 0) throw new Error(`There is not exactly one ${type}.`);
  return only.properties;
}

/** A function is called as its source is; another resource as its construct, without CDK's hash. */
function nameOf(id: string, { Description }: Json): string {
  const source = /^functions\/(.+)\.ts$/.exec(String(Description))?.[1];
  return source ?? id.replace(/[0-9A-F]{8}$/, '');
}

function plain(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const [[key = '', argument] = [], ...others] = Object.entries(value);
  if (others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) return call(key, argument, names);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, names)]));
}

function call(intrinsic: string, argument: unknown, names: ReadonlyMap<string, string>): string {
  const named = (id: unknown): string => names.get(String(id)) ?? String(id);
  if (intrinsic === 'Ref') return `<${named(argument)}>`;
  if (intrinsic === 'Fn::Sub' && typeof argument === 'string') return argument;
  if (Array.isArray(argument)) {
    if (intrinsic === 'Fn::GetAtt') return `<${named(argument[0])}.${argument[1]}>`;
    if (intrinsic === 'Fn::Join')
      return argument[1].map((part: unknown) => plain(part, names)).join(argument[0]);
  }
  throw new Error(`The template uses ${intrinsic}, which needs more than a small evaluator.`);
}

function objectOf(value: unknown): Json {
  if (typeof value === 'object' && value !== null) return { ...value };
  throw new TypeError(`${JSON.stringify(value)} is not an object.`);
}

function objectAt(value: Json, name: string): Json {
  return objectOf(value[name] ?? {});
}
