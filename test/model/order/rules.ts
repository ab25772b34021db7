/** The rules of the protocol that the model can do without, to show what each is there for. Off means broken. */
export type Rules = Readonly<Record<Rule, boolean>>;

const DESCRIPTIONS = {
  fencedToken: 'R2: storeTaskToken replaces only the token of an older attempt',
  decisionOnce: 'R3: a decision is created once, and the first one stands',
  decisionReadLast: 'R3: storeTaskToken reads the decision after its token and its record are written',
  lookOnceMore: 'R3: confirmOrder looks for record and token once more after the decision is written',
  spentTokenReadAgain: 'R3: a token that a newer attempt has replaced is read again',
  acknowledgeAfterDurable: 'R4: a decision is acknowledged after it is durable',
  lostDecisionReadAgain: 'R5: a 412 on a decision is followed by a read of the one that stands',
  lostRecordReadAgain: 'R5: a 412 on the record of an order is followed by a read of what it is',
  expiryObeys: 'R6: ExpireOrder obeys the decision that stands',
  failureDecides: 'R6: FailOrder creates the decision FAILED if none stands',
  failureEnds: 'R6: FailOrder ends the order as FAILED whatever was decided',
  netStarts: 'R7: a request without an execution is started',
  netResumes: 'R7: a decision that nobody heard of is sent once more',
  netCloses: 'R7: the order of an execution that failed or was stopped is closed',
  netInsists: 'R7: a notification whose handling failed is delivered again',
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
