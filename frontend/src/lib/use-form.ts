import { useState, type FormEvent } from 'react';
import type { z } from 'zod';
import { problemMessage } from './i18n/problem-message';
import { useTranslate, type Words } from './i18n/translate';
import { sessionEnded, type ApiError } from './problem';

type FieldErrors = Record<string, string[]>;

type FormWords = {
  /** The words that the schema uses besides the shop's. */
  words?: Words;
  /** By field, the key of what only the server can find wrong with it. */
  refusals?: Record<string, string>;
};

/**
 * Reads a form by its schema, whose messages are dictionary keys, and shows what is wrong at the fields: what the schema
 * found, and what the server found after sending. The server's own words are for whoever calls it, in English: readers
 * get the form's.
 */
export function useForm<Schema extends z.ZodObject>(
  schema: Schema,
  serverError: ApiError | null,
  { words, refusals = {} }: FormWords = {},
) {
  const { t } = useTranslate(words);
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

  const sayAll = (found: Record<string, string[]>): FieldErrors =>
    Object.fromEntries(Object.entries(found).map(([field, messages]) => [field, messages.map((key) => t(key))]));
  const own = sayAll(keys);
  const refused = serverError ? refusedFields(serverError, Object.keys(schema.shape)) : [];
  const served = sayAll(Object.fromEntries(refused.map((field) => [field, [refusals[field] ?? 'validation.refused']])));
  const shownAtFields = refused.length > 0;

  return {
    handleSubmit,
    errors: Object.keys(own).length > 0 ? own : served,
    /** The failure to show above the form, if it does not belong to a field. */
    message: serverError && serverError.code !== sessionEnded && !shownAtFields ? problemMessage(serverError, t) : null,
  };
}

/** The server names nested fields with a path (`recipient.phone`); forms name only the last part. */
function refusedFields(error: ApiError, fields: string[]): string[] {
  const names = Object.keys(error.problem.errors ?? {}).map((path) => path.split('.').at(-1)?.toLowerCase());
  return fields.filter((field) => names.includes(field.toLowerCase()));
}
