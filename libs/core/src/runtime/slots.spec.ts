import { Slots, type Waiting } from './slots.js';

class One implements Waiting {
  slot: Set<this> | undefined;
  constructor(public due: number) {}
}

const fill = (slots: Slots<One>, times: readonly number[]): One[] =>
  times.map((due) => {
    const one = new One(due);
    slots.add(one);
    return one;
  });

/** Scattered values that are the same in every run. */
const TIMES = Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 400_009);

describe('slots', () => {
  it('return all items in order', () => {
    const slots = new Slots<One>();
    fill(slots, TIMES);
    const taken = [...slots.takeDue(500_000)].map(({ due }) => due);
    expect(taken).toEqual(TIMES.toSorted((one, other) => one - other));
    expect(slots.earliest()).toBeUndefined();
  });

  it('return the remaining items after most were removed', () => {
    const slots = new Slots<One>();
    const left: One[] = [];
    for (let round = 0; round < 5; round++)
      for (const [index, one] of fill(slots, TIMES).entries())
        if (index % 100 === round) left.push(one);
        else one.slot?.delete(one);
    const expected = left.map(({ due }) => due).toSorted((one, other) => one - other);
    expect(slots.earliest()).toBe(expected[0]);
    expect([...slots].length).toBe(left.length);
    expect([...slots.takeDue(500_000)].map(({ due }) => due)).toEqual(expected);
  });

  it('find an item that was set to a later time', () => {
    const slots = new Slots<One>();
    const [first, second] = fill(slots, [10, 20]);
    if (first) first.due = 5_000;
    expect(slots.earliest()).toBe(20);
    expect([...slots.takeDue(100)]).toEqual([second]);
    expect(slots.earliest()).toBe(5_000);
  });
});
