/* The reader's choice of light or dark colours, stored in this browser. Pages work without this script. */
(function () {
	"use strict";
	var root = document.documentElement, key = "scheme";

	function chosen() {
		try { return localStorage.getItem(key) || ""; } catch (e) { return ""; }
	}
	function show(scheme) {
		if (scheme === "light" || scheme === "dark") root.setAttribute("data-scheme", scheme);
		else root.removeAttribute("data-scheme");
	}
	function mark(buttons) {
		for (var i = 0; i < buttons.length; i++)
			buttons[i].setAttribute("aria-pressed", buttons[i].value === chosen());
	}

	show(chosen()); /* before the page is painted */
	document.addEventListener("DOMContentLoaded", function () {
		var box = document.querySelector(".scheme"), buttons;
		if (!box) return;
		buttons = box.querySelectorAll("button");
		box.hidden = false;
		mark(buttons);
		box.addEventListener("click", function (event) {
			var button = event.target.closest("button");
			if (!button) return;
			try { localStorage.setItem(key, button.value); } catch (e) { return; }
			show(button.value);
			mark(buttons);
		});
	});
})();
