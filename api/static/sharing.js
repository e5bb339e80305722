// A picture is handed to another app where the device can; elsewhere its link saves it.
addEventListener("click", async (event) => {
  const link = event.target.closest("[data-share]");
  if (!link || !navigator.canShare) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    const picture = new File([await answer.blob()], link.dataset.share, { type: "image/png" });
    await navigator.share({ files: [picture] });
  } catch (failed) {
    if (failed.name !== "AbortError") location.assign(link.href); // else she thought better of it
  }
});
