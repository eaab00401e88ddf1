import { Checkout } from '@/features/shop/checkout/components/checkout';
import { RequireSession } from '../require-session';

export function Component() {
  return <RequireSession>{(user) => <Checkout user={user} />}</RequireSession>;
}
