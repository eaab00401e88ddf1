import { NumberField } from './number-field';

type WonFieldProps = {
  label: string;
  name: string;
  hint?: string;
  defaultValue?: number;
  isRequired?: boolean;
  autoFocus?: boolean;
};

/** A field for whole won, grouped with commas. */
export const WonField = (props: WonFieldProps) => <NumberField {...props} minValue={0} />;
