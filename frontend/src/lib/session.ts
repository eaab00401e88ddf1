import { create } from 'zustand';
import type { SignedIn, User } from '@/types/api';

type Session = {
  /** `restoring` until the first refresh has answered; `ended` when the server went on with it no longer. */
  status: 'restoring' | 'anonymous' | 'signed-in' | 'ended';
  /** Once the session has ended, whose it was: what they were doing waits for them. */
  user: User | null;
  /** Lives in memory only; the refresh cookie is HttpOnly. */
  accessToken: string | null;
};

/** Says only that a refresh is worth trying, so that visitors who never signed in cause no request. Not a secret. */
const hintKey = 'msa-shop.session';

const anonymous: Session = { status: 'anonymous', user: null, accessToken: null };

export const useSession = create<Session>(() => (hasSessionHint() ? { ...anonymous, status: 'restoring' } : anonymous));

export function hasSessionHint() {
  return localStorage.getItem(hintKey) !== null;
}

export function startSession({ accessToken, user }: SignedIn) {
  localStorage.setItem(hintKey, 'yes');
  useSession.setState({ status: 'signed-in', user, accessToken });
}

export function endSession() {
  localStorage.removeItem(hintKey);
  useSession.setState(anonymous);
}

/** The server knows the session no longer: unlike signing out, nobody asked for it. */
export function loseSession() {
  // Other tabs find out by themselves: without the hint they would take it for signing out and drop what was typed.
  if (!useSession.getState().user) localStorage.removeItem(hintKey);
  useSession.setState(({ user }) => ({ status: 'ended', user, accessToken: null }));
}

/** Takes over a change of one's own account. */
export function changeUser(user: User) {
  useSession.setState({ user });
}

/** Signing out in one tab signs out the others. */
export function followOtherTabs() {
  window.addEventListener('storage', (event) => {
    if (event.key === hintKey && event.newValue === null) useSession.setState(anonymous);
  });
}
