/** One line of an `out_of_stock` answer. */
export type Shortage = { productId: number; requested: number; available: number };

/** What the API says when it says no (RFC 9457), or why no answer came. */
export type Problem = {
  status: number;
  code: string;
  detail?: string;
  traceId?: string;
  errors?: Record<string, string[]>;
  items?: Shortage[];
  productIds?: number[];
  /** Where an order is, when it cannot go where it was told to. */
  from?: string;
  /** What a thing is now, when somebody else has changed it meanwhile. */
  current?: unknown;
  /** Why a card was refused, by Toss. */
  tossCode?: string;
  tossMessage?: string;
  /** How much money of a payment is left to give back. */
  refundable?: number;
  /** How much was to be paid, when another amount came. */
  expected?: number;
};

/** The one error every request can fail with. `code` is what callers decide by. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.code, options);
    this.name = 'ApiError';
    this.problem = problem;
  }

  get code() {
    return this.problem.code;
  }

  get status() {
    return this.problem.status;
  }
}

/** What is wrong in general, for answers with no code of their own or one that means nothing special here. */
const codesByStatus: Record<number, string> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  429: 'too_many_requests',
};

export const generalCode = (status: number) => codesByStatus[status] ?? (status >= 500 ? 'unavailable' : 'rejected');

/** The code of requests that failed because the session is over. The page asks to sign in again; forms need not say so. */
export const sessionEnded = 'session_ended';

/** Whether no answer came, or one that does not tell what happened. That cards cannot be charged tells that none was. */
export const outcomeUnknown = ({ status, code }: ApiError) =>
  status === 0 || (status >= 500 && code !== 'payment_unavailable');

/** Reads an error answer, whether or not it is problem details. */
export async function readProblem(response: Response): Promise<Problem> {
  const fallback: Problem = {
    status: response.status,
    code: generalCode(response.status),
  };
  if (!response.headers.get('content-type')?.includes('json')) return fallback;
  try {
    const body = (await response.json()) as Partial<Problem>;
    return { ...fallback, ...body, status: response.status, code: body.code ?? fallback.code };
  } catch (error) {
    if (error instanceof SyntaxError) return fallback;
    throw error;
  }
}

export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError({ status: 0, code: 'unexpected' }, { cause: error });
}
