"use strict";
(() => {
  // A node is [name, unzipped, zipped, members or number of files]; measure is the index of the size that counts.
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = ["all artifacts", 0, 0, data.artifacts.map(([name, , headers, parts]) => {
    const members = parts.map((index) => data.parts[index]);
    if (headers > 0) members.push(["zip headers", 0, headers]);
    return [name, sum(members, 1), sum(members, 2), members];
  })];
  root[1] = sum(root[3], 1);
  root[2] = sum(root[3], 2);
  const licenses = new Map(data.parts.map((part, index) => [part, data.licenses[index]]));
  let measure = 1;
  let path = [root];

  const map = document.getElementById("treemap");
  const level = document.getElementById("level");
  const trail = document.getElementById("path");

  function sum(nodes, index) { return nodes.reduce((total, node) => total + node[index], 0); }
  function members(node) { return Array.isArray(node[3]) ? node[3] : []; }
  function sorted(node) {
    return members(node).filter((each) => each[measure] > 0).sort((a, b) => b[measure] - a[measure]);
  }
  function size(bytes) {
    if (bytes >= 1 << 20) return (bytes / (1 << 20)).toFixed(1) + " MB";
    return bytes >= 1024 ? (bytes / 1024).toFixed(1) + " KB" : bytes + " bytes";
  }
  function share(node, whole) {
    return whole[measure] ? (100 * node[measure] / whole[measure]).toFixed(1) + " %" : "–";
  }
  function hue(name) {
    // Versions of a distribution have the same color.
    let value = 7;
    for (const character of name.split(" ")[0]) value = (value * 31 + character.codePointAt(0)) % 3600;
    return value / 10;
  }
  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  // Squarified treemaps (Bruls, Huizing, van Wijk): rows are added while the boxes get closer to squares.
  function layout(nodes, x, y, width, height, place) {
    let total = sum(nodes, measure);
    let index = 0;
    while (index < nodes.length && total > 0 && width > 0.5 && height > 0.5) {
      const side = Math.min(width, height);
      const scale = width * height / total;
      let count = 0, area = 0, worst = Infinity;
      while (index + count < nodes.length) {
        const next = area + nodes[index + count][measure] * scale;
        const largest = nodes[index][measure] * scale, smallest = nodes[index + count][measure] * scale;
        const ratio = Math.max(side * side * largest / (next * next), next * next / (side * side * smallest));
        if (count > 0 && ratio > worst) break;
        worst = ratio;
        area = next;
        count += 1;
      }
      const thickness = area / side;
      let offset = 0;
      for (let each = index; each < index + count; each += 1) {
        const length = nodes[each][measure] * scale / thickness;
        if (width >= height) place(nodes[each], x, y + offset, thickness, length);
        else place(nodes[each], x + offset, y, length, thickness);
        offset += length;
        total -= nodes[each][measure];
      }
      if (width >= height) { x += thickness; width -= thickness; } else { y += thickness; height -= thickness; }
      index += count;
    }
  }

  function box(node, x, y, width, height, isOuter, color) {
    const made = element(isOuter && members(node).length ? "button" : "div", {
      className: "box " + (isOuter ? "outer" : "inner") + (members(node).length ? "" : " leaf"),
      textContent: width > 34 && height > 15 ? node[0] : "",
      title: `${node[0]}\n${size(node[1])} unzipped, ${size(node[2])} zipped`,
    });
    Object.assign(made.style, { left: x + "px", top: y + "px", width: width + "px", height: height + "px" });
    made.style.setProperty("--hue", color);
    if (isOuter && members(node).length) {
      made.setAttribute("aria-label", `${node[0]}, ${size(node[measure])}, open`);
      made.addEventListener("click", () => open(node));
    } else {
      made.setAttribute("aria-hidden", "true");
    }
    map.append(made);
  }

  function draw() {
    const current = path[path.length - 1];
    map.replaceChildren();
    const head = 20;
    layout(sorted(current), 0, 0, map.clientWidth, map.clientHeight, (node, x, y, width, height) => {
      if (width < 2 || height < 2) return;
      const color = hue(node[0]);
      box(node, x, y, width, height, true, color);
      inside(node, x + 3, y + head, width - 6, height - head - 3, path.length === 1 ? undefined : color, 2);
    });
  }

  // The members of a node, and theirs where there is space for two more levels.
  function inside(node, x, y, width, height, color, depth) {
    if (width < 34 || height < 12) return;
    layout(sorted(node), x, y, width, height, (inner, ix, iy, iwidth, iheight) => {
      if (iwidth < 3 || iheight < 3) return;
      const own = color ?? hue(inner[0]);
      box(inner, ix, iy, iwidth, iheight, false, own);
      if (depth > 1 && iwidth > 90 && iheight > 60) inside(inner, ix + 3, iy + 19, iwidth - 6, iheight - 22, own, depth - 1);
    });
  }

  function list() {
    const current = path[path.length - 1];
    const rows = members(current).slice().sort((a, b) => b[measure] - a[measure]).map((node) => {
      const name = members(node).length
        ? element("button", { type: "button", textContent: node[0], onclick: () => open(node) })
        : document.createTextNode(node[0] + (typeof node[3] === "number" ? ` (${node[3]} files)` : ""));
      const cells = [element("th", { scope: "row" }, name)];
      if (path.length === 2) cells.push(element("td", { textContent: licenses.get(node) || "–" }));
      for (const index of [1, 2]) {
        cells.push(element("td", { className: "number", textContent: size(node[index]), title: node[index] + " bytes" }));
      }
      cells.push(element("td", { className: "number", textContent: share(node, current) }));
      return element("tr", {}, ...cells);
    });
    const names = ["Name", ...(path.length === 2 ? ["License"] : []), "Unzipped", "Zipped", "Share"];
    const shown = 12;
    const table = (part, caption) => element("table", {},
      element("caption", { textContent: caption }),
      element("thead", {}, element("tr", {}, ...names.map((name) => element("th", {
        scope: "col", textContent: name, className: ["Unzipped", "Zipped", "Share"].includes(name) ? "number" : "",
      })))),
      element("tbody", {}, ...part));
    const total = `${current[0]}: ${size(current[1])} unzipped, ${size(current[2])} zipped`;
    level.replaceChildren(table(rows.slice(0, shown), total));
    if (rows.length > shown) {
      const details = element("details", {}, element("summary", { textContent: `${rows.length - shown} more` }));
      details.addEventListener("toggle", () => {
        if (details.childElementCount === 1) details.append(table(rows.slice(shown), "Smaller ones"));
      });
      level.append(details);
    }
  }

  function show() {
    trail.replaceChildren(...path.flatMap((node, index) => {
      const button = element("button", { type: "button", textContent: node[0] });
      button.addEventListener("click", () => { path = path.slice(0, index + 1); show(); focus(); });
      if (index === path.length - 1) button.setAttribute("aria-current", "location");
      return index ? [" › ", button] : [button];
    }));
    draw();
    list();
  }
  function focus() { trail.lastElementChild.focus({ preventScroll: true }); }
  function open(node) { path.push(node); show(); focus(); }

  document.addEventListener("keydown", (event) => {
    const isInside = document.getElementById("map").contains(document.activeElement);
    if (event.key === "Escape" && path.length > 1 && isInside) { path.pop(); show(); focus(); }
  });
  for (const input of document.querySelectorAll("input[name=measure]")) {
    input.addEventListener("change", () => { measure = Number(input.value); show(); });
  }
  let width = 0;
  new ResizeObserver(() => {
    if (map.clientWidth !== width) { width = map.clientWidth; draw(); }
  }).observe(map);

  // The columns of the tables can be sorted.
  for (const heading of document.querySelectorAll("section:not(#map) thead th")) {
    const button = element("button", { type: "button", textContent: heading.textContent });
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const isDescending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of heading.parentElement.children) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
      const body = heading.closest("table").tBodies[0];
      const value = (row) => row.cells[heading.cellIndex].dataset.value ?? row.cells[heading.cellIndex].textContent;
      const compare = (a, b) => value(a).localeCompare(value(b), "en", { numeric: true });
      body.append(...[...body.rows].sort((a, b) => isDescending ? compare(b, a) : compare(a, b)));
    });
  }

  document.getElementById("map-tools").hidden = false;
  map.hidden = false;
  show();
  // What a test compares with the zip files.
  document.documentElement.dataset.unzipped = root[1];
  document.documentElement.dataset.zipped = root[2];
  document.documentElement.dataset.ready = Math.round(performance.now());
})();
