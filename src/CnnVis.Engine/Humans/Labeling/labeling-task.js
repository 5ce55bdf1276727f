'use strict';
const task = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);
const labels = task.classes.map(c => c.name);
const trainingCount = task.items.filter(i => i.training).length;
const savedEvery = 5000;

// What is exported: the labeler, the answers in the order in which they were given, tags of errors, and files of others whose errors are tagged.
let state = null;
let others = [];
let people = {}; // progress by labeler, so that several can share a browser
let guesses = [], seconds = 0, running = false, lastTick = 0, sinceSaved = 0, answered = null, options = [], active = -1;

// Progress is kept in IndexedDB, which writes to the disk before it says so; where a browser has none, in localStorage.
const store = {
  open() {
    return new Promise((done, failed) => {
      const request = indexedDB.open('cnnvis-labeling', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('tasks');
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  },
  async save(value) {
    const text = JSON.stringify(value);
    try {
      const base = await this.open();
      await new Promise((done, failed) => {
        const change = base.transaction('tasks', 'readwrite', { durability: 'strict' });
        change.objectStore('tasks').put(text, task.id);
        change.oncomplete = done;
        change.onerror = change.onabort = () => failed(change.error);
      });
      base.close();
    } catch {
      localStorage.setItem('cnnvis-labeling-' + task.id, text);
    }
  },
  async load() {
    let text = null;
    try {
      const base = await this.open();
      text = await new Promise((done, failed) => {
        const request = base.transaction('tasks').objectStore('tasks').get(task.id);
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
      base.close();
    } catch { /* localStorage may have it */ }
    try {
      text ??= localStorage.getItem('cnnvis-labeling-' + task.id);
    } catch { /* nothing is kept here */ }
    return text ? JSON.parse(text) : null;
  },
};

let saving = Promise.resolve();
function save() {
  sinceSaved = 0;
  people[state.labeler] = { state, others, open: answered === null ? { image: current()?.image, guesses, seconds } : null };
  const value = { last: state.labeler, people };
  saving = saving.then(() => store.save(value)).catch(() => tell('This browser keeps nothing of your progress: export it before you close the page.'));
  return saving;
}

function tell(text) {
  byId('message').textContent = text;
  byId('message').hidden = !text;
}

function show(id) {
  for (const main of document.querySelectorAll('main')) main.hidden = main.id !== id;
  byId('pause').hidden = byId('clock').hidden = id !== 'label';
  byId('export').hidden = byId('to-review').hidden = byId('leave').hidden = !state;
  byId('to-review').disabled = id === 'review';
}

// The picture whose turn it is: the first of the task without an answer.
function current() {
  const done = new Set(state.answers.map(a => a.image));
  return task.items.find(i => !done.has(i.image)) ?? null;
}

function plural(count, word, many = word + 's') { return `${count} ${count === 1 ? word : many}`; }

// Starting and resuming

function begin(labeler) {
  tell('');
  if (people[labeler]) return resume(labeler);
  others = [];
  state = { format: 'cnnvis-labels', version: 1, task: { id: task.id, title: task.title, guesses: task.guesses, tool: task.tool }, labeler, answers: [], tags: [], networks: task.networks.map((name, n) => ({ name, answers: Object.fromEntries(task.items.map(i => [i.image, i.predictions[n].map(p => labels[p[0]])])) })) };
  save();
  showPicture();
}

function resume(labeler) {
  const kept = people[labeler];
  state = kept.state;
  others = kept.others ?? [];
  const { open } = kept;
  showPicture();
  if (!open || open.image !== current()?.image) return;
  guesses = open.guesses;
  seconds = open.seconds;
  drawGuesses();
}

function check(file) {
  if (file?.format !== 'cnnvis-labels' || !Array.isArray(file.answers) || typeof file.labeler !== 'string' || !file.labeler) throw new Error('it is no export of such a page');
  if (file.task?.id !== task.id) throw new Error(`it belongs to another task${file.task?.title ? `, "${file.task.title}"` : ''}`);
  const known = new Set(task.items.map(i => i.image));
  for (const a of file.answers) if (!known.has(a?.image) || !Array.isArray(a.guesses)) throw new Error('an answer in it is damaged');
  return { ...file, tags: Array.isArray(file.tags) ? file.tags : [] };
}

async function importFile(file) {
  try {
    const read = check(JSON.parse(await file.text()));
    const name = byId('labeler').value.trim();
    if (!name || name === read.labeler) {
      state = read;
      [others, guesses, seconds, answered] = [[], [], 0, null];
      await save();
      tell('');
      showPicture();
      return;
    }
    if (!state || state.labeler !== name) begin(name);
    others = others.filter(o => o.labeler !== read.labeler).concat([read]);
    state.tags = state.tags.concat(read.tags.filter(t => t.tagger === name && !state.tags.some(own => own.image === t.image && own.labeler === t.labeler)));
    await save();
    tell('');
    showReview(read.labeler);
  } catch (error) {
    tell(`"${file.name}" cannot be taken: ${error.message}.`);
  }
}

// Labeling

function showPicture() {
  const item = current();
  [guesses, answered] = [[], null];
  if (!item) return showDone();
  seconds = 0;
  show('label');
  draw(byId('picture'), item);
  drawPlace();
  byId('training').hidden = !item.training;
  byId('before').hidden = false;
  byId('after').hidden = true;
  byId('back').disabled = !undoable();
  byId('search').value = '';
  byId('search').disabled = false;
  find();
  drawGuesses();
  byId('classes').scrollTop = 0;
  run(true);
  byId('search').focus();
}

function draw(image, item) {
  image.src = item.src;
  image.style.maxWidth = image.style.maxHeight = `${longestMagnification * item.side}px`;
}

function drawPlace() {
  const item = answered ? answeredItem() : current(), kind = task.items.filter(i => i.training === item.training);
  byId('place').textContent = `${item.training ? 'Training' : 'Picture'} ${kind.indexOf(item) + 1} of ${kind.length}`;
}

function drawGuesses() {
  byId('guesses').replaceChildren(...guesses.map((guess, i) => {
    const line = document.createElement('li'), remove = document.createElement('button');
    line.textContent = labels[guess];
    remove.type = 'button';
    remove.textContent = '×';
    remove.setAttribute('aria-label', `Remove ${labels[guess]}`);
    remove.disabled = answered !== null;
    remove.onclick = () => { guesses.splice(i, 1); drawGuesses(); save(); byId('search').focus(); };
    line.append(remove);
    return line;
  }));
  byId('answer').textContent = guesses.length ? `Answer with ${plural(guesses.length, 'guess', 'guesses')}` : 'I do not know';
  for (const option of byId('classes').children) option.classList.toggle('guessed', guesses.includes(+option.dataset.number));
}

function take(number) {
  if (answered !== null || guesses.includes(number)) return;
  if (guesses.length >= task.guesses) return tellFound(`${plural(task.guesses, 'guess', 'guesses')} at most: take one back first.`);
  guesses.push(number);
  byId('search').value = '';
  find();
  drawGuesses();
  save();
}

function answer() {
  if (answered !== null) return;
  run(false);
  const item = current();
  answered = { image: item.image, truth: labels[item.truth], acceptable: item.acceptable.map(a => labels[a]), training: item.training, guesses: guesses.map(g => labels[g]), seconds: Math.round(seconds * 10) / 10, at: new Date().toISOString(), trial: state.answers.length + 1, shown: [] };
  state.answers.push(answered);
  save();
  byId('before').hidden = true;
  byId('after').hidden = false;
  byId('search').disabled = true;
  byId('verdict').replaceChildren();
  byId('show-answer').disabled = byId('show-prediction').disabled = byId('undo').disabled = false;
  byId('show-prediction').hidden = !task.networks.length;
  drawPlace();
  drawGuesses();
  if (item.training) showAnswer();
  byId('next').focus();
}

function answeredItem() { return task.items.find(i => i.image === answered.image); }

function isRight(item, names) { return names.includes(labels[item.truth]); }

function verdict(word, good, text) {
  const line = document.createElement('div'), mark = document.createElement('span');
  mark.className = good ? 'good' : 'bad';
  mark.textContent = word;
  line.append(mark, ' ', text);
  byId('verdict').append(line);
}

function showAnswer() {
  const item = answeredItem(), good = isRight(item, answered.guesses);
  verdict(good ? 'Right:' : 'Wrong:', good, `it is ${labels[item.truth]}.`);
  shown('answer', byId('show-answer'));
}

function showPrediction() {
  const item = answeredItem();
  task.networks.forEach((name, n) => {
    const said = item.predictions[n];
    verdict(`${name}:`, isRight(item, said.slice(0, task.guesses).map(p => labels[p[0]])), said.map(p => `${labels[p[0]]} ${(100 * p[1]).toFixed(0)} %`).join(', '));
  });
  shown('prediction', byId('show-prediction'));
}

// Who has seen the answer cannot answer anew.
function shown(what, button) {
  answered.shown.push(what);
  button.disabled = true;
  byId('undo').disabled = true;
  save();
  if (document.activeElement === button || document.activeElement === document.body) byId('next').focus();
}

function undoable() { return state.answers.length > 0 && state.answers.at(-1).shown?.length === 0; }

function undo() {
  if (!undoable()) return;
  const last = state.answers.pop();
  showPicture();
  guesses = last.guesses.map(g => labels.indexOf(g)).filter(g => g >= 0);
  seconds = last.seconds;
  drawGuesses();
  save();
}

function showDone() {
  run(false);
  show('done');
  const counted = state.answers.filter(a => !a.training);
  byId('place').textContent = '';
  byId('summary').textContent = `${state.labeler}: ${plural(counted.length, 'picture')} in ${Math.round(counted.reduce((sum, a) => sum + a.seconds, 0) / 60)} minutes. Export the answers and hand them in; Compare-CnnHumanLabel reads them.`;
  byId('export-done').focus();
}

// The clock runs while the picture can be seen

function run(on) {
  running = on;
  lastTick = performance.now();
  byId('picture').hidden = false;
  byId('paused').hidden = true;
  byId('pause').textContent = 'Pause';
  byId('pause').setAttribute('aria-pressed', 'false');
}

function pause() {
  if (answered !== null) return;
  tick();
  const stop = running;
  running = !stop;
  lastTick = performance.now();
  byId('picture').hidden = stop;
  byId('paused').hidden = !stop;
  byId('pause').textContent = stop ? 'Go on' : 'Pause';
  byId('pause').setAttribute('aria-pressed', String(stop));
  byId('search').disabled = stop;
  if (!stop) byId('search').focus();
  save();
}

function tick() {
  const now = performance.now();
  if (running && !document.hidden) {
    seconds += (now - lastTick) / 1000;
    sinceSaved += now - lastTick;
    if (sinceSaved > savedEvery) save();
  }
  lastTick = now;
  byId('time').textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

document.addEventListener('visibilitychange', () => { lastTick = performance.now(); if (document.hidden && state) save(); });
setInterval(tick, 250);

// Classes

const longestMagnification = 6;

// Examples of a class are drawn when they come near: one picture holds them side by side.
const drawn = new IntersectionObserver(entries => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    const strip = entry.target, found = task.classes[+strip.dataset.number];
    for (let i = 0; i < found.examples; i++) {
      const cell = document.createElement('i');
      cell.style.backgroundImage = `url(${found.strip})`;
      cell.style.backgroundSize = `${100 * found.examples}% 100%`;
      cell.style.backgroundPosition = `${found.examples > 1 ? 100 * i / (found.examples - 1) : 0}% 0`;
      strip.append(cell);
    }
    drawn.unobserve(strip);
  }
}, { root: byId('classes'), rootMargin: '400px' });

function makeOptions() {
  options = task.classes.map((found, number) => {
    const option = document.createElement('div'), name = document.createElement('b'), group = document.createElement('span');
    option.className = 'option';
    option.id = `class-${number}`;
    option.dataset.number = number;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    name.textContent = found.name;
    option.append(name);
    if (found.group) { group.textContent = found.group; option.append(group); }
    if (found.strip) {
      const strip = document.createElement('div');
      strip.className = 'strip';
      strip.dataset.number = number;
      strip.setAttribute('aria-hidden', 'true');
      option.append(strip);
      drawn.observe(strip);
    }
    option.onclick = () => { take(number); byId('search').focus(); };
    return { option, text: `${found.name} ${found.group ?? ''}`.toLowerCase() };
  });
  byId('classes').replaceChildren(...options.map(o => o.option));
}

function tellFound(text) { byId('found').textContent = text; }

function find() {
  const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { option, text } of options) {
    option.hidden = !words.every(w => text.includes(w));
    if (!option.hidden) count++;
  }
  tellFound(words.length ? `${count} of ${plural(options.length, 'class', 'classes')}` : `${plural(options.length, 'class', 'classes')}`);
  mark(words.length ? likeliest(byId('search').value.trim().toLowerCase()) : -1);
}

// Of the classes found: the one that is called so, else one whose name begins so, else one with a word that does, else the first.
function likeliest(typed) {
  const found = options.map((o, place) => ({ place, name: labels[place].toLowerCase(), hidden: o.option.hidden })).filter(o => !o.hidden);
  return (found.find(o => o.name === typed) ?? found.find(o => o.name.startsWith(typed)) ?? found.find(o => o.name.split(/[^\p{L}\p{N}]+/u).some(w => w.startsWith(typed))) ?? found[0])?.place ?? -1;
}

function mark(place) {
  if (active >= 0) options[active].option.setAttribute('aria-selected', 'false');
  active = place;
  if (place < 0) return byId('search').removeAttribute('aria-activedescendant');
  const { option } = options[place];
  option.setAttribute('aria-selected', 'true');
  option.scrollIntoView({ block: 'nearest' });
  byId('search').setAttribute('aria-activedescendant', option.id);
}

function move(step) {
  for (let place = active + step; place >= 0 && place < options.length; place += step)
    if (!options[place].option.hidden) return mark(place);
}

byId('search').oninput = find;
byId('search').onkeydown = event => {
  if (event.key === 'ArrowDown') move(1);
  else if (event.key === 'ArrowUp') move(-1);
  else if (event.key === 'PageDown') for (let i = 0; i < 8; i++) move(1);
  else if (event.key === 'PageUp') for (let i = 0; i < 8; i++) move(-1);
  else if (event.key === 'Enter' && event.ctrlKey) answer();
  else if (event.key === 'Enter' && active >= 0) take(+options[active].option.dataset.number);
  else if (event.key === 'Escape' && byId('search').value) { byId('search').value = ''; find(); }
  else if (event.key === 'Backspace' && !byId('search').value && guesses.length) { guesses.pop(); drawGuesses(); save(); }
  else return;
  event.preventDefault();
};

document.addEventListener('keydown', event => {
  if (byId('label').hidden || event.ctrlKey || event.altKey || event.metaKey || event.target.matches('input, select')) return;
  if (answered === null) return;
  const press = { a: 'show-answer', p: 'show-prediction', n: 'next', u: 'undo' }[event.key.toLowerCase()];
  if (!press || byId(press).disabled || byId(press).hidden) return;
  event.preventDefault();
  byId(press).click();
});

// Tags of errors: one's own, other people's whose files were read, and the networks'

function labelersToReview() {
  const all = [state, ...others].map(s => ({ labeler: s.labeler, answers: s.answers.filter(a => !a.training) }));
  const seen = new Set(all.flatMap(l => l.answers.map(a => a.image)));
  task.networks.forEach((name, n) => all.push({ labeler: name, answers: task.items.filter(i => seen.has(i.image) && !i.training).map(i => ({ image: i.image, guesses: i.predictions[n].slice(0, task.guesses).map(p => labels[p[0]]) })) }));
  return all.filter(l => l.answers.length);
}

function showReview(whose) {
  run(false);
  show('review');
  byId('place').textContent = '';
  const all = labelersToReview();
  byId('whose').replaceChildren(...all.map(l => {
    const option = document.createElement('option');
    option.value = option.textContent = l.labeler;
    return option;
  }));
  if (whose && all.some(l => l.labeler === whose)) byId('whose').value = whose;
  drawErrors();
  byId('whose').focus();
}

function drawErrors() {
  const labeler = labelersToReview().find(l => l.labeler === byId('whose').value);
  const wrong = labeler ? labeler.answers.map(a => ({ a, item: task.items.find(i => i.image === a.image) })).filter(e => !isRight(e.item, e.a.guesses)) : [];
  byId('review-about').textContent = labeler ? `${plural(wrong.length, 'error')} of ${labeler.labeler} among ${plural(labeler.answers.length, 'picture')}. Tagged by ${state.labeler}; several types may hold.` : 'There are no counted answers yet.';
  byId('errors').replaceChildren(...wrong.map(({ a, item }, place) => {
    const row = document.createElement('section'), image = document.createElement('img'), right = document.createElement('div'), text = document.createElement('p'), set = document.createElement('fieldset'), legend = document.createElement('legend');
    row.className = 'error';
    row.setAttribute('aria-label', `Error ${place + 1}`);
    image.alt = `A picture of ${labels[item.truth]}`;
    image.loading = 'lazy';
    draw(image, item);
    text.textContent = `It is ${labels[item.truth]}; said: ${a.guesses.join(', ') || 'nothing'}.`;
    legend.className = 'hidden-label';
    legend.textContent = `Types of error ${place + 1}`;
    const tag = state.tags.find(t => t.image === a.image && t.labeler === labeler.labeler && t.tagger === state.labeler);
    set.append(legend, ...task.errorTypes.map(type => {
      const label = document.createElement('label'), box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = tag?.types.includes(type) ?? false;
      box.onchange = () => setTag(a.image, labeler.labeler, type, box.checked);
      label.append(box, type);
      return label;
    }));
    right.append(text, set);
    row.append(image, right);
    return row;
  }));
}

function setTag(image, labeler, type, on) {
  let tag = state.tags.find(t => t.image === image && t.labeler === labeler && t.tagger === state.labeler);
  if (!tag) state.tags.push(tag = { image, labeler, tagger: state.labeler, types: [] });
  tag.types = tag.types.filter(t => t !== type).concat(on ? [type] : []);
  save();
}

function exported() { return JSON.stringify(state, null, 1); }

function exportFile() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([exported()], { type: 'application/json' }));
  link.download = `${task.title}-${state.labeler}.json`.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

byId('begin').onsubmit = event => { event.preventDefault(); const name = byId('labeler').value.trim(); if (name) begin(name); };
byId('import').onchange = event => { if (event.target.files[0]) importFile(event.target.files[0]); };
byId('answer').onclick = answer;
byId('back').onclick = undo;
byId('undo').onclick = undo;
byId('next').onclick = showPicture;
byId('show-answer').onclick = showAnswer;
byId('show-prediction').onclick = showPrediction;
byId('pause').onclick = pause;
byId('export').onclick = byId('export-done').onclick = exportFile;
byId('to-review').onclick = byId('review-done').onclick = () => showReview();
byId('leave-review').onclick = showPicture;
byId('leave').onclick = async () => {
  run(false);
  await save();
  state = null;
  byId('place').textContent = '';
  show('start');
  byId('labeler').value = '';
  byId('labeler').focus();
};
byId('whose').onchange = drawErrors;

byId('about').textContent = `You will see ${plural(task.items.length - trainingCount, 'picture')}${trainingCount ? `, after ${trainingCount} for training that are not counted` : ''}, and say which of ${labels.length} classes each shows, with up to ${plural(task.guesses, 'guess', 'guesses')}. The clock stops while you pause or look elsewhere.`;
makeOptions();
show('start');
store.load().then(kept => {
  people = kept?.people ?? {};
  if (kept?.last && people[kept.last]) resume(kept.last);
  else byId('labeler').focus();
}).catch(() => byId('labeler').focus()).finally(() => document.documentElement.dataset.ready = 'yes');
