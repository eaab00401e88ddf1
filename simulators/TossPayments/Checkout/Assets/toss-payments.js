// Stands in for https://js.tosspayments.com/v2/standard behind the npm package @tosspayments/tosspayments-sdk: defines
// window.TossPayments with the same checks, errors and ways back, and opens the simulator's own window.
(() => {
  "use strict";

  const simulator = new URL(document.currentScript.src).origin;
  const ANONYMOUS = "@@ANONYMOUS";
  const METHODS = ["CARD", "VIRTUAL_ACCOUNT", "TRANSFER", "MOBILE_PHONE", "CULTURE_GIFT_CERTIFICATE", "FOREIGN_EASY_PAY"];
  const korean = !/^en/i.test(document.documentElement.lang || navigator.language);

  class TossPaymentsError extends Error {
    constructor(code, ko, en) {
      super(korean ? ko : en);
      this.name = "TossPaymentsError";
      this.code = code;
    }
  }

  const fail = (code, ko, en) => {
    throw new TossPaymentsError(code, ko, en);
  };
  const isText = (value, maximum) => typeof value === "string" && value.length > 0 && value.length <= maximum;
  const isMobile = () => /Android|iPhone|iPad|iPod|Mobile/i.test(navigator.userAgent);

  function checkUrl(value, code) {
    let url;
    try {
      url = new URL(value);
    } catch {
      url = undefined;
    }
    if (!url || !/^https?:$/.test(url.protocol)) {
      fail(code, `${value}: 주소에 origin을 포함해 주세요.`, `${value}: the address must carry its origin.`);
    }
  }

  function checkMetadata(metadata) {
    const pairs = Object.entries(metadata);
    if (
      pairs.length > 5 ||
      pairs.some(([key, value]) => !isText(key, 40) || /[[\]]/.test(key) || typeof value !== "string" || value.length > 2000)
    ) {
      fail(
        "INVALID_METADATA",
        "metadata는 최대 5쌍이고, 키는 대괄호 없이 40자, 값은 2000자 이하여야 합니다.",
        "metadata has at most 5 pairs, keys of at most 40 characters without brackets, values of at most 2000.",
      );
    }
  }

  function check(request) {
    if (typeof request !== "object" || request === null) {
      fail("INVALID_PARAMETERS", "결제 정보를 객체로 넘겨주세요.", "Pass the payment as an object.");
    }
    const { method, amount, orderId, orderName, successUrl, failUrl } = request;
    if (!METHODS.includes(method)) {
      fail("INVALID_PARAMETERS", `지원하지 않는 method 값입니다: ${method}`, `There is no such method: ${method}`);
    }
    if (method !== "CARD") {
      fail("NOT_SUPPORTED_METHOD", "시뮬레이터는 카드 결제만 지원합니다.", "The simulator knows only card payments.");
    }
    if (typeof amount !== "object" || amount === null || typeof amount.value !== "number" || !Number.isInteger(amount.value)) {
      fail("INVALID_AMOUNT_VALUE", "amount.value는 정수여야 합니다.", "amount.value must be a whole number.");
    }
    if (amount.currency !== "KRW") {
      fail("INVALID_AMOUNT_CURRENCY", "카드 결제의 통화는 KRW입니다.", "The currency of a card payment is KRW.");
    }
    if (amount.value <= 0) {
      fail("BELOW_ZERO_AMOUNT", "금액은 0보다 커야 합니다.", "The amount must be greater than 0.");
    }
    if (typeof orderId !== "string" || !/^[A-Za-z0-9_=-]{6,64}$/.test(orderId)) {
      fail(
        "INVALID_PARAMETERS",
        "orderId는 영문 대소문자, 숫자, 특수문자(-, _, =)로 된 6자 이상 64자 이하 문자열이어야 합니다.",
        "orderId has 6 to 64 characters of A-Z a-z 0-9 - _ =.",
      );
    }
    if (!isText(orderName, 100)) {
      fail("INVALID_PARAMETERS", "orderName은 1자 이상 100자 이하여야 합니다.", "orderName has 1 to 100 characters.");
    }
    for (const name of ["customerName", "customerEmail"]) {
      if (request[name] != null && !isText(request[name], 100)) {
        fail("INVALID_PARAMETERS", `${name}은 100자 이하여야 합니다.`, `${name} has at most 100 characters.`);
      }
    }
    if (request.customerMobilePhone != null && !/^[0-9]{8,15}$/.test(request.customerMobilePhone)) {
      fail(
        "INVALID_PARAMETERS",
        "customerMobilePhone은 숫자 8자 이상 15자 이하여야 합니다.",
        "customerMobilePhone has 8 to 15 digits.",
      );
    }
    if (!["iframe", "self", undefined, null].includes(request.windowTarget)) {
      fail("INVALID_PARAMETERS", "windowTarget은 iframe 또는 self입니다.", "windowTarget is iframe or self.");
    }
    if (request.metadata != null) {
      checkMetadata(request.metadata);
    }
    if ((successUrl == null) !== (failUrl == null)) {
      fail("INVALID_PARAMETERS", "successUrl과 failUrl을 함께 넘겨주세요.", "Pass successUrl and failUrl together.");
    }
    if (successUrl != null) {
      checkUrl(successUrl, "INCORRECT_SUCCESS_URL_FORMAT");
      checkUrl(failUrl, "INCORRECT_FAIL_URL_FORMAT");
    }
  }

  function targetOf({ windowTarget, successUrl }) {
    const target = windowTarget ?? (isMobile() ? "self" : "iframe");
    if (target === "iframe" && isMobile()) {
      fail("INVALID_PARAMETERS", "모바일에서는 iframe을 쓸 수 없습니다.", "A mobile browser cannot use iframe.");
    }
    if (successUrl == null && target === "self") {
      fail(
        "NOT_SUPPORTED_PROMISE",
        "Promise 방식은 PC의 iframe에서만 쓸 수 있습니다. successUrl과 failUrl을 넘겨주세요.",
        "The Promise style works only in an iframe on a PC. Pass successUrl and failUrl.",
      );
    }
    return target;
  }

  async function open(clientKey, customerKey, request, target) {
    const language = { KO: "ko", EN: "en" }[request.card?.language] ?? (korean ? "ko" : "en");
    let answer;
    try {
      answer = await fetch(`${simulator}/sim/payments`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          clientKey,
          customerKey: customerKey === ANONYMOUS ? undefined : customerKey,
          method: request.method,
          amount: request.amount,
          orderId: request.orderId,
          orderName: request.orderName,
          successUrl: request.successUrl,
          failUrl: request.failUrl,
          taxFreeAmount: request.taxFreeAmount,
          useEscrow: request.card?.useEscrow,
          metadata: request.metadata ?? undefined,
          embeddedBy: target === "iframe" ? location.origin : undefined,
          language,
        }),
      });
    } catch {
      fail("UNKNOWN", "결제창을 열지 못했습니다.", "The payment window could not be opened.");
    }
    const body = await answer.json();
    if (!answer.ok) {
      const detail = body.errors ? Object.values(body.errors).flat().join(" ") : body.detail;
      const code = { UNAUTHORIZED_KEY: "INVALID_CLIENT_KEY", validation_failed: "INVALID_PARAMETERS" }[body.code];
      fail(code ?? body.code ?? "UNKNOWN", detail, detail);
    }
    return body.checkoutUrl;
  }

  /** Shows the window over the page; resolves with what came of it, and rejects when the page takes it down. */
  function embed(url, signal) {
    return new Promise((resolve, reject) => {
      const dialog = document.createElement("dialog");
      dialog.setAttribute("aria-label", "Toss Payments");
      dialog.style.cssText =
        "margin:auto;width:min(560px,100vw);height:min(860px,100dvh);max-width:none;max-height:none;padding:0;border:0;border-radius:20px;overflow:hidden;background:transparent";
      const frame = document.createElement("iframe");
      frame.src = url;
      frame.title = "Toss Payments";
      frame.style.cssText = "display:block;width:100%;height:100%;border:0";
      dialog.append(frame);

      const close = () => {
        window.removeEventListener("message", hear);
        dialog.remove();
      };
      const hear = ({ origin, source, data }) => {
        if (origin === simulator && source === frame.contentWindow && data?.source === "toss-payments-simulator") {
          close();
          resolve(data);
        }
      };
      window.addEventListener("message", hear);
      // Escape closes the window: the buyer has cancelled, and the payment stays as it is.
      dialog.addEventListener("cancel", () => {
        close();
        resolve({ kind: "cancel" });
      });
      signal.addEventListener("abort", () => {
        close();
        reject(new TossPaymentsError("PAYMENT_REQUEST_ABORTED", "결제 요청이 중단되었습니다.", "The payment was aborted."));
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  /** The page is leaving: what comes after never runs. */
  function leave(url) {
    location.assign(url);
    return new Promise(() => {});
  }

  function createPayment(clientKey, customerKey) {
    let running;

    async function requestPayment(request) {
      check(request);
      const target = targetOf(request);
      if (running) {
        fail("INVALID_METHOD_TRANSACTION", "이미 결제를 진행하고 있습니다.", "A payment is under way already.");
      }

      const own = (running = new AbortController());
      try {
        const url = await open(clientKey, customerKey, request, target);
        if (target === "self") {
          return await leave(url);
        }

        const outcome = await embed(url, own.signal);
        if (outcome.kind === "cancel") {
          fail("USER_CANCEL", "취소되었습니다.", "The buyer cancelled.");
        }
        if (outcome.url) {
          return await leave(outcome.url);
        }
        if (outcome.kind === "fail") {
          fail(outcome.code, outcome.message, outcome.message);
        }
        return {
          paymentKey: outcome.paymentKey,
          orderId: outcome.orderId,
          amount: { currency: "KRW", value: outcome.amount },
        };
      } finally {
        running = running === own ? undefined : running;
      }
    }

    return {
      requestPayment,
      requestBillingAuth: async () => notSimulated("requestBillingAuth()"),
      destroy: async () => {
        running?.abort();
        running = undefined;
      },
    };
  }

  function notSimulated(what) {
    fail(
      "NOT_SUPPORTED_BY_SIMULATOR",
      `시뮬레이터는 ${what}을(를) 지원하지 않습니다. payment().requestPayment()를 쓰세요.`,
      `The simulator has no ${what}. Use payment().requestPayment().`,
    );
  }

  window.TossPayments = (clientKey) => {
    if (/^(test|live)_g?sk_/.test(clientKey)) {
      fail("INSECURE_KEY_USAGE", "시크릿 키를 브라우저에 노출하지 마세요.", "Never show a secret key to a browser.");
    }
    if (typeof clientKey !== "string" || !/^(test|live)_g?ck_\w+$/.test(clientKey)) {
      fail("INVALID_CLIENT_KEY", "잘못된 클라이언트 키입니다.", "The client key is not valid.");
    }
    const isWidgetKey = /^(test|live)_gck_/.test(clientKey);

    return {
      payment({ customerKey } = {}) {
        if (isWidgetKey) {
          fail(
            "NOT_SUPPORTED_WIDGET_KEY",
            "결제위젯 연동 키는 결제창에 쓸 수 없습니다. API 개별 연동 키를 쓰세요.",
            "A widget key cannot open a payment window. Use an API key.",
          );
        }
        if (/^(test|live)_g?sk_/.test(customerKey)) {
          fail("INSECURE_KEY_USAGE", "시크릿 키를 브라우저에 노출하지 마세요.", "Never show a secret key to a browser.");
        }
        if (customerKey !== ANONYMOUS && (typeof customerKey !== "string" || !/^[A-Za-z0-9\-_=.@]{2,50}$/.test(customerKey))) {
          fail(
            "INVALID_CUSTOMER_KEY",
            "customerKey는 영문 대소문자, 숫자, 특수문자(-, _, =, ., @)로 된 2자 이상 50자 이하 문자열이어야 합니다.",
            "customerKey has 2 to 50 characters of A-Z a-z 0-9 - _ = . @.",
          );
        }
        return createPayment(clientKey, customerKey);
      },
      widgets() {
        if (!isWidgetKey) {
          fail(
            "NOT_SUPPORTED_API_INDIVIDUAL_KEY",
            "API 개별 연동 키는 결제위젯에 쓸 수 없습니다. 결제위젯 연동 키를 쓰세요.",
            "An API key cannot open a widget. Use a widget key.",
          );
        }
        return notSimulated("widgets()");
      },
      brandpay: () => notSimulated("brandpay()"),
    };
  };
})();
