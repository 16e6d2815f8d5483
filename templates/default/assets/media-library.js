/* Uploads files to the media library one by one, each with a progress bar. Without this script the form sends all at once. */
(function () {
	"use strict";
	var form = document.querySelector("form.upload"), list, failed = false, ids = new WeakMap();

	if (!form || !window.FormData) return;

	function line(file) {
		var item = document.createElement("li"), name = document.createElement("span"), bar = document.createElement("progress");
		name.textContent = file.name;
		bar.max = 1;
		bar.value = 0;
		bar.setAttribute("aria-label", file.name);
		item.appendChild(name);
		item.appendChild(bar);
		list.appendChild(item);
		return item;
	}
	/* The response is the page that a browser would show without this script. The problem is taken from it. */
	function showProblem(item, request) {
		var page = new DOMParser().parseFromString(request.responseText || "", "text/html");
		var problem = page.querySelector(".problem") || page.querySelector("main p"), message = document.createElement("p");
		failed = true;
		message.className = "problem";
		message.setAttribute("role", "alert");
		message.textContent = problem ? problem.textContent : request.status || "";
		item.removeChild(item.querySelector("progress"));
		item.appendChild(message);
	}
	/* The site accepts a form once. Each file adds its own suffix, which stays the same when the file is sent again after a failure. */
	function proof(file) {
		if (!ids.has(file)) ids.set(file, Array.from(crypto.getRandomValues(new Uint32Array(3))).join("-"));
		return form.elements.proof.value + "." + ids.get(file);
	}
	function send(files, at) {
		var data = new FormData(), request = new XMLHttpRequest(), item;
		if (at === files.length) {
			if (!failed) location.assign(form.action);
			else form.querySelector("button").disabled = false;
			return;
		}
		item = line(files[at]);
		data.append("file", files[at]);
		data.append("proof", proof(files[at]));
		request.open("POST", form.action);
		request.upload.addEventListener("progress", function (event) {
			if (event.lengthComputable) item.querySelector("progress").value = event.loaded / event.total;
		});
		request.addEventListener("loadend", function () {
			if (request.status === 200) item.querySelector("progress").value = 1;
			else showProblem(item, request);
			send(files, at + 1);
		});
		request.send(data);
	}
	form.addEventListener("submit", function (event) {
		var files = form.elements.file.files;
		if (!files.length) return;
		event.preventDefault();
		failed = false;
		if (list) list.remove();
		list = document.createElement("ul");
		list.className = "progress";
		form.appendChild(list);
		form.querySelector("button").disabled = true;
		send(files, 0);
	});
})();
