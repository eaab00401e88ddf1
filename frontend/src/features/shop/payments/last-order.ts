const storageKey = 'msa-shop.last-payment';

/** The order whose payment window was opened last in this tab: Toss does not always say it when the buyer cancels. */
export const rememberOrder = (orderNumber: string) => sessionStorage.setItem(storageKey, orderNumber);

export const lastOrder = () => sessionStorage.getItem(storageKey);
