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

/*
 * Forms of pages that caches keep have no proof: sent without this script, they are shown once more before anything is saved. When the
 * reader begins to type, this gets a stamp for the form, so that one click is enough. A stamp is valid after some seconds.
 */
(function () {
	"use strict";

	function prepare(form) {
		var stamp = null, from = 0, asked = false, button = form.querySelector("button[data-direct]");

		function ask() {
			if (asked || !window.fetch) return;
			asked = true;
			fetch(form.action + "/stamp", { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
				if (!answer.ok) throw new Error(answer.status);
				return answer.text();
			}).then(function (text) {
				var parts = text.trim().split(" ");
				/* A second more, because the site counts whole seconds. */
				from = Date.now() + (Number(parts[0]) + 1) * 1000;
				stamp = parts[1];
				if (button) button.textContent = button.getAttribute("data-direct");
			}).catch(function () { stamp = null; });
		}
		function send() {
			var input = document.createElement("input");
			input.type = "hidden";
			input.name = "proof";
			input.value = stamp;
			form.appendChild(input);
			form.submit();
		}
		form.addEventListener("input", ask);
		form.addEventListener("submit", function (event) {
			if (!stamp) return;
			event.preventDefault();
			if (button) button.disabled = true;
			setTimeout(send, Math.max(0, from - Date.now()));
		});
		/* A page that "Back" brings up again has a used stamp. */
		window.addEventListener("pageshow", function (event) {
			var used = form.querySelector("input[name=proof]");
			if (!event.persisted) return;
			if (used) used.remove();
			if (button) button.disabled = false;
			stamp = null;
			asked = false;
		});
	}

	document.addEventListener("DOMContentLoaded", function () {
		var form = document.querySelector("form.comment-new");
		if (form && !form.querySelector("input[name=proof]")) prepare(form);
	});
})();
