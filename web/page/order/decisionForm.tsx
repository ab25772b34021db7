import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Client } from '../../../client/countersign.ts';
import { isSameName } from '../../../functions/order/sameName.ts';
import type { DecisionRules } from '../../config.ts';
import { useObservable } from '../../observable.ts';
import type { Person, PersonState } from '../person/createPerson.ts';
import { claimSize, isTooLong } from '../text/size.ts';
import type { OrderModel, OrderState } from './createOrderModel.ts';
import type { Intent } from './draft.ts';
import { ConfirmOrReject, SendOrBack } from './decisionButtons.tsx';
import { DecisionFacts } from './decisionFacts.tsx';
import { NoteField } from './noteField.tsx';
import { Refusal } from './refusal.tsx';
import { Unsent } from './unsent.tsx';

export type DecisionFormProps = {
  readonly client: Client;
  readonly model: OrderModel;
  readonly state: OrderState;
  readonly person: Person;
  readonly rules: DecisionRules;
  /** Whether the person came here to decide, so that the next key may be Enter. */
  readonly isExpected: boolean;
};

/** Confirm, reject or cancel, each with a note for everyone who follows the order. */
export function DecisionForm(props: DecisionFormProps) {
  const { client, model, state, person, isExpected } = props;
  const obstacle = obstacleOf(props, useObservable(person));
  const isOwn = obstacle?.stops === 'confirmation';
  const { draft, sending } = state;
  const { intent, note } = draft;
  const input = useRef<HTMLTextAreaElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isExpected) confirm.current?.focus({ preventScroll: true });
  }, [isExpected]);
  const isOff = sending !== null || isTooLong(claimSize(note)) || obstacle?.stops === 'every decision';
  const decide = async (chosen: Intent) => {
    const name = await person.ensureName();
    if (name !== null) await model.decide(chosen, name);
  };
  const open = (next: Intent) => {
    model.write({ intent: next, isUnsent: false });
    if (next === 'confirm') confirm.current?.focus();
    else input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && intent !== 'confirm') open('confirm');
    if (!isSendKey(event) || isOff || (isOwn && intent === 'confirm')) return;
    event.preventDefault();
    void decide(intent);
  };
  return (
    <section class={`decision for-${intent}`} aria-label="Your decision" onKeyDown={onKeyDown}>
      {draft.isUnsent && sending === null ? (
        <Unsent client={client} state={state} onSend={() => decide(intent)} isOff={isOff} />
      ) : (
        <Refusal error={state.refusal} />
      )}
      <div class="decision-row">
        <div class="buttons">
          {intent === 'confirm' ? (
            <ConfirmOrReject
              confirm={confirm}
              sending={sending}
              isConfirmOff={isOff || isOwn}
              isRejectOff={isOff}
              onConfirm={() => decide('confirm')}
              onReject={() => open('reject')}
            />
          ) : (
            <SendOrBack intent={intent} sending={sending} isOff={isOff} onSend={decide} onBack={open} />
          )}
        </div>
        <NoteField intent={intent} note={note} input={input} onNote={(text) => model.write({ note: text })} />
      </div>
      <DecisionFacts
        person={person}
        obstacle={obstacle?.sentence ?? null}
        onCancel={intent === 'confirm' ? () => open('cancel') : null}
        isOff={sending !== null || obstacle?.stops === 'every decision'}
      />
    </section>
  );
}

function isSendKey({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === 'Enter' && (ctrlKey || metaKey);
}

type Obstacle = { readonly stops: 'confirmation' | 'every decision'; readonly sentence: string };

/** Said before the button is pressed; the API is what refuses, and compares verified identities where it has them. */
function obstacleOf(
  { rules, state, person }: DecisionFormProps,
  { name, groups }: PersonState,
): Obstacle | null {
  const { isSelfApprovalRefused, approverGroup } = rules;
  if (name === '') return null;
  if (approverGroup !== null && person.proof === 'token' && !groups.includes(approverGroup))
    return {
      stops: 'every decision',
      sentence: `Only members of the group ${approverGroup} decide, and you are not one of them.`,
    };
  if (!isSelfApprovalRefused || !isSameName(state.requestedBy ?? '', name)) return null;
  return {
    stops: 'confirmation',
    sentence: 'You placed this order, so another person must confirm it.',
  };
}
