export type Role = 'sales' | 'manager';

export interface User {
  id: string;
  roles: Role[];
}
