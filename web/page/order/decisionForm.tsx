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
  const confirm = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (isExpected) confirm.current?.focus({ preventScroll: true });
  }, [isExpected]);
  useFocusOnChange(form, intent);
  const isOff = sending !== null || isTooLong(claimSize(note)) || obstacle?.stops === 'every decision';
  const decide = async (chosen: Intent) => {
    const name = await person.ensureName();
    if (name !== null) await model.decide(chosen, name);
  };
  const open = (next: Intent) => model.write({ intent: next, isUnsent: false });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && intent !== 'confirm') open('confirm');
    if (!isSendKey(event) || isOff || (isOwn && intent === 'confirm')) return;
    event.preventDefault();
    void decide(intent);
  };
  const buttons = (
    <div key="buttons" class="buttons">
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
  );
  const noteField = (
    <NoteField key="note" intent={intent} note={note} onNote={(text) => model.write({ note: text })} />
  );
  return (
    <section class={`decision for-${intent}`} aria-label="Your decision" ref={form} onKeyDown={onKeyDown}>
      {draft.isUnsent && sending === null ? (
        <Unsent client={client} state={state} onSend={() => decide(intent)} isOff={isOff} />
      ) : (
        <Refusal error={state.refusal} person={person} />
      )}
      <div class="decision-row">{intent === 'confirm' ? [buttons, noteField] : [noteField, buttons]}</div>
      <DecisionFacts
        person={person}
        obstacle={obstacle?.sentence ?? null}
        onCancel={intent === 'confirm' ? () => open('cancel') : null}
        isOff={sending !== null || obstacle?.stops === 'every decision'}
      />
    </section>
  );
}

/** The buttons are exchanged, and the focus with them: it goes into the reason, and back to what opened it. */
function useFocusOnChange(form: { readonly current: HTMLElement | null }, intent: Intent): void {
  const before = useRef(intent);
  useLayoutEffect(() => {
    if (before.current === intent) return;
    const target = intent === 'confirm' ? `[data-opens=${before.current}]` : 'textarea';
    before.current = intent;
    form.current?.querySelector<HTMLElement>(target)?.focus();
  }, [form, intent]);
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
