/* The editor. The form works without this script, which adds: autosave, a warning before text is lost, a preview on the same page. */
(function () {
	"use strict";
	var form = document.querySelector("form.post"), interval = 20000, timeout = 15000, status, text, first, saved, sending = false, leaving = false;
	if (!form) return;
	status = form.querySelector(".autosave-status");
	text = form.elements.text;

	/* The fields that the author can change. Fields that identify the form or the session are left out. */
	function content() {
		var fields = new FormData(form);
		["proof", "base", "revision", "form_key", "continues"].forEach(function (name) { fields.delete(name); });
		return new URLSearchParams(fields).toString();
	}
	function send(action, signal) {
		var body = new URLSearchParams(new FormData(form));
		body.set("do", action);
		return fetch(form.action, { method: "POST", body: body, credentials: "same-origin", signal: signal });
	}
	function showStatus(message, failed) {
		status.textContent = message;
		status.classList.toggle("failed", failed);
	}

	/* --- autosave --- */

	/* After a new sign-in the form needs a new proof. The page is loaded again, and only the proof is taken from it. */
	function renewProof(signal) {
		return fetch(form.action, { credentials: "same-origin", signal: signal }).then(function (response) { return response.text(); }).then(function (page) {
			var fresh = new DOMParser().parseFromString(page, "text/html").querySelector("form.post input[name=proof]");
			if (!fresh) throw form.dataset.signedOut;
			form.elements.proof.value = fresh.value;
			return send("keep", signal);
		});
	}
	/* Reports why the site refused to autosave, such as an invalid character. */
	function reportProblems(page) {
		var problems = new DOMParser().parseFromString(page, "text/html").querySelectorAll("form.post .problem");
		var messages = Array.from(problems).map(function (problem) { return problem.textContent.trim(); });
		throw messages.length > 0 ? form.dataset.refused + " " + messages.join(" ") : form.dataset.offline;
	}
	function checkResponse(response) {
		if (response.ok) return response.text();
		if (response.status === 403) throw form.dataset.signedOut;
		if (response.status === 413 || response.status === 422) return response.text().then(reportProblems);
		throw form.dataset.offline;
	}
	function autosave() {
		var now = content(), abort = new AbortController(), timer;
		if (now === saved || now === first || sending || leaving) return;
		sending = true;
		/* Without a response the next autosave would never start. */
		timer = setTimeout(function () { abort.abort(); }, timeout);
		send("keep", abort.signal).then(function (response) {
			return response.status === 403 ? renewProof(abort.signal) : response;
		}).then(checkResponse).then(function (time) {
			saved = now;
			showStatus(form.dataset.saved + " " + time, false);
		}).catch(function (reason) {
			showStatus(typeof reason === "string" ? reason : form.dataset.offline, true);
		}).then(function () {
			clearTimeout(timer);
			sending = false;
		});
	}
	first = saved = form.hasAttribute("data-changed") ? "" : content();
	setInterval(autosave, interval);
	document.addEventListener("visibilitychange", function () { if (document.hidden) autosave(); });
	["online", "focus"].forEach(function (name) { window.addEventListener(name, autosave); });
	window.addEventListener("beforeunload", function (event) {
		if (!leaving && content() !== first) event.preventDefault();
	});

	/* --- preview, beside the form --- */
	function preview(button) {
		button.disabled = true;
		send("preview").then(function (response) {
			if (!response.ok) throw new Error(response.status);
			return response.text();
		}).then(function (page) {
			var fresh = new DOMParser().parseFromString(page, "text/html").getElementById("preview");
			var old = document.getElementById("preview");
			if (!fresh) throw new Error("no preview");
			fresh = document.importNode(fresh, true);
			if (old) old.replaceWith(fresh); else form.parentNode.appendChild(fresh);
			button.disabled = false;
			if (window.innerWidth < 1100) fresh.scrollIntoView();
		}).catch(function () {
			/* Submit the form as without script, so that the page shows all problems. */
			button.disabled = false;
			leaving = true;
			form.requestSubmit(button);
		});
	}
	form.addEventListener("submit", function (event) {
		if (event.submitter && event.submitter.value === "preview" && !leaving) {
			event.preventDefault();
			preview(event.submitter);
		} else {
			leaving = true;
		}
	});

	/* --- a button that inserts the end of the public preview --- */
	var endPreview = document.createElement("button");
	endPreview.type = "button";
	endPreview.className = "end-preview";
	endPreview.textContent = form.dataset.endPreview;
	function updateVisibility() { endPreview.hidden = form.elements.access.value === "public"; }
	endPreview.addEventListener("click", function () {
		text.setRangeText("\n\n<!--paid-->\n\n", text.selectionStart, text.selectionEnd, "end");
		text.focus();
	});
	form.elements.access.addEventListener("change", updateVisibility);
	updateVisibility();
	text.parentNode.appendChild(endPreview);

	/* --- tags: suggestions after each comma --- */
	var tags = form.elements.tags, list = tags.list && Array.from(tags.list.options), names = list && list.map(function (option) { return option.value; });
	if (names) tags.addEventListener("input", function () {
		var before = /^.*[,，、]\s*/.exec(tags.value), start = before ? before[0] : "";
		list.forEach(function (option, i) { option.value = start + names[i]; });
	});
})();
