/* The report of an import, updated until the import ends. Without this script the page has a link to reload it. */
(function () {
	"use strict";
	var report = document.querySelector("[data-refresh]");

	if (!report || !window.fetch) return;

	function load() {
		fetch(report.getAttribute("data-refresh"), { credentials: "same-origin" }).then(function (response) {
			return response.ok ? response.text() : Promise.reject();
		}).then(function (text) {
			var fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".import");
			if (!fresh) return;
			/* Only the status and the progress bar change until the end, so that focus and scroll position stay. */
			if (fresh.hasAttribute("data-refresh")) {
				update(fresh, "[role=status]");
				update(fresh, "progress");
				wait();
			} else {
				report.replaceWith(fresh);
			}
		}).catch(wait);
	}
	function update(fresh, selector) {
		var old = report.querySelector(selector), now = fresh.querySelector(selector);
		if (!now) return;
		if (!old) report.querySelector("[role=status]").after(now);
		else if (old.textContent !== now.textContent) {
			old.textContent = now.textContent;
			if (now.max) old.value = now.value;
		}
	}
	function wait() { setTimeout(load, 1500); }
	wait();
})();
