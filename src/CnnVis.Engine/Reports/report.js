'use strict';
document.documentElement.classList.add('live');

// Pictures are enlarged on a click; the arrows go to the next.
const large = document.getElementById('large'), enlarged = document.getElementById('enlarged');
const zooms = [...document.querySelectorAll('.zoom')];
let at = 0;
function enlarge(place) {
  at = (place + zooms.length) % zooms.length;
  const image = zooms[at].querySelector('img');
  enlarged.src = image.src;
  enlarged.alt = image.alt;
  if (!large.open) large.showModal();
}
zooms.forEach((zoom, place) => zoom.addEventListener('click', () => enlarge(place)));
document.getElementById('close').addEventListener('click', () => large.close());
document.getElementById('size').addEventListener('click', event => { event.target.textContent = large.classList.toggle('original') ? 'Fit to window' : 'Original size'; });
enlarged.addEventListener('click', () => large.close());
large.addEventListener('close', () => zooms[at]?.focus());
large.addEventListener('keydown', event => {
  if (event.key === 'ArrowRight') enlarge(at + 1);
  if (event.key === 'ArrowLeft') enlarge(at - 1);
});

// Before and after
for (const slider of document.querySelectorAll('.slider')) {
  const range = slider.querySelector('input');
  range.addEventListener('input', () => slider.style.setProperty('--at', `${range.value}%`));
}

// Tables are sorted by the column whose head is clicked: numbers as numbers, what is none of these last.
for (const table of document.querySelectorAll('.sortable')) {
  const heads = [...table.querySelectorAll('th')], body = table.tBodies[0];
  heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const other of heads) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const rows = [...body.rows].map((row, place) => ({ row, place, cell: row.cells[column] }));
    const isNumber = rows.some(r => r.cell.dataset.key !== undefined);
    rows.sort((a, b) => {
      const [x, y] = [a.cell, b.cell].map(c => isNumber ? (c.dataset.key === undefined ? NaN : +c.dataset.key) : c.textContent);
      if (isNumber && (Number.isNaN(x) || Number.isNaN(y))) return Number.isNaN(x) - Number.isNaN(y) || a.place - b.place;
      const order = isNumber ? x - y : x.localeCompare(y);
      return (down ? -order : order) || a.place - b.place;
    });
    body.append(...rows.map(r => r.row));
  }));
}
