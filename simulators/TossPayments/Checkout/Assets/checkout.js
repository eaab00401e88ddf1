// The window is in a frame of the shop's page: tells the page's script how it ended.
const { embeddedBy, outcome } = document.querySelector("main").dataset;
if (embeddedBy) {
  window.parent.postMessage({ source: "toss-payments-simulator", ...JSON.parse(outcome) }, embeddedBy);
}
