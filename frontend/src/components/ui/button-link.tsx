import { Link, type LinkProps } from 'react-router';
import { buttonStyles, type ButtonLook } from './button-styles';

export function ButtonLink({ variant, size, wide, ...props }: Omit<LinkProps, 'className'> & ButtonLook) {
  return <Link {...props} className={buttonStyles({ variant, size, wide })} />;
}
