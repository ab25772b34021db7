/** A failure at a named point, such as `error` at `s3.PutObject`. `GET /_local/faults` lists the points and the kinds. */
export type Fault = {
  readonly point: string;
  readonly kind: string;
  /** How often it strikes; once by default. */
  readonly times?: number;
  /** How long a `delay` takes, in milliseconds. */
  readonly ms?: number;
};

export type ArmedFault = { readonly point: string; readonly kind: string; readonly times: number };

/** Since the process began. */
export type Counts = {
  /** Calls of services by `service.Operation`, such as `s3.PutObject`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Runs of functions. */
  readonly invocations: number;
  /** Commits of the cloud's store. */
  readonly commits: number;
};

/** What a test may do to a cloud that runs with `--test-controls`. A refusal rejects with the cloud's sentence. */
export type Controls = {
  readonly now: () => Promise<Date>;
  /** Puts the clock forward by an ISO 8601 duration such as `PT72H`; resolves when all that became due has begun. */
  readonly advance: (duration: string) => Promise<Date>;
  readonly arm: (fault: Fault) => Promise<void>;
  /** The faults that have not struck yet. */
  readonly armed: () => Promise<readonly ArmedFault[]>;
  /** Takes all faults back. */
  readonly heal: () => Promise<void>;
  readonly counts: () => Promise<Counts>;
};

/** What was counted between two looks; calls that were not made are left out. */
export function countedBetween(before: Counts, after: Counts): Counts {
  const calls = Object.entries(after.calls)
    .map(([name, times]) => [name, times - (before.calls[name] ?? 0)] as const)
    .filter(([, times]) => times > 0);
  return {
    calls: Object.fromEntries(calls),
    invocations: after.invocations - before.invocations,
    commits: after.commits - before.commits,
  };
}

type Request = { readonly path: string; readonly method: string; readonly body: string };

type Answer = Counts & {
  readonly now: string;
  readonly armed: readonly ArmedFault[];
  readonly message?: string;
};

/** `fetchSigned` sends a request with the signature of the cloud's administrator. */
export function createControls(fetchSigned: (request: Request) => Promise<Response>): Controls {
  const send = async (path: string, method: string, body?: unknown): Promise<Answer> => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const response = await fetchSigned({ path: `/_local/${path}`, method, body: text });
    const answer: Answer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    return answer;
  };
  return {
    now: async () => new Date((await send('clock', 'GET')).now),
    advance: async (duration) => new Date((await send('clock', 'POST', { advance: duration })).now),
    arm: async (fault) => void (await send('faults', 'POST', fault)),
    armed: async () => (await send('faults', 'GET')).armed,
    heal: async () => void (await send('faults', 'DELETE')),
    counts: async () => {
      const { calls, invocations, commits } = await send('counts', 'GET');
      return { calls, invocations, commits };
    },
  };
}
