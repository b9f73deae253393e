import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { McpException } from '../protocol/mcp.exception.js';
import { ResultBudget } from './budget.js';
import { toPlain } from './plain.js';

const plain = (value: unknown) =>
  toPlain(value, new ResultBudget({ kind: 'tool', name: 't' }, 100_000));

class Card {
  last4 = '4242';
  @Exclude() number = 'secret';
}

class Account {
  id = 7n;
  @Exclude() password = 'secret';
  @Expose({ name: 'fullName' }) name = 'ann';
  @Expose({ groups: ['admin'] }) balance = 'secret';
  @Transform(({ value }: { value: Date }) => value.getTime()) since = new Date(5);
  @Type(() => Card) cards: unknown[] = [{ last4: '1', number: 'secret' }];
  tags = new Map([['a', new Set([1])]]);
  photo = Buffer.from('hi');
  at = new Date(0);
  refresh = (): string => 'called';

  @Expose() get label(): string {
    return `#${this.id}`;
  }
}

const SHOWN = {
  id: '7',
  fullName: 'ann',
  since: 5,
  cards: [{ last4: '1' }],
  tags: { a: [1] },
  photo: 'aGk=',
  at: '1970-01-01T00:00:00.000Z',
  label: '#7',
};

class Money {
  constructor(private readonly cents: bigint) {}
  toJSON(): object {
    return { cents: this.cents };
  }
}

class User {
  readonly name = 'ann';
  readonly friends: User[] = [];
}

describe('an instance in a result', () => {
  it.each([
    ['alone', new Account(), SHOWN],
    ['in a list', [new Account()], [SHOWN]],
    ['in a plain object', { page: { items: [new Account()] } }, { page: { items: [SHOWN] } }],
    ['in a map', new Map([['x', new Account()]]), { x: SHOWN }],
    ['in a set', new Set([new Account()]), [SHOWN]],
  ])('is shown by the rules of its class: %s', (_, value, expected) => {
    expect(plain(value)).toEqual(expected);
  });

  it('uses its own toJSON last', () => {
    expect(plain({ price: new Money(5n) })).toEqual({ price: { cents: '5' } });
  });

  it('omits back references', () => {
    const user = new User();
    user.friends.push(user);
    expect(plain(user)).toEqual({ name: 'ann', friends: [] });
  });

  it('is refused when it has too many references, without blocking the process', () => {
    const users = Array.from({ length: 30 }, () => new User());
    for (const user of users) user.friends.push(...users);
    expect(() => plain(users)).toThrow(McpException);
  });

  it('is not changed', () => {
    const account = new Account();
    plain(account);
    expect(account.refresh()).toBe('called');
    expect(account.password).toBe('secret');
  });
});
