import { resourcesOf, type PlainResource, type PlainTemplate } from './plainTemplate.ts';

/** What is wrong with the rules and the queues in front of functions; one sentence each. */
export function checkEvents(template: PlainTemplate): readonly string[] {
  return [
    ...resourcesOf(template, 'AWS::Events::Rule').flatMap((rule) => checkRule(rule, template)),
    ...resourcesOf(template, 'AWS::Lambda::EventSourceMapping').flatMap((mapping) =>
      checkSource(mapping, template),
    ),
  ];
}

/** An event that cannot be handled must be kept somewhere, and from there SQS must be able to take it back. */
function checkRule({ name, properties }: PlainResource, template: PlainTemplate): readonly string[] {
  const targets = [properties['Targets'] ?? []].flat().map(Object);
  const isOpen =
    properties['EventPattern'] !== undefined && Object(properties['EventPattern']).source === undefined;
  return [
    ...targets
      .filter(({ DeadLetterConfig }) => DeadLetterConfig === undefined)
      .map(() => `${name} has no dead-letter queue: it loses an event that its target refuses.`),
    ...targets
      .filter(({ DeadLetterConfig }) => DeadLetterConfig !== undefined)
      .filter(({ Arn, DeadLetterConfig }) => !isOnlyFor(DeadLetterConfig.Arn, Arn, template))
      .map(
        () => `${name} shares its dead-letter queue: SQS does not know where to take its messages back to.`,
      ),
    ...(isOpen ? [`${name} takes events of every source.`] : []),
  ];
}

/** Whether one queue and no other puts what it cannot handle into these dead letters. */
function isOnlyFor(deadLetters: unknown, queue: unknown, template: PlainTemplate): boolean {
  const sources = resourcesOf(template, 'AWS::SQS::Queue')
    .filter(({ properties }) => Object(properties['RedrivePolicy']).deadLetterTargetArn === deadLetters)
    .map(({ name }) => `<${name}.Arn>`);
  return sources.length === 1 && sources[0] === queue;
}

function checkSource({ name, properties }: PlainResource, template: PlainTemplate): readonly string[] {
  const source = String(properties['EventSourceArn']);
  const queue = resourcesOf(template, 'AWS::SQS::Queue').find((one) => source === `<${one.name}.Arn>`);
  const reports = [properties['FunctionResponseTypes'] ?? []].flat().includes('ReportBatchItemFailures');
  return [
    ...(queue?.properties['RedrivePolicy'] === undefined
      ? [`${name} reads a queue without a dead-letter queue: a bad message blocks it for days.`]
      : []),
    ...(reports ? [] : [`${name} repeats a whole batch when one message fails.`]),
  ];
}
