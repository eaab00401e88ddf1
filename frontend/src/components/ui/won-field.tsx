import { NumberField } from './number-field';

type WonFieldProps = {
  label: string;
  name: string;
  hint?: string;
  defaultValue?: number;
  isRequired?: boolean;
  autoFocus?: boolean;
};

/** An amount of whole won, written with commas. */
export const WonField = (props: WonFieldProps) => <NumberField {...props} minValue={0} />;
