import { Injectable, Scope } from '@nestjs/common';
import { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import {
  type BoundEnhancers,
  CONSTRUCTS_TRANSIENTS,
  unconstructed,
} from './transient-enhancers.js';

@Injectable()
class StaticGuard {}

@Injectable({ scope: Scope.TRANSIENT })
class TransientGuard {}

const wrapper = (metatype: typeof StaticGuard, scope: Scope): InstanceWrapper =>
  new InstanceWrapper({ name: metatype.name, token: metatype, metatype, scope });

const STATIC = wrapper(StaticGuard, Scope.DEFAULT);
const SCOPED = wrapper(StaticGuard, Scope.REQUEST);
const TRANSIENT = wrapper(TransientGuard, Scope.TRANSIENT);
const NONE: BoundEnhancers = { bound: [], globals: [], scopedGlobals: [], isStatic: true };

describe('enhancers that an older Nest may not construct', () => {
  it.each<[string, Partial<BoundEnhancers>, string[]]>([
    ['none', {}, []],
    [
      'none of other scopes',
      { bound: [STATIC, SCOPED, undefined], globals: [new StaticGuard()], scopedGlobals: [SCOPED] },
      [],
    ],
    ['a transient one of a static host', { bound: [STATIC, TRANSIENT] }, ['TransientGuard']],
    ['not that of a host that each call has', { bound: [TRANSIENT], isStatic: false }, []],
    ['a transient global one', { scopedGlobals: [TRANSIENT] }, ['TransientGuard']],
    [
      'a global instance of a transient class',
      { globals: [new TransientGuard()] },
      ['TransientGuard'],
    ],
  ])('are %s', (_, enhancers, names) => {
    expect(unconstructed({ ...NONE, ...enhancers })).toEqual(names);
  });

  it('do not exist with the Nest of this repository', () => {
    expect(CONSTRUCTS_TRANSIENTS).toBe(true);
  });
});
