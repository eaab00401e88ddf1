import { useState, type FormEvent } from 'react';
import type { z } from 'zod';
import { problemMessage } from './i18n/problem-message';
import { useTranslate, type MessageKey } from './i18n/translate';
import { sessionEnded, type ApiError } from './problem';

type FieldErrors = Record<string, string[]>;

/**
 * Reads a form by its schema, whose messages are dictionary keys, and shows what is wrong at the fields: what the schema
 * found, and what the server found after sending.
 */
export function useForm<Schema extends z.ZodObject>(
  schema: Schema,
  serverError: ApiError | null,
  /** Says what a key means, where the schema has words of its own. */
  say?: (key: string) => string,
) {
  const { t } = useTranslate();
  const [keys, setKeys] = useState<Record<string, string[]>>({});

  const handleSubmit = (send: (values: z.output<Schema>) => void) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const result = schema.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (result.success) {
      setKeys({});
      send(result.data);
      return;
    }
    const found: Record<string, string[]> = {};
    for (const issue of result.error.issues) {
      found[String(issue.path[0])] ??= [issue.message];
    }
    setKeys(found);
  };

  const own: FieldErrors = Object.fromEntries(
    Object.entries(keys).map(([field, messages]) => [
      field,
      messages.map((key) => (say ? say(key) : t(key as MessageKey))),
    ]),
  );
  const served = serverError ? errorsByField(serverError, Object.keys(schema.shape)) : {};
  const shownAtFields = Object.keys(served).length > 0;

  return {
    handleSubmit,
    errors: Object.keys(own).length > 0 ? own : served,
    /** The failure to show above the form, if it does not belong to a field. */
    message: serverError && serverError.code !== sessionEnded && !shownAtFields ? problemMessage(serverError, t) : null,
  };
}

/** The server names nested fields with a path (`recipient.phone`); forms name only the last part. */
function errorsByField(error: ApiError, fields: string[]): FieldErrors {
  const found: FieldErrors = {};
  for (const [path, messages] of Object.entries(error.problem.errors ?? {})) {
    const name = path.split('.').at(-1)?.toLowerCase();
    const field = fields.find((candidate) => candidate.toLowerCase() === name);
    if (field) found[field] = messages;
  }
  return found;
}
