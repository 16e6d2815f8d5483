/* The page of an import looks again by itself until all is done. Without this it has a link for that. */
(function () {
	"use strict";
	var place = document.querySelector("[data-again]");

	if (!place || !window.fetch) return;

	function look() {
		fetch(place.getAttribute("data-again"), { credentials: "same-origin" }).then(function (answer) {
			return answer.ok ? answer.text() : Promise.reject();
		}).then(function (text) {
			var fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".import");
			if (!fresh) return;
			/* Whoever reads on, or stands on a link, is left where they are until the end. */
			if (fresh.hasAttribute("data-again")) {
				renew(fresh, "[role=status]");
				renew(fresh, "progress");
				wait();
			} else {
				place.replaceWith(fresh);
			}
		}).catch(wait);
	}
	function renew(fresh, what) {
		var old = place.querySelector(what), now = fresh.querySelector(what);
		if (!now) return;
		if (!old) place.querySelector("[role=status]").after(now);
		else if (old.textContent !== now.textContent) {
			old.textContent = now.textContent;
			if (now.max) old.value = now.value;
		}
	}
	function wait() { setTimeout(look, 1500); }
	wait();
})();
