import { useTranslate, type MessageKey } from '../translate';
import { ko } from './ko';
import { useAdminTranslate, type AdminKey } from './translate';

const isAdminKey = (key: string): key is AdminKey => key in ko;

/** Says what a schema of the admin area found: in its own words, or in those it shares with the shop. */
export function useValidationText(): (key: string) => string {
  const t = useAdminTranslate();
  const { t: tShop } = useTranslate();
  return (key) => (isAdminKey(key) ? t(key) : tShop(key as MessageKey));
}
