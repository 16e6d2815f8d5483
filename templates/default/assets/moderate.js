// Keys on the moderation queue: J next, K previous, A approve, R reject, S spam. Without it the page has the same links and buttons.
'use strict';

document.addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest('input, textarea, select'))
		return;
	const target = { j: '[rel=next]', k: '[rel=prev]', a: '[value=approve]', r: '[value=reject]', s: '[value=spam]' }[event.key.toLowerCase()];
	const element = target && document.querySelector(`.decide ${target}`);
	if (!element)
		return;
	event.preventDefault();
	// A second key before the next page is shown would decide about a comment that nobody has seen.
	if (!document.documentElement.dataset.sent) {
		document.documentElement.dataset.sent = 'yes';
		element.click();
	}
});
// A page that the browser keeps for the back button takes keys again.
addEventListener('pageshow', () => delete document.documentElement.dataset.sent);
