// n and p walk through the events and quotations of an article. Everything works without.
(() => {
  const walks = Array.from(document.querySelectorAll("a.walk"));
  if (!walks.length) return;
  let at = -1;
  const go = (step) => {
    at = (at + step + walks.length) % walks.length;
    const target = document.getElementById(walks[at].hash.slice(1));
    document.querySelectorAll("mark.now").forEach((m) => m.classList.remove("now"));
    if (!target) return;
    let mark = target.nextElementSibling;
    while (mark && mark.tagName !== "MARK") mark = mark.nextElementSibling;
    if (mark) mark.classList.add("now");
    target.focus();
    target.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    if (e.key === "n") go(1);
    if (e.key === "p") go(-1);
  });
})();
