/** The rules of the protocol (docs/protocol.md) that the model can do without, to show what each is there for. Off means broken. */
export type Rules = Readonly<Record<Rule, boolean>>;

const DESCRIPTIONS = {
  fencedToken: 'Rule 2: storeTaskToken replaces only the token of an older attempt',
  decisionOnce: 'Rule 3: a decision is created once, and the first one stands',
  decisionReadLast: 'Rule 3: storeTaskToken reads the decision after its token and its record are written',
  lookOnceMore: 'Rule 3: confirmOrder looks for record and token once more after the decision is written',
  spentTokenReadAgain: 'Rule 3: a token that a newer attempt has replaced is read again',
  acknowledgeAfterDurable: 'Rule 4: a decision is acknowledged after it is durable',
  lostDecisionReadAgain: 'Rule 5: a 412 on a decision is followed by a read of the one that stands',
  lostRecordReadAgain: 'Rule 5: a 412 on the record of an order is followed by a read of what it is',
  expiryObeys: 'Rule 6: ExpireOrder obeys the decision that stands',
  failureDecides: 'Rule 6: FailOrder creates the decision FAILED if none stands',
  failureEnds: 'Rule 6: FailOrder ends the order as FAILED whatever was decided',
  netStarts: 'Rule 7: a request without an execution is started',
  netResumes: 'Rule 7: a decision that nobody heard of is sent once more',
  netCloses: 'Rule 7: the order of an execution that failed or was stopped is closed',
  netInsists: 'Rule 7: a notification whose handling failed is delivered again',
  recordCompared: 'Storage: the record of an order is written by compare-and-set',
  markRemovedLast: 'Storage: the mark is deleted after the last status is written',
  lateMarkRemoved: 'Storage: a mark that was written after the end is deleted by its writer',
  endTidiesAgain: 'Storage: a step that finds the order ended still deletes the mark and lists the order',
  stepsRetried: 'Workflow: a step that was lost is retried',
} as const;

export type Rule = keyof typeof DESCRIPTIONS;

const isRule = (name: string): name is Rule => Object.hasOwn(DESCRIPTIONS, name);

export const RULES: readonly Rule[] = Object.keys(DESCRIPTIONS).filter(isRule);

export const ALL_ON: Rules = {
  fencedToken: true,
  decisionOnce: true,
  decisionReadLast: true,
  lookOnceMore: true,
  spentTokenReadAgain: true,
  acknowledgeAfterDurable: true,
  lostDecisionReadAgain: true,
  lostRecordReadAgain: true,
  expiryObeys: true,
  failureDecides: true,
  failureEnds: true,
  netStarts: true,
  netResumes: true,
  netCloses: true,
  netInsists: true,
  recordCompared: true,
  markRemovedLast: true,
  lateMarkRemoved: true,
  endTidiesAgain: true,
  stepsRetried: true,
};

export const describeRule = (rule: Rule): string => DESCRIPTIONS[rule];
/** Every rule but one. */
export const without = (rule: Rule): Rules => ({ ...ALL_ON, [rule]: false });
