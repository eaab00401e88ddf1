import { useEffect, type MutableRefObject } from 'react';
import { useBlocker } from 'react-router';
import { DialogForm } from './dialog-form';

type LeaveGuardProps = { isDirty: MutableRefObject<boolean>; title: string; text: string; leave: string };

/** Asks before leaving a page with unsaved input. */
export function LeaveGuard({ isDirty, title, text, leave }: LeaveGuardProps) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isDirty.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <DialogForm danger title={title} text={text} submit={leave} onSubmit={blocker.proceed} onClose={blocker.reset} />
  );
}
