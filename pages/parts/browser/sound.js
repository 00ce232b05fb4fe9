// What the button that records and the one that plays have in common.

function say(element, text) {
  const isNews = element.textContent !== text;
  if (isNews) element.textContent = text;
  return isNews;
}
