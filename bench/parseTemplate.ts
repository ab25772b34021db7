/** What the template says about costs and bundles. */
export type Deployment = {
  readonly states: Readonly<Record<string, { readonly Next?: string }>>;
  readonly startAt: string;
  readonly logLevel: string;
  readonly apiLogClass: 'STANDARD' | 'INFREQUENT_ACCESS';
  readonly functions: readonly Runtime[];
  readonly alarms: number;
  readonly dashboards: number;
  /** Queues that Lambda reads for a function. */
  readonly queuesRead: number;
  /** Whether X-Ray records requests. */
  readonly isTraced: boolean;
};

type Runtime = {
  readonly source: string;
  /** The folder of its bundle in the cloud assembly. */
  readonly bundle: string;
  readonly gigabytes: number;
  readonly architecture: 'arm64' | 'x86_64';
};
/** Of all that a template holds, what is measured. */
type Resource = {
  readonly Type: string;
  readonly Properties: {
    readonly DefinitionString?: Joined;
    readonly LoggingConfiguration?: { readonly Level?: string };
    readonly Description?: string;
    readonly Code?: { readonly S3Key?: string };
    readonly MemorySize?: number;
    readonly Architectures?: readonly Runtime['architecture'][];
    readonly TracingConfig?: { readonly Mode?: string };
    readonly LogGroupName?: unknown;
    readonly LogGroupClass?: Deployment['apiLogClass'];
  };
};
type Joined = { readonly 'Fn::Join': readonly [string, readonly unknown[]] };

const LAMBDA_DEFAULT_MEGABYTES = 128;

export function parseTemplate(text: string): Deployment {
  const { Resources }: { Resources: Readonly<Record<string, Resource>> } = JSON.parse(text);
  const propertiesOf = (type: string) =>
    Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
  const [machine] = propertiesOf('AWS::StepFunctions::StateMachine');
  if (machine?.DefinitionString === undefined) throw new Error('The template holds no state machine.');
  const definition: { States: Deployment['states']; StartAt: string } = JSON.parse(
    joined(machine.DefinitionString),
  );
  const countOf = (type: string) => propertiesOf(type).length;
  return {
    alarms: countOf('AWS::CloudWatch::Alarm'),
    dashboards: countOf('AWS::CloudWatch::Dashboard'),
    queuesRead: countOf('AWS::Lambda::EventSourceMapping'),
    isTraced: propertiesOf('AWS::Lambda::Function').some(
      ({ TracingConfig }) => TracingConfig?.Mode === 'Active',
    ),
    states: definition.States,
    apiLogClass: apiLogOf(propertiesOf('AWS::Logs::LogGroup'))?.LogGroupClass ?? 'STANDARD',
    startAt: definition.StartAt,
    logLevel: machine.LoggingConfiguration?.Level ?? 'OFF',
    functions: propertiesOf('AWS::Lambda::Function').map(
      ({ Description = '', Code, MemorySize = LAMBDA_DEFAULT_MEGABYTES, Architectures = ['x86_64'] }) => ({
        source: Description.replace(/^functions\/(.+)\.ts$/, '$1'),
        bundle: `asset.${Code?.S3Key?.replace(/\.zip$/, '')}`,
        gigabytes: MemorySize / 1024,
        architecture: Architectures[0] ?? 'x86_64',
      }),
    ),
  };
}

/** AppSync chooses the name of its log; the others have none of their own. */
const apiLogOf = (logs: readonly Resource['Properties'][]) =>
  logs.find(({ LogGroupName }) => JSON.stringify(LogGroupName)?.includes('/aws/appsync/apis/'));

/** References stay out: no price depends on them. */
function joined({ 'Fn::Join': [, parts] }: Joined): string {
  return parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
}
