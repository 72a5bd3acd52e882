// The frames of a stream one by one: times that only the segments themselves know.

// Session seconds at which the frame after (`by` > 0) or before (`by` < 0) the one due at `t` begins; null at the end
// of the recording. Over a gap it goes to the next run's first frame, or the last one's last.
export async function neighbour(index, source, t, by) {
  const run = index.runAt(t);
  const found = run ? await within(run, source, t, by) : null;
  if (found !== null) return found;
  const runs = index.runs.filter((other) => !index.broken.has(other) && other !== run);
  if (by > 0) return runs.find((other) => other.from > t)?.from ?? null;
  const before = runs.filter((other) => other.to <= t).pop();
  return before ? lastOf(before, source) : null;
}

async function within(run, source, t, by) {
  const ticks = run.toTicks(t);
  let place = run.segmentAt(ticks);
  let times = await framesOf(run, source, place);
  if (by > 0) {
    for (;;) {
      const next = times.find((pts) => pts > ticks);
      if (next !== undefined) return run.toSeconds(next);
      place += 1;
      if (place >= run.segments.length) return null;
      times = await framesOf(run, source, place);
    }
  }
  const due = () => times.filter((pts) => pts <= ticks);
  while (due().length < 2 && place > 0) {
    place -= 1;
    times = [...await framesOf(run, source, place), ...times];
  }
  return due().length < 2 ? null : run.toSeconds(due().at(-2));
}

async function lastOf(run, source) {
  for (let place = run.segments.length - 1; place >= 0; place -= 1) {
    const times = await framesOf(run, source, place);
    if (times.length) return run.toSeconds(times.at(-1));
  }
  return null;
}

// Times in ticks; what lies before the run's first key frame cannot be shown.
async function framesOf(run, source, place) {
  let samples;
  try {
    samples = await source.samples(run.segments[place].index);
  } catch {
    return []; // whoever plays it finds out what is wrong with it
  }
  return samples.map((sample) => sample.pts).filter((pts) => pts >= run.keys[0].pts);
}
