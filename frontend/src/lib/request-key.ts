import { useRef } from 'react';

/** An idempotency key that nothing else has. */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

/** The idempotency key of what is sent: the same one as long as the same is sent, so that a lost answer may be asked for again. */
export function useRequestKey() {
  const sent = useRef({ content: '', key: '' });
  return (body: unknown) => {
    const content = JSON.stringify(body);
    if (sent.current.content !== content) sent.current = { content, key: newKey() };
    return sent.current.key;
  };
}
