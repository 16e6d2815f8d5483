/* The editor. Everything works without this: it autosaves, warns before text is lost, and shows the preview without leaving. */
(function () {
	"use strict";
	var form = document.querySelector("form.post"), pause = 20000, patience = 15000, status, text, first, kept, sending = false, leaving = false;
	if (!form) return;
	status = form.querySelector(".keeping");
	text = form.elements.text;

	/* All that the author can change: what only says which form it is, or who sends it, is no change. */
	function typed() {
		var fields = new FormData(form);
		["proof", "base", "revision", "form_key", "continues"].forEach(function (name) { fields.delete(name); });
		return new URLSearchParams(fields).toString();
	}
	function send(action, signal) {
		var body = new URLSearchParams(new FormData(form));
		body.set("do", action);
		return fetch(form.action, { method: "POST", body: body, credentials: "same-origin", signal: signal });
	}
	function say(sentence, failed) {
		status.textContent = sentence;
		status.classList.toggle("failed", failed);
	}

	/* --- autosave: what is typed is kept, and never lost without a warning --- */

	/* A new session wants a new proof: the form is asked for once more, and only its proof is taken. */
	function renew(signal) {
		return fetch(form.action, { credentials: "same-origin", signal: signal }).then(function (answer) { return answer.text(); }).then(function (page) {
			var fresh = new DOMParser().parseFromString(page, "text/html").querySelector("form.post input[name=proof]");
			if (!fresh) throw form.dataset.out;
			form.elements.proof.value = fresh.value;
			return send("keep", signal);
		});
	}
	/* What the site says is wrong, such as a character that cannot be kept. */
	function refused(page) {
		var problems = new DOMParser().parseFromString(page, "text/html").querySelectorAll("form.post .problem");
		var words = Array.from(problems).map(function (problem) { return problem.textContent.trim(); });
		throw words.length > 0 ? form.dataset.refused + " " + words.join(" ") : form.dataset.lost;
	}
	function judge(answer) {
		if (answer.ok) return answer.text();
		if (answer.status === 403) throw form.dataset.out;
		if (answer.status === 413 || answer.status === 422) return answer.text().then(refused);
		throw form.dataset.lost;
	}
	function keep() {
		var now = typed(), ending = new AbortController(), timer;
		if (now === kept || now === first || sending || leaving) return;
		sending = true;
		/* An answer that never comes must not be the last that is tried. */
		timer = setTimeout(function () { ending.abort(); }, patience);
		send("keep", ending.signal).then(function (answer) {
			return answer.status === 403 ? renew(ending.signal) : answer;
		}).then(judge).then(function (time) {
			kept = now;
			say(form.dataset.kept + " " + time, false);
		}).catch(function (reason) {
			say(typeof reason === "string" ? reason : form.dataset.lost, true);
		}).then(function () {
			clearTimeout(timer);
			sending = false;
		});
	}
	first = kept = form.hasAttribute("data-changed") ? "" : typed();
	setInterval(keep, pause);
	document.addEventListener("visibilitychange", function () { if (document.hidden) keep(); });
	["online", "focus"].forEach(function (name) { window.addEventListener(name, keep); });
	window.addEventListener("beforeunload", function (event) {
		if (!leaving && typed() !== first) event.preventDefault();
	});

	/* --- the preview comes beside the text --- */
	function preview(button) {
		button.disabled = true;
		send("preview").then(function (answer) {
			if (!answer.ok) throw new Error(answer.status);
			return answer.text();
		}).then(function (page) {
			var fresh = new DOMParser().parseFromString(page, "text/html").getElementById("preview");
			var old = document.getElementById("preview");
			if (!fresh) throw new Error("no preview");
			fresh = document.importNode(fresh, true);
			if (old) old.replaceWith(fresh); else form.parentNode.appendChild(fresh);
			button.disabled = false;
			if (window.innerWidth < 1100) fresh.scrollIntoView();
		}).catch(function () {
			/* As without script: the page comes with all that is wrong. */
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

	/* --- the mark where the open part ends --- */
	var cut = document.createElement("button");
	cut.type = "button";
	cut.className = "cut";
	cut.textContent = form.dataset.cut;
	function fits() { cut.hidden = form.elements.access.value === "public"; }
	cut.addEventListener("click", function () {
		text.setRangeText("\n\n<!--paid-->\n\n", text.selectionStart, text.selectionEnd, "end");
		text.focus();
	});
	form.elements.access.addEventListener("change", fits);
	fits();
	text.parentNode.appendChild(cut);

	/* --- tags are completed behind each comma --- */
	var tags = form.elements.tags, list = tags.list && Array.from(tags.list.options), names = list && list.map(function (option) { return option.value; });
	if (names) tags.addEventListener("input", function () {
		var before = /^.*[,，、]\s*/.exec(tags.value), start = before ? before[0] : "";
		list.forEach(function (option, i) { option.value = start + names[i]; });
	});
})();
