/* The desk. Everything works without this: it keeps what is typed, warns before it is lost, and shows the preview without leaving. */
(function () {
	"use strict";
	var form = document.querySelector("form.post"), pause = 20000, status, text, first, kept, sending = false, leaving = false;
	if (!form) return;
	status = form.querySelector(".keeping");
	text = form.elements.text;

	function typed() {
		return JSON.stringify(["title", "text", "summary", "tags"].map(function (name) { return form.elements[name].value; }));
	}
	function send(action) {
		var body = new URLSearchParams(new FormData(form));
		body.set("do", action);
		return fetch(form.action, { method: "POST", body: body, credentials: "same-origin" });
	}

	/* --- what is typed is kept, and never lost without a warning --- */
	/* What the answer says is wrong: with a field of the form, or instead of it. */
	function reason(page) {
		var answer = new DOMParser().parseFromString(page, "text/html"), problem = answer.querySelector(".problem") || answer.querySelector("main h1");
		return problem ? problem.textContent.trim() : "";
	}
	function keep() {
		var now = typed();
		if (now === kept || now === first || sending || leaving) return;
		sending = true;
		send("keep").then(function (answer) {
			return answer.text().then(function (body) {
				status.classList.toggle("lost", !answer.ok);
				status.textContent = answer.ok ? form.dataset.kept + " " + body : form.dataset.lost + " " + reason(body);
				if (answer.ok) kept = now;
			});
		}).catch(function () {
			status.classList.add("lost");
			status.textContent = form.dataset.lost;
		}).then(function () { sending = false; });
	}
	first = kept = form.hasAttribute("data-changed") ? "" : typed();
	setInterval(keep, pause);
	document.addEventListener("visibilitychange", function () { if (document.hidden) keep(); });
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
