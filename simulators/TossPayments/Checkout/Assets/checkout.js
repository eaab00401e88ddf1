const { embeddedBy, outcome } = document.querySelector("main").dataset;

// The window is in a frame of the shop's page: tells the page's script how it ended.
if (embeddedBy && outcome) {
  window.parent.postMessage({ source: "toss-payments-simulator", ...JSON.parse(outcome) }, embeddedBy);
}

// The frame has the keyboard, so the page around it never hears that the buyer wants to leave.
window.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelector("button[value=cancel]")?.click();
  }
});
