import {
  Column,
  CreateDateColumn,
  Entity,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Customer } from '../customers/customer.entity.js';

export enum OrderStatus {
  Open = 'open',
  Cancelled = 'cancelled',
}

@Entity()
export class Order {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @ManyToOne(() => Customer, { eager: true })
  customer: Relation<Customer>;

  @Column()
  article: string;

  @Column()
  quantity: number;

  /** The price of all pieces, in cents */
  @Column()
  total: number;

  @Column({ type: 'text' })
  status: OrderStatus;

  @Column()
  placedBy: string;

  @CreateDateColumn()
  placedAt: Date;
}
